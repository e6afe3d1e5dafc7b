import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { ACCESS_TOKEN_ISSUER, createTokenSigner, GATEWAY_AUDIENCE, generateSigningKey, type Actor } from '@vss/auth';
import { AccessDenied, createRabbitBroker, payloadOf, RightsChanged, SessionEnded, type Message } from '@vss/events';
import { newId, silentLogger } from '@vss/runtime';
import { startRabbitMq } from '../../../tests/services/rabbitmq.js';
import { callCenterGraph } from '../../testing/call-center.js';
import { startGatewayProcess } from '../../testing/process.js';
import { aUser, grants, listen, type GraphqlBody } from '../../testing/serve.js';

const stops: (() => Promise<unknown>)[] = [];
let env: Record<string, string>;
let broker: Awaited<ReturnType<typeof createRabbitBroker>>;
let tokenOf: (actor: Actor) => Promise<string>;

beforeEach(async () => {
  const rabbit = await startRabbitMq();
  stops.push(() => rabbit.stop());
  broker = await createRabbitBroker({ url: rabbit.url, logger: silentLogger });
  stops.push(() => broker.close());
  const folder = await mkdtemp(join(tmpdir(), 'vss-gateway-'));
  stops.push(() => rm(folder, { recursive: true }));
  const supergraph = join(folder, 'supergraph.graphql');
  await writeFile(supergraph, callCenterGraph().supergraphSdl);
  const key = await generateSigningKey();
  tokenOf = async (actor) => (await createTokenSigner({ key, issuer: ACCESS_TOKEN_ISSUER, audience: GATEWAY_AUDIENCE, lifetimeSeconds: 600 }).sign(actor)).token;
  const keys = createServer((_request, response) => response.end(JSON.stringify({ keys: [key.publicJwk] })));
  stops.push(async () => {
    keys.closeAllConnections();
    keys.close();
  });
  env = { VSS_SUPERGRAPH: supergraph, VSS_PORT: '0', VSS_JWKS_URL: `http://127.0.0.1:${await listen(keys)}/jwks.json`, AMQP_URL: rabbit.url };
}, 90_000);
afterEach(async () => {
  for (const stop of stops.splice(0).toReversed()) await stop();
});

async function aGateway() {
  const gateway = startGatewayProcess(env);
  stops.push(async () => {
    gateway.child.kill('SIGTERM');
    await gateway.ended;
  });
  const url = await gateway.ready;
  return async (query: string, token: string): Promise<GraphqlBody> => {
    const response = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` }, body: JSON.stringify({ query }) });
    return (await response.json()) as GraphqlBody;
  };
}

const sessionEnded = (sessionId: string): Message => ({
  id: newId('msg'),
  type: SessionEnded.type,
  version: SessionEnded.version,
  at: new Date().toISOString(),
  centerId: 'ctr_1',
  aggregateId: 'u1',
  sequence: 1,
  causationId: null,
  traceId: 't',
  actor: 'u1',
  payload: { sessionId, userId: 'u1', reason: 'LOGOUT' },
});

const rightsChanged: Message = {
  ...sessionEnded(''),
  type: RightsChanged.type,
  payload: { userId: 'u1', role: 'operator', permissionVersion: 2, grants: { allow: { 'notes:read': 'OWN' }, deny: [] } },
};

it('what gateways of their own deny reaches the broker, and what ends there reaches each of them', async () => {
  const denied: Message[] = [];
  await broker.subscribe({ group: newId('audit'), isTemporary: true, patterns: [AccessDenied.type], handler: async (message) => void denied.push(message), onDead: async () => undefined });
  const gateways = await Promise.all([aGateway(), aGateway()]);
  const token = await tokenOf(aUser({ sessionId: 'ses_1', grants: grants({}) }));
  const answers = await Promise.all(gateways.map((ask) => ask('{ noteCount }', token)));
  await vi.waitFor(() => expect(denied).toHaveLength(2), { timeout: 10_000 });
  expect(new Set(denied.map(({ traceId }) => traceId))).toEqual(new Set(answers.map(({ errors }) => errors?.[0]?.extensions['traceId'])));
  const payload = { userId: 'u1', permission: 'notes:read', operation: 'Query.noteCount', wall: 'GATEWAY', count: 1 };
  expect(denied.map((message) => payloadOf(AccessDenied, message))).toMatchObject([payload, payload]);

  for (const ask of gateways)
    await vi.waitFor(
      async () => {
        await broker.publish(rightsChanged);
        // Allowed now; that its subgraph is not there is another matter.
        expect((await ask('{ noteCount }', token)).errors?.[0]?.extensions).toMatchObject({ code: 'UNAVAILABLE' });
      },
      { timeout: 10_000, interval: 100 },
    );
  for (const ask of gateways)
    await vi.waitFor(
      async () => {
        // Again each time: a gateway that has only just connected may not listen yet.
        await broker.publish(sessionEnded('ses_1'));
        expect((await ask('{ noteCount }', token)).errors?.[0]?.extensions).toMatchObject({ code: 'UNAUTHENTICATED', reason: 'SESSION_ENDED' });
      },
      { timeout: 10_000, interval: 100 },
    );
});
