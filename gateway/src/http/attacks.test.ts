import { afterEach, describe, expect, it } from 'vitest';
import { callCenterGraph } from '../../testing/call-center.js';
import { inProcessSources, type Hook } from '../../testing/graph.js';
import { heldBytes } from '../../testing/held-bytes.js';
import { openRaw, postRequest, type RawClient } from '../../testing/raw-http.js';
import { serveTestGateway, type Served } from '../../testing/serve.js';
import type { GatewaySettings } from '../settings.js';

const VERSION = { query: '{ version }' };
/** So many bytes of one piece make 10 MB. */
const PIECE = 'x'.repeat(50_000);
const TEN_MB = 200 * PIECE.length;
const graph = callCenterGraph();

let served: Served;
// Whatever was sent, the next one is served.
afterEach(async () => {
  expect(await served.query('{ version }')).toEqual({ data: { version: '1' } });
  await served.close();
});

async function serve(settings: Partial<GatewaySettings> = {}, hooks: Record<string, Hook> = {}): Promise<Served> {
  served = await serveTestGateway({ supergraphSdl: graph.supergraphSdl, sources: inProcessSources(graph, hooks), settings: { rates: undefined, ...settings } });
  return served;
}

const head = (...fields: string[]): string => ['POST /graphql HTTP/1.1', 'host: x', 'content-type: application/json', ...fields, '', ''].join('\r\n');
const chunk = (text: string): string => `${Buffer.byteLength(text).toString(16)}\r\n${text}\r\n`;
const pad = (bytes: number): string => `{"query":"{ version }","extensions":{"pad":"${'x'.repeat(bytes)}"}}`;

/** Writes piece after piece for as long as the other side takes them, at most so many bytes; gives how many it took. */
async function pour(client: RawClient, piece: string, most: number): Promise<number> {
  let taken = 0;
  while (taken < most && !client.socket.destroyed && !client.socket.writableEnded) {
    taken += PIECE.length;
    if (!client.socket.write(piece)) await Promise.race([new Promise((resolve) => void client.socket.once('drain', resolve)), client.closed]);
  }
  return taken;
}

describe('a body of 10 MB', () => {
  it.each([
    ['that says so', head(`content-length: ${TEN_MB}`), '', 413],
    ['in chunks', head('transfer-encoding: chunked'), '0\r\n\r\n', 413],
    ['in one chunk', `${head('transfer-encoding: chunked')}${TEN_MB.toString(16)}\r\n`, '\r\n0\r\n\r\n', 413],
    ['to another address', head(`content-length: ${TEN_MB}`).replace('/graphql', '/health/live'), '', 404],
  ])('%s is refused, and its connection goes on', async (_how, begin, end, status) => {
    const { port } = await serve();
    const client = await openRaw(port);
    client.socket.write(begin);
    const isChunked = begin.endsWith('chunked\r\n\r\n');
    await pour(client, isChunked ? chunk(PIECE) : PIECE, TEN_MB);
    client.socket.write(end + postRequest(VERSION));
    expect([(await client.next()).status, (await client.next()).body]).toEqual([status, expect.stringContaining('"version":"1"')]);
    client.socket.destroy();
  });

  it('of which nothing comes is refused at once', async () => {
    const { port } = await serve();
    const client = await openRaw(port);
    client.socket.write(head(`content-length: ${TEN_MB}`));
    const { status, body } = await client.next();
    expect([status, JSON.parse(body)]).toEqual([413, { errors: [{ message: expect.any(String), extensions: { code: 'PAYLOAD_TOO_LARGE', traceId: expect.any(String) } }] }]);
    client.socket.destroy();
  });

  it('from 30 clients at once is kept by nobody', async () => {
    const { port } = await serve();
    const clients = await Promise.all(Array.from({ length: 30 }, () => openRaw(port)));
    const before = heldBytes();
    for (const client of clients) client.socket.write(head('transfer-encoding: chunked'));
    await Promise.all(clients.map((client) => pour(client, chunk(PIECE), TEN_MB)));
    // Two megabytes are allowed to each; 300 would be all of it.
    expect(heldBytes() - before).toBeLessThan(100_000_000);
    for (const client of clients) client.socket.write('0\r\n\r\n');
    for (const client of clients) {
      expect((await client.next()).status).toBe(413);
      client.socket.destroy();
    }
  });
});

