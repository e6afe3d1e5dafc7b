import { createTokenVerifier, subgraphAudience } from '@vss/auth';
import { migrate } from '@vss/db';
import { createRabbitBroker } from '@vss/events';
import { serveSubgraph } from '@vss/graphql';
import { createLifecycle, createLogger, loadConfig, messageOf, StartError, stopOnSignals } from '@vss/runtime';
import { createTelephony } from './app.js';
import { telephonyConfig } from './config.js';
import { migrations } from './migrations.js';

/** telephony as a process of its own. */
async function main(): Promise<void> {
  const config = loadConfig(telephonyConfig, process.env);
  const logger = createLogger('telephony', config.VSS_LOG_LEVEL);
  const lifecycle = createLifecycle({ logger });
  stopOnSignals(lifecycle, logger, process);
  const target = { url: config.DATABASE_URL };
  await migrate({ target, migrations: [migrations], logger });
  const broker = await createRabbitBroker({ url: config.AMQP_URL, logger });
  lifecycle.onStop('the broker', () => broker.close());
  const settings = { wrapUpMs: config.VSS_WRAP_UP_MS, ringTimeoutMs: config.VSS_RING_TIMEOUT_MS, blockedPrefixes: config.VSS_BLOCKED_PREFIXES };
  const subgraph = await createTelephony({ target, broker, logger, settings });
  lifecycle.onStop('telephony', () => subgraph.stop());
  await subgraph.start();
  const verifier = createTokenVerifier({ keys: { url: config.VSS_GATEWAY_JWKS_URL }, issuer: 'vss-gateway', audience: subgraphAudience('telephony') });
  const server = await serveSubgraph({ subgraph, host: config.VSS_TELEPHONY_HOST, port: config.VSS_TELEPHONY_PORT, verifier, logger });
  lifecycle.onStop('the server', () => server.close());
  logger.info({ url: server.url }, 'telephony is ready');
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof StartError ? error.message : `telephony failed to start: ${messageOf(error)}`}\n`);
  process.exit(1);
});
