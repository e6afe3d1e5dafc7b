import { createServer } from 'node:https';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import type { AddressInfo, Socket } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { anonymousActor } from '@vss/auth';
import { createHttpSource, DEFAULT_RESILIENCE, resilient, type ResilienceSettings } from '@vss/gateway';
import { nobody, noReply } from './source.js';

// Made for this test and trusted nowhere else; good until 2120.
const key = `
-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgtCEJ15d5MmHdNl2L
4DahxN/1BgMqziRYb/+y4A5SBJ+hRANCAATySnHG3SVeq/NcET4RUWETI6c5uf9s
iRER5i2lqf1hVkmvruyBO+pJ+fESJ1aKaypczgfAm5PsCXzqm4Ze1m1A
-----END PRIVATE KEY-----`;
const cert = `
-----BEGIN CERTIFICATE-----
MIIBUTCB+KADAgECAgEBMAoGCCqGSM49BAMCMA8xDTALBgNVBAMMBHRlc3QwIBcN
MjAwMTAxMDAwMDAwWhgPMjEyMDAxMDEwMDAwMDBaMA8xDTALBgNVBAMMBHRlc3Qw
WTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAATySnHG3SVeq/NcET4RUWETI6c5uf9s
iRER5i2lqf1hVkmvruyBO+pJ+fESJ1aKaypczgfAm5PsCXzqm4Ze1m1Ao0MwQTAP
BgNVHREECDAGhwR/AAABMA8GA1UdEwEB/wQFMAMBAf8wHQYDVR0OBBYEFLyOMtC+
hQfx/EkdT/2RS78ZbwCKMAoGCCqGSM49BAMCA0gAMEUCIQC69cNLnIU20cVtYgEi
EogXk/AYe7tWLHahT1PrrZ56lgIgPEvVx7QvLbXpK3nAE10CJu9NOal7aYvXB9BT
zrnFSzQ=
-----END CERTIFICATE-----`;

const trusted = getCACertificates('default');
beforeAll(() => setDefaultCACertificates([...trusted, cert]));
afterAll(() => setDefaultCACertificates(trusted));

const stops: (() => unknown)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).toReversed()) await stop();
});

const scope = { actor: anonymousActor, traceId: '0af7651916cd43dd8448eb211c80319c', request: nobody, reply: noReply };
const ok = '{"data":{"ä":1}}';

/** A subgraph over TLS that does with each request what the test says. */
async function start(answer: (send: () => void, socket: Socket, requests: number) => void, settings: Partial<ResilienceSettings> = {}) {
  const received: { body: string; headers: Record<string, unknown> }[] = [];
  const sockets = new Set<Socket>();
  const server = createServer({ key, cert }, (request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      received.push({ body: Buffer.concat(parts).toString(), headers: request.headers });
      answer(() => response.writeHead(200, { 'content-type': 'application/json', 'x-vss-errors': 'none', 'content-length': Buffer.byteLength(ok) }).end(ok), request.socket, received.length);
    });
  });
  server.on('secureConnection', (socket) => sockets.add(socket));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const source = resilient(createHttpSource({ name: 'a', url: `https://127.0.0.1:${(server.address() as AddressInfo).port}/graphql` }), { settings: { ...DEFAULT_RESILIENCE, ...settings }, isSession: false });
  stops.push(
    () => server.close(),
    () => server.closeAllConnections(),
    () => source.close?.(),
  );
  return { source, received, sockets };
}

describe('a subgraph over TLS', () => {
  it('is asked over kept connections, with the same headers and bytes, and vouches alike', async () => {
    const { source, received, sockets } = await start((send) => send());
    const variables = { x: 'ä€😀' };
    for (let n = 0; n < 2; n += 1) expect(await source.execute({ ...scope, query: '{a}', variables })).toEqual({ data: { ä: 1 } });
    expect(received[0]).toMatchObject({ body: JSON.stringify({ query: '{a}', variables }), headers: { 'content-type': 'application/json', traceparent: expect.stringContaining(scope.traceId) } });
    expect(sockets.size).toBe(1);
    expect(await source.send?.({ body: '{}', isRepeatable: true, scope })).toMatchObject({ status: 200, isClean: true, bytes: Buffer.from(ok) });
    await source.execute({ ...scope, query: 'mutation {a}', variables: {} });
    expect(sockets.size).toBe(2);
  });

  it('that does not answer is waited for no longer than its deadline', async () => {
    const { source } = await start(() => undefined, { deadlineMs: 60 });
    await expect(source.execute({ ...scope, query: '{a}', variables: {} })).rejects.toMatchObject({ code: 'UNAVAILABLE', message: 'The subgraph a did not answer in time' });
  });

  it('is asked once more for a read when the connection broke, not for a mutation', async () => {
    const { source, received } = await start((send, socket, requests) => (requests < 3 ? socket.destroy() : send()));
    await expect(source.execute({ ...scope, query: 'mutation {a}', variables: {} })).rejects.toMatchObject({ code: 'UNAVAILABLE', message: 'The subgraph a cannot be reached' });
    expect(await source.execute({ ...scope, query: '{a}', variables: {} })).toEqual({ data: { ä: 1 } });
    expect(received).toHaveLength(3);
  });
});
