import type { Server } from 'node:http';
import { array, assert, asyncProperty, constantFrom, nat, record } from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { silentLogger } from '@vss/runtime';
import { callCenterGraph } from '../../testing/call-center.js';
import { inProcessSources } from '../../testing/graph.js';
import { openRaw, postRequest } from '../../testing/raw-http.js';
import { listen, serveTestGateway, type Served } from '../../testing/serve.js';
import { createOrdinaryServer } from './ordinary-server.js';

const graph = callCenterGraph();
let served: Served;
let ordinary: Server;
let ordinaryPort: number;
beforeAll(async () => {
  // What an edit left without its end is not waited for long.
  const connection = { headersMs: 200, requestMs: 200, idleMs: 5_000, slowReaderMs: 5_000 };
  served = await serveTestGateway({ supergraphSdl: graph.supergraphSdl, sources: inProcessSources(graph), settings: { connection, rates: undefined } });
  ordinary = createOrdinaryServer({ gateway: served.gateway, logger: silentLogger }).server;
  ordinaryPort = await listen(ordinary);
});
afterAll(async () => {
  ordinary.closeAllConnections();
  ordinary.close();
  await served.close();
});

const HIDDEN = '{"query":"{ hidden: version }"}';
/** Its body looks like requests, its headers like those that differ between readers. */
const request = postRequest({ query: '{ version }', extensions: { x: `\r\n\r\n${postRequest(HIDDEN)}` } }, { 'x-a': 'b', 'x-b': 'content-length', 'transfer-encodin': 'chunked' });
const last = 'GET /health/live HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n';
const headEnd = request.indexOf('\r\n\r\n') + 4;

const PIECES = [' ', '\t', '\r', '\n', '\r\n', '\r\n ', '\r\n\t', '\r\n\r\n', '\0', '\v', '\x7f', ':', ',', ';', '"', '+', '-', '0', 'a', 'G', 'é', 'x-c: d\r\n', 'content-length: 3\r\n', 'Content-Length: 31\r\n', 'transfer-encoding: chunked\r\n', 'Transfer-Encoding : chunked\r\n', 'host: y\r\n', 'connection: close\r\n', 'expect: 100-continue\r\n'];
const edit = record({ at: nat(headEnd), removed: nat(3), added: constantFrom('', ...PIECES) });

/** The operations that ran because of these bytes. Answers do not tell: node:http gives up what it has begun when nonsense follows. */
async function operationsIn(port: number, bytes: string): Promise<string[]> {
  graph.fetches.length = 0;
  const client = await openRaw(port);
  await client.write(Buffer.from(bytes, 'latin1'));
  await client.closed;
  // What is still under way then runs in this process: some turns of the event loop are enough.
  for (let turn = 0; turn < 10; turn++) await new Promise((resolve) => void setImmediate(resolve));
  return graph.fetches.map(({ query }) => query);
}

it('no edit of a request makes the two fronts run different operations', { timeout: 120_000 }, async () => {
  const seen = new Set<number>();
  await assert(
    asyncProperty(array(edit, { minLength: 1, maxLength: 3 }), async (edits) => {
      const edited = edits.reduce((text, { at, removed, added }) => text.slice(0, at) + added + text.slice(at + removed), request);
      const bytes = edited + last;
      const operations = await operationsIn(served.port, bytes);
      expect(operations).toEqual(await operationsIn(ordinaryPort, bytes));
      seen.add(operations.length);
    }),
    { seed: 20_261_126, numRuns: 400 },
  );
  // Some edits leave the request as it was, and others end it.
  expect([...seen]).toEqual(expect.arrayContaining([0, 1]));
});
