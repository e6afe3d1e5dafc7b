import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ACCESS_TOKEN_ISSUER, createTokenSigner, createTokenVerifier, GATEWAY_AUDIENCE, generateSigningKey, type Actor } from '@vss/auth';
import { createCrm, migrations as crm } from '@vss/crm';
import { createDevices, migrations as devices } from '@vss/devices';
import { createInProcessBroker, type Broker } from '@vss/events';
import { createGateway, hearIdentity, serveGateway } from '@vss/gateway';
import type { Subgraph } from '@vss/graphql';
import { createIdentity, migrations as identity, type Identity, type IdentitySettings } from '@vss/identity';
import { createOperations, migrations as operations } from '@vss/operations';
import { silentLogger } from '@vss/runtime';
import { createTelephony, migrations as telephony } from '@vss/telephony';
import { startTestDatabase, type TestDatabase } from '@vss/testing';
import { inProcessSource } from '../../../standalone/src/source.js';

export interface InProcessPlatform {
  readonly subgraphs: readonly Subgraph[];
  readonly identity: Identity;
  readonly broker: Broker;
  readonly database: TestDatabase;
  readonly supergraphSdl: string;
  /** Sends an operation to the gateway over HTTP, as this actor; undefined: as a stranger. */
  ask(actor: Actor | undefined, query: string, variables?: Record<string, unknown>): Promise<Answer>;
  askWith(token: string | undefined, query: string, variables?: Record<string, unknown>): Promise<Answer>;
  readonly wsUrl: string;
  tokenOf(actor: Actor): Promise<string>;
  stop(): Promise<void>;
}

export interface Answer {
  data?: unknown;
  errors?: { message: string; path?: (string | number)[]; extensions?: { code?: string; reason?: string; traceId?: string } }[];
}

export const platformMigrations = [identity, telephony, devices, crm, operations];

/** Gateway and subgraphs in this process over a real database, without a hub: for what needs neither processes nor calls. */
export async function startInProcessPlatform({ database: given, settings = {} }: { database?: TestDatabase; settings?: Partial<IdentitySettings> } = {}): Promise<InProcessPlatform> {
  const database = given ?? (await startTestDatabase({ migrations: platformMigrations }));
  const logger = silentLogger;
  const broker = createInProcessBroker({ logger, open: false });
  const shared = { target: database.target, broker, logger };
  // Its tokens count here beside identity's own: a test may be anybody.
  const key = await generateSigningKey();
  const secret = randomBytes(32).toString('base64url');
  const people = await createIdentity({ ...shared, settings: { secret, ...settings } });
  const subgraphs: Subgraph[] = [
    people,
    await createTelephony(shared),
    await createDevices(shared),
    await createCrm(shared),
    await createOperations(shared),
  ];
  // As each process does: the first key is there before anybody asks for keys.
  await people.openKeys();
  for (const subgraph of subgraphs) await subgraph.start();
  broker.open();
  const supergraphSdl = readFileSync(join(import.meta.dirname, '../../../schema/supergraph.graphql'), 'utf8');
  const signer = createTokenSigner({ key, issuer: ACCESS_TOKEN_ISSUER, audience: GATEWAY_AUDIENCE, lifetimeSeconds: 600 });
  const gateway = await createGateway({
    supergraphSdl,
    sources: subgraphs.map(inProcessSource),
    verifier: createTokenVerifier({ keys: { load: async () => ({ keys: [...(await people.jwks()).keys, key.publicJwk] }) }, issuer: ACCESS_TOKEN_ISSUER, audience: GATEWAY_AUDIENCE }),
    onDenied: (denial) => people.auditGatewayDenial(denial),
    logger,
  });
  const endedSessions = await hearIdentity({ broker, news: gateway, logger });
  const served = await serveGateway({ gateway, host: '127.0.0.1', port: 0, logger });
  const tokenOf = async (actor: Actor): Promise<string> => (await signer.sign(actor)).token;
  const askWith: InProcessPlatform['askWith'] = async (token, query, variables = {}) => {
    const headers = { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) };
    const response = await fetch(served.url, { method: 'POST', headers, body: JSON.stringify({ query, variables }) });
    return (await response.json()) as Answer;
  };
  return {
    subgraphs,
    identity: people,
    broker,
    database,
    supergraphSdl,
    wsUrl: served.url.replace('http', 'ws'),
    tokenOf,
    askWith,
    ask: async (actor, query, variables) => askWith(actor && (await tokenOf(actor)), query, variables),
    async stop() {
      await served.close();
      await endedSessions.stop();
      for (const subgraph of subgraphs.toReversed()) await subgraph.stop();
      await broker.close();
      await database.stop();
    },
  };
}