it.each([
  ['without end', head('transfer-encoding: chunked')],
  ['of a terabyte', head('content-length: 1000000000000')],
])('a body %s is cut off', async (_how, begin) => {
  const { port } = await serve();
  const client = await openRaw(port);
  client.socket.write(begin);
  expect(await pour(client, begin.includes('chunked') ? chunk(PIECE) : PIECE, 1_000_000_000)).toBeLessThan(100_000_000);
  await client.closed;
});

describe('a body', () => {
  it.each([
    ['just under the limit is answered', 2_000_000, 200],
    ['just over it is refused', 2 * 1024 * 1024, 413],
  ])('%s, with a length and in chunks', async (_what, bytes, status) => {
    const { port } = await serve();
    const text = pad(bytes);
    for (const bytesSent of [postRequest(text), `${head('transfer-encoding: chunked')}${chunk(text)}0\r\n\r\n`]) {
      const client = await openRaw(port);
      client.socket.write(bytesSent);
      expect((await client.next()).status).toBe(status);
      client.socket.destroy();
    }
  });

  it.each([
    ['ends early', `${head('content-length: 500')}{"query":"{ ver`, true],
    ['in chunks ends early', `${head('transfer-encoding: chunked')}${chunk('{"query":"{ ver')}`, true],
    ['ends within a chunk', `${head('transfer-encoding: chunked')}50\r\n{"query"`, true],
    ['is chunks that are none', `${head('transfer-encoding: chunked')}not a length\r\n{"query":"{ version }"}\r\n0\r\n\r\n`, false],
    ['is a chunk longer than it says', `${head('transfer-encoding: chunked')}5\r\n{"query":"{ version }"}\r\n0\r\n\r\n`, false],
    ['is a chunk of negative length', `${head('transfer-encoding: chunked')}-5\r\nhello\r\n0\r\n\r\n`, false],
    ['is a chunk of 2^64 bytes', `${head('transfer-encoding: chunked')}10000000000000000\r\nhello`, false],
    ['is longer than it says', postRequest(VERSION, { 'content-length': '10' }), false],
  ])('that %s costs its connection', async (_what, bytes, isOver) => {
    const { port } = await serve();
    for (let i = 0; i < 2; i++) {
      const client = await openRaw(port);
      client.socket.write(bytes);
      if (isOver) client.socket.end();
      const answer = await client.closed;
      expect(answer).toMatch(/^(HTTP\/1\.1 400 |$)/);
      expect(answer).not.toContain('"data"');
    }
  });

  it.each([
    ['deep JSON', `{"query":${'['.repeat(900_000)}`, 400],
    ['deep JSON that is whole', `{"query":"{ version }","extensions":{"a":${'['.repeat(50_000)}${']'.repeat(50_000)}}}`, 200],
    ['JSON too deep for its reader', `{"query":"{ version }","extensions":${'['.repeat(900_000)}${']'.repeat(900_000)}}`, 400],
    ['a key a hundred thousand times', `{${'"query":"{ version }",'.repeat(80_000)}"query":"{ version }"}`, 200],
    ['keys that objects know', '{"query":"{ version }","__proto__":{"variables":{"x":1}},"constructor":{"prototype":{"y":1}},"toString":1}', 200],
    ['a query by way of the prototype', '{"__proto__":{"query":"{ version }"}}', 400],
    ['numbers without end', '{"query":"{ version }","variables":{"a":1e999999}}', 200],
    ['white space', `${' '.repeat(1_500_000)}{"query":"{ version }"}`, 200],
    ['a byte order mark', '\ufeff{"query":"{ version }"}', 200],
    ['two documents', '{"query":"{ version }"}{"query":"{ version }"}', 400],
    ['a comment', '{"query":"{ version }"/* hello */}', 400],
    ['one quote', '"', 400],
  ])('of %s is read as JSON says', async (_what, body, status) => {
    await serve();
    for (let i = 0; i < 3; i++) {
      const answer = await served.post(body);
      expect(answer.status).toBe(status);
      expect(answer.body).toMatchObject(status === 200 ? { data: { version: '1' } } : { errors: [{ extensions: { code: 'BAD_REQUEST' } }] });
    }
    expect(Object.keys(Object.prototype)).toEqual([]);
  });

  it.each([
    ['a hash of the wrong form', { version: 1, sha256Hash: '__proto__' }],
    ['a hash that is an object', { version: 1, sha256Hash: {} }],
    ['an unknown hash', { version: 1, sha256Hash: 'a'.repeat(64) }],
    ['an unknown version', { version: 7, sha256Hash: 'a'.repeat(64) }],
    ['no object', 5],
  ])('that asks for a document by %s gets an error that says so', async (_what, persistedQuery) => {
    await serve();
    for (let i = 0; i < 2; i++) {
      const { status, body } = await served.post({ extensions: { persistedQuery } });
      expect(status).toBeLessThan(500);
      expect(body.data ?? null).toBeNull();
      expect(body.errors?.[0]?.extensions['code']).toMatch(/^(PERSISTED_QUERY_NOT_FOUND|PERSISTED_QUERY_NOT_SUPPORTED|BAD_REQUEST|BAD_USER_INPUT)$/);
    }
  });
});

