import { createLifecycle, createLogger, loadConfig, messageOf, startTelemetry, StartError, stopOnSignals } from '@vss/runtime';
import { startStandalone, type Standalone } from './app.js';
import { standaloneSettings, type StandaloneSettings } from './config.js';

/** How long each part may take to stop; all of it is done within 5 s unless something hangs. */
const STOP_DEADLINE_MS = 4_500;

const banner = ({ url, password, dataFolder }: Standalone, settings: StandaloneSettings): string => `VSS Platform is running

  GraphQL     ${url}
  Dashboard   ${new URL('/', url).href}
${settings.VSS_GRAPHIQL ? `  GraphiQL    ${new URL('/graphiql', url).href}\n` : ''}  Sign in as  admin, operator, seller or supervisor, password ${settings.VSS_DEMO_PASSWORD ? 'as set in VSS_DEMO_PASSWORD' : password}
  Data        ${settings.DATABASE_URL ? `${dataFolder}, and the database of DATABASE_URL` : dataFolder}
  Hub         ${settings.VSS_SIM_HUB ? 'SIMULATED: no call leaves this machine' : 'hub-runners of their own'}

Ctrl-C stops it.
`;

let lifecycle: ReturnType<typeof createLifecycle> | undefined;
try {
  const settings = loadConfig(standaloneSettings, process.env);
  const logger = createLogger('vss', settings.VSS_LOG_LEVEL);
  lifecycle = createLifecycle({ logger, deadlineMs: STOP_DEADLINE_MS });
  stopOnSignals(lifecycle, logger, process);
  await startTelemetry({ settings, serviceName: 'vss', lifecycle, logger });
  const running = await startStandalone({ settings, lifecycle, logger });
  process.stdout.write(banner(running, settings));
} catch (error) {
  // A stop that was asked for during the start makes the start fail: that is no fault.
  if (!lifecycle?.signal.aborted) {
    process.stderr.write(`${error instanceof StartError ? error.message : `The platform cannot start: ${(error as Error).stack ?? messageOf(error)}`}\n`);
    await lifecycle?.stop();
    process.exit(1);
  }
}
