import { once } from 'node:events';
import { createServer } from 'node:net';
import { messageOf, StartError } from '@vss/runtime';

/** Throws StartError where nothing could listen on this address. */
export async function assertPortFree(host: string, port: number): Promise<void> {
  const probe = createServer();
  probe.listen(port, host);
  try {
    await once(probe, 'listening');
  } catch (error) {
    const why = (error as NodeJS.ErrnoException).code === 'EADDRINUSE' ? 'the port is in use: stop what uses it, or set VSS_PORT' : messageOf(error);
    throw new StartError(`The gateway cannot listen on ${host}:${port}: ${why}`, { cause: error });
  }
  probe.close();
  await once(probe, 'close');
}