describe('connections', () => {
  it('by the hundreds that never finish their request keep nobody waiting, and are closed', async () => {
    const { port } = await serve({ connection: { headersMs: 500, requestMs: 800, idleMs: 800, slowReaderMs: 800 } });
    const beginnings = ['', 'P', 'POST /graphql HTTP/1.1\r\n', head('content-length: 100'), `${head('content-length: 100')}{"qu`, `${head('transfer-encoding: chunked')}ff\r\n{`, 'GET / HTTP/1.1\r\nhost: x\r\nx-a: '];
    const clients = await Promise.all(
      Array.from({ length: 300 }, async (_one, index) => {
        const client = await openRaw(port);
        client.socket.write(beginnings[index % beginnings.length] ?? '');
        return client;
      }),
    );
    for (let i = 0; i < 20; i++) expect(await served.query('{ version }')).toEqual({ data: { version: '1' } });
    for (const client of clients) expect(await client.closed).toMatch(/^(HTTP\/1\.1 408 |$)/);
  });

  it('whose client goes away while a subgraph works leave nothing behind', async () => {
    const held = Promise.withResolvers<undefined>();
    const allAsked = Promise.withResolvers<void>();
    let asked = 0;
    let isHeld = true;
    const identity: Hook = () => {
      if (!isHeld) return undefined;
      if (++asked === 100) allAsked.resolve();
      return held.promise.then(() => ({ data: { version: 'x'.repeat(100_000) } }));
    };
    const { port } = await serve({}, { identity });
    const clients = await Promise.all(Array.from({ length: 100 }, () => openRaw(port)));
    for (const [index, client] of clients.entries()) client.socket.write(postRequest({ query: `query Q${index % 10} { version }` }, index % 2 ? {} : { 'x-large': 'x'.repeat(10_000) }));
    await allAsked.promise;
    for (const [index, { socket }] of clients.entries()) void (index % 3 ? socket.resetAndDestroy() : socket.destroy());
    isHeld = false;
    expect(await served.query('{ version }')).toEqual({ data: { version: '1' } });
    held.resolve(undefined);
    await Promise.all(clients.map(({ closed }) => closed));
  });

  it('that send the next request before the refusal of the first get what each deserves, in order', async () => {
    const { port } = await serve();
    const client = await openRaw(port);
    client.socket.write(postRequest('{"query":') + postRequest(VERSION) + postRequest({ query: '{ nothing }' }) + postRequest(VERSION));
    const answers = [await client.next(), await client.next(), await client.next(), await client.next()];
    expect(answers.map(({ status, body }) => [status, JSON.parse(body).data ?? JSON.parse(body).errors[0].extensions.code])).toEqual([[400, 'BAD_REQUEST'], [200, { version: '1' }], [200, 'GRAPHQL_VALIDATION_FAILED'], [200, { version: '1' }]]);
    client.socket.destroy();
  });
});
