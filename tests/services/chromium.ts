import { needTool } from './service.ts';

/** For playwright-core's `launch({ executablePath, args })`. */
export function findChromium(): { executablePath: string; args: string[] } {
  return {
    executablePath: needTool('chromium'),
    // No sandbox: it does not work as root or in a container. The rest keeps it from asking the network for anything.
    args: [
      '--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--disable-dev-shm-usage', '--no-first-run',
      '--disable-background-networking', '--disable-component-update', '--disable-sync',
    ],
  };
}
