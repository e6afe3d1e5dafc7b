import { createLogger, createLifecycle, loadConfig, messageOf, StartError, stopOnSignals } from '@vss/runtime';
import { createTokenVerifier, subgraphAudience } from '@vss/auth';
import { migrate } from '@vss/db';
import { createRabbitBroker } from '@vss/events';
import { serveSubgraph } from '@vss/graphql';
import { createDevices } from './app.js';
import { devicesConfig } from './config.js';
import { migrations } from './migrations.js';

/** devices as a process of its own. */
async function main(): Promise<void> {
  const config = loadConfig(devicesConfig, process.env);
  const logger = createLogger('devices', config.VSS_LOG_LEVEL);
  const lifecycle = createLifecycle({ logger });
  stopOnSignals(lifecycle, logger, process);
  const target = { url: config.DATABASE_URL };
  await migrate({ target, migrations: [migrations], logger });
  const broker = await createRabbitBroker({ url: config.AMQP_URL, logger });
  lifecycle.onStop('the broker', () => broker.close());
  const subgraph = await createDevices({
    target,
    broker,
    logger,
    settings: { defaultCenterId: config.VSS_CENTER_ID, heartbeatMs: config.VSS_HEARTBEAT_MS },
  });
  lifecycle.onStop('devices', () => subgraph.stop());
  await subgraph.start();
  const verifier = createTokenVerifier({ keys: { url: config.VSS_GATEWAY_JWKS_URL }, issuer: 'vss-gateway', audience: subgraphAudience('devices') });
  const server = await serveSubgraph({ subgraph, host: config.VSS_DEVICES_HOST, port: config.VSS_DEVICES_PORT, verifier, logger });
  lifecycle.onStop('the server', () => server.close());
  logger.info({ url: server.url }, 'devices is ready');
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof StartError ? error.message : `devices failed to start: ${messageOf(error)}`}\n`);
  process.exit(1);
});
