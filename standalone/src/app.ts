import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { ACCESS_TOKEN_ISSUER, createTokenVerifier, GATEWAY_AUDIENCE, grantsOfRole, signingKeyFrom, type Actor } from '@vss/auth';
import { createCrm } from '@vss/crm';
import { migrate, startEmbeddedPostgres, type DatabaseTarget } from '@vss/db';
import { createDevices } from '@vss/devices';
import { createInProcessBroker, createRabbitBroker, type Broker } from '@vss/events';
import { createGateway, hearIdentity, serveGateway, startSessionWatch } from '@vss/gateway';
import { executeOnSubgraph, type Subgraph } from '@vss/graphql';
import { createIdentity, readProviders, sessionSettingsOf } from '@vss/identity';
import { createOperations } from '@vss/operations';
import { type Lifecycle, type Logger, newTraceId } from '@vss/runtime';
import { createTelephony } from '@vss/telephony';
import type { StandaloneSettings } from './config.js';
import { openDataFolder } from './data-folder.js';
import { createDemoHub } from './hub.js';
import { assertPortFree } from './port.js';
import { allMigrations } from './migrations.js';
import { loadSecrets } from './secrets.js';
import { seedLeads, seedPeople, seedTrunks } from './seed.js';
import { inProcessSource } from './source.js';
import { createDemoTraffic } from './traffic.js';

const SUPERGRAPH = new URL('../../schema/supergraph.graphql', import.meta.url);
const DASHBOARD = new URL('../../clients/dashboard/dist/', import.meta.url);
const GRAPHIQL = new URL('../../clients/graphiql/dist/', import.meta.url);

export interface Standalone {
  /** Address of the GraphQL endpoint. */
  readonly url: string;
  readonly password: string;
  readonly dataFolder: string;
}

/**
 * The whole platform in this process. What it starts it registers with the lifecycle, so that stopping, also after a
 * start that failed half-way, ends all of it in the opposite order: the edge first, the database last.
 */
export async function startStandalone({ settings, lifecycle, logger }: { settings: StandaloneSettings; lifecycle: Lifecycle; logger: Logger }): Promise<Standalone> {
  const folder = await openDataFolder(settings.VSS_DATA_DIR);
  lifecycle.onStop('data folder', () => folder.release());
  // Before anything is begun: a taken port is found out at once, not after the database has started.
  await assertPortFree(settings.VSS_HOST, settings.VSS_PORT);
  const secrets = await loadSecrets(folder.path);
  const target = await openDatabase(settings, folder.path, lifecycle, logger);
  await migrate({ target, migrations: [...allMigrations], logger });

  const { broker, open } = await openBroker(settings, lifecycle, logger);
  const shared = { target, broker, logger };
  const identity = await createIdentity({ ...shared, settings: { secret: secrets.refreshSecret, providers: await readProviders(settings), ...sessionSettingsOf(settings) } });
  await identity.openKeys();
  const telephony = await createTelephony(shared);
  const devices = await createDevices(shared);
  const crm = await createCrm(shared);
  const operations = await createOperations(shared);
  const subgraphs: Subgraph[] = [identity, telephony, devices, crm, operations];
  for (const subgraph of subgraphs) {
    lifecycle.onStop(subgraph.name, () => subgraph.stop());
    await subgraph.start();
  }
  open();

  const password = settings.VSS_DEMO_PASSWORD ?? secrets.demoPassword;
  const trafficPassword = randomBytes(24).toString('base64url');
  const { centerId, trafficUserId, sellerId } = await seedPeople({ operations, identity, password, resetPassword: settings.VSS_DEMO_PASSWORD !== undefined, trafficPassword });
  await seedLeads({ crm, centerId, sellerId });
  if (settings.VSS_SIM_HUB) {
    const hub = await createDemoHub({ settings, secrets, folder: folder.path, centerId, broker, logger });
    lifecycle.onStop('simulated hub', () => hub.stop());
    await hub.start();
    await seedTrunks({ telephony, centerId, hubId: secrets.hubId, signal: lifecycle.signal });
  }

  const gateway = await createGateway({
    supergraphSdl: await readFile(SUPERGRAPH, 'utf8'),
    sources: subgraphs.map(inProcessSource),
    verifier: createTokenVerifier({ keys: { load: () => identity.jwks() }, issuer: ACCESS_TOKEN_ISSUER, audience: GATEWAY_AUDIENCE }),
    signingKey: signingKeyFrom(secrets.gatewayKey),
    jwks: () => identity.jwks(),
    onDenied: (denial) => identity.auditGatewayDenial(denial),
    settings: { dashboardDir: fileURLToPath(DASHBOARD), graphiqlDir: settings.VSS_GRAPHIQL ? fileURLToPath(GRAPHIQL) : undefined, slowOperationMs: settings.VSS_SLOW_OPERATION_MS, accessLog: settings.VSS_ACCESS_LOG },
    logger,
  });
  const heard = await hearIdentity({ broker, news: gateway, logger });
  lifecycle.onStop('news of identity', () => heard.stop());
  const watch = startSessionWatch({ check: () => heard.check(), gateway, logger });
  lifecycle.onStop('sessions', () => watch.stop());
  if (settings.VSS_METRICS_PORT !== undefined) {
    const metrics = await gateway.metrics.serve({ host: settings.VSS_METRICS_HOST, port: settings.VSS_METRICS_PORT });
    lifecycle.onStop('metrics', () => metrics.close());
  }
  const served = await serveGateway({ gateway, host: settings.VSS_HOST, port: settings.VSS_PORT, logger });
  lifecycle.onStop('gateway', () => served.close());
  if (settings.VSS_SIM_HUB && settings.VSS_DEMO_TRAFFIC) startTraffic({ telephony, centerId, trafficUserId, lifecycle, logger });
  return { url: served.url, password, dataFolder: folder.path };
}

async function openDatabase(settings: StandaloneSettings, folder: string, lifecycle: Lifecycle, logger: Logger): Promise<DatabaseTarget> {
  if (settings.DATABASE_URL) return { url: settings.DATABASE_URL };
  const postgres = await startEmbeddedPostgres({ dataDir: folder, logger });
  lifecycle.onStop('PostgreSQL', () => postgres.stop());
  return postgres.connection;
}

/** `open` is called when every consumer is there: what an earlier run left in the outbox must find them all. */
async function openBroker(settings: StandaloneSettings, lifecycle: Lifecycle, logger: Logger): Promise<{ broker: Broker; open: () => void }> {
  if (settings.AMQP_URL) {
    const broker = await createRabbitBroker({ url: settings.AMQP_URL, logger });
    lifecycle.onStop('broker', () => broker.close());
    return { broker, open: () => undefined };
  }
  const broker = createInProcessBroker({ logger, open: false });
  lifecycle.onStop('broker', () => broker.close());
  return { broker, open: () => broker.open() };
}

function startTraffic(options: { telephony: Subgraph; centerId: string; trafficUserId: string; lifecycle: Lifecycle; logger: Logger }): void {
  const { telephony, centerId, trafficUserId, lifecycle, logger } = options;
  const actor: Actor = { kind: 'user', userId: trafficUserId, username: 'demo-traffic', sessionId: 'demo', role: 'operator', centerId, teamIds: [], permissionVersion: 0, rightsVersion: 0, grants: grantsOfRole('operator') };
  const traffic = createDemoTraffic({
    ask: (query, variables) => executeOnSubgraph(telephony, { query, variables, scope: telephony.scopeFor({ actor, traceId: newTraceId() }) }),
    logger,
  });
  lifecycle.onStop('demo traffic', () => traffic.stop());
  traffic.start();
}
