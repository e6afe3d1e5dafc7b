import { createLogger, createLifecycle, loadConfig, messageOf, StartError, stopOnSignals } from '@vss/runtime';
import { createTokenVerifier, subgraphAudience } from '@vss/auth';
import { migrate } from '@vss/db';
import { createRabbitBroker } from '@vss/events';
import { serveSubgraph } from '@vss/graphql';
import { createCrm } from './app.js';
import { crmConfig } from './config.js';
import { migrations } from './migrations.js';

/** crm as a process of its own. */
async function main(): Promise<void> {
  const config = loadConfig(crmConfig, process.env);
  const logger = createLogger('crm', config.VSS_LOG_LEVEL);
  const lifecycle = createLifecycle({ logger });
  stopOnSignals(lifecycle, logger, process);
  const target = { url: config.DATABASE_URL };
  await migrate({ target, migrations: [migrations], logger });
  const broker = await createRabbitBroker({ url: config.AMQP_URL, logger });
  lifecycle.onStop('the broker', () => broker.close());
  const subgraph = await createCrm({ target, broker, logger });
  lifecycle.onStop('crm', () => subgraph.stop());
  await subgraph.start();
  const verifier = createTokenVerifier({ keys: { url: config.VSS_GATEWAY_JWKS_URL }, issuer: 'vss-gateway', audience: subgraphAudience('crm') });
  const server = await serveSubgraph({ subgraph, host: config.VSS_CRM_HOST, port: config.VSS_CRM_PORT, verifier, logger });
  lifecycle.onStop('the server', () => server.close());
  logger.info({ url: server.url }, 'crm is ready');
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof StartError ? error.message : `crm failed to start: ${messageOf(error)}`}\n`);
  process.exit(1);
});
