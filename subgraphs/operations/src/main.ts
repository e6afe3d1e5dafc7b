import { createLogger, createLifecycle, loadConfig, messageOf, StartError, stopOnSignals } from '@vss/runtime';
import { createTokenVerifier, subgraphAudience } from '@vss/auth';
import { migrate } from '@vss/db';
import { createRabbitBroker } from '@vss/events';
import { serveSubgraph } from '@vss/graphql';
import { createOperations } from './app.js';
import { operationsConfig } from './config.js';
import { migrations } from './migrations.js';

/** operations as a process of its own. */
async function main(): Promise<void> {
  const config = loadConfig(operationsConfig, process.env);
  const logger = createLogger('operations', config.VSS_LOG_LEVEL);
  const lifecycle = createLifecycle({ logger });
  stopOnSignals(lifecycle, logger, process);
  const target = { url: config.DATABASE_URL };
  await migrate({ target, migrations: [migrations], logger });
  const broker = await createRabbitBroker({ url: config.AMQP_URL, logger });
  lifecycle.onStop('the broker', () => broker.close());
  const subgraph = await createOperations({
    target,
    broker,
    logger,
    settings: { retentionDays: config.VSS_LOG_RETENTION_DAYS },
  });
  lifecycle.onStop('operations', () => subgraph.stop());
  await subgraph.start();
  await subgraph.ensureDefaultCenter({ name: config.VSS_CENTER_NAME, timeZone: config.VSS_CENTER_TIME_ZONE });
  const verifier = createTokenVerifier({ keys: { url: config.VSS_GATEWAY_JWKS_URL }, issuer: 'vss-gateway', audience: subgraphAudience('operations') });
  const server = await serveSubgraph({ subgraph, host: config.VSS_OPERATIONS_HOST, port: config.VSS_OPERATIONS_PORT, verifier, logger });
  lifecycle.onStop('the server', () => server.close());
  logger.info({ url: server.url }, 'operations is ready');
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof StartError ? error.message : `operations failed to start: ${messageOf(error)}`}\n`);
  process.exit(1);
});
