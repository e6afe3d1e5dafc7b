import { once } from 'node:events';
import { gzipSync } from 'node:zlib';
import type { GraphQLSchema } from 'graphql';
import { afterEach, describe, expect, it } from 'vitest';
import { createHttpSource } from '@vss/gateway';
import { callCenterGraph } from '../../testing/call-center.js';
import { runOn } from '../../testing/graph.js';
import { httpAnswer, openRawSubgraph, type RawQuestion, type RawSubgraph } from '../../testing/raw-subgraph.js';
import { aUser, serveTestGateway, type GraphqlBody, type Served } from '../../testing/serve.js';
import { DEFAULT_RESILIENCE, type ResilienceSettings } from './resilience.js';

const stops: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).toReversed()) await stop();
});

/** Bytes for the answer that the subgraph should have given; or what it does in place of answering. */
type Fault = (right: string, question: RawQuestion) => string | Buffer | void;

interface Setup {
  readonly served: Served;
  readonly crm: RawSubgraph;
  /** The subgraph misbehaves from now on; without a fault it does its work. */
  become(fault?: Fault): void;
  ask(query: string): Promise<GraphqlBody>;
}

const graph = callCenterGraph();

/** The breaker has tests of its own; here a fault is met as often as a test likes. */
const UNBROKEN: ResilienceSettings = { ...DEFAULT_RESILIENCE, failuresInARow: Infinity, failureSample: Infinity };
const AS = { actor: aUser(), traceId: '', request: { address: '', userAgent: '', wantsCookie: false }, reply: { setCookie: () => undefined } };

/** The call center with every subgraph behind a socket, so that operations are compiled; crm's is the one that fails. */
async function open({ deadlineMs = 5_000 } = {}): Promise<Setup> {
  let fault: Fault | undefined;
  const serve = (name: string, schema: GraphQLSchema): Promise<RawSubgraph> =>
    openRawSubgraph(async (question) => {
      const right = JSON.stringify(await runOn(schema, { ...AS, query: question.query, variables: question.variables }, graph));
      const bytes = fault && name === 'crm' ? fault(right, question) : httpAnswer(right);
      if (bytes !== undefined) question.socket.write(bytes);
    });
  const subgraphs = new Map(await Promise.all([...graph.schemas].map(async ([name, schema]) => [name, await serve(name, schema)] as const)));
  const served = await serveTestGateway({ supergraphSdl: graph.supergraphSdl, sources: [...subgraphs].map(([name, { url }]) => createHttpSource({ name, url })), settings: { resilience: { ...UNBROKEN, deadlineMs } } });
  stops.push(() => Promise.all([...subgraphs.values()].map((subgraph) => subgraph.close())), () => served.close());
  const token = await served.token();
  const crm = subgraphs.get('crm');
  if (!crm) throw new Error('There is no crm');
  return { served, crm, become: (next) => void (fault = next), ask: (query) => served.query(query, { token }) };
}

const status = (line: string, body = ''): Fault => () => `HTTP/1.1 ${line}\r\ncontent-length: ${body.length}\r\n\r\n${body}`;
const body = (text: string | Buffer): Fault => () => httpAnswer(text);
/** Changes the right answer. */
const changed = (change: (right: string) => string | Buffer): Fault => (right) => httpAnswer(change(right));
const last = (bytes: (right: string) => string): Fault => (right, { socket }) => void socket.end(bytes(right));

/** Operations that the fault meets: entities beside others' fields, and a fetch that is the whole answer. */
const OPERATIONS = [
  {
    query: '{ calls { id notes { text } } }',
    right: { calls: [{ id: 'c1', notes: [{ text: 'note on c1' }] }, { id: 'c2', notes: [{ text: 'note on c2' }] }] },
    without: { calls: [{ id: 'c1', notes: null }, { id: 'c2', notes: null }] },
    paths: [['calls', 0, 'notes'], ['calls', 1, 'notes']],
  },
  { query: '{ noteCount }', right: { noteCount: 1 }, without: { noteCount: null }, paths: [['noteCount']] },
];

const NO_ANSWER: readonly [what: string, fault: Fault][] = [
  ['HTML with 200', body('<html><body>Welcome</body></html>')],
  ['HTML with 502', status('502 Bad Gateway', '<html>nginx</html>')],
  ['nothing', body('')],
  ['a content-length that is too long', last((right) => `HTTP/1.1 200 OK\r\ncontent-length: ${right.length + 10}\r\n\r\n${right}`)],
  ['a content-length that is too short', (right) => `HTTP/1.1 200 OK\r\ncontent-length: ${right.length - 5}\r\n\r\n${right}`],
  ['a content-length that is no number', (right) => `HTTP/1.1 200 OK\r\ncontent-length: many\r\n\r\n${right}`],
  ['two lengths that differ', (right) => `HTTP/1.1 200 OK\r\ncontent-length: 3\r\ncontent-length: ${right.length}\r\n\r\n${right}`],
  ['a length of 90 GB', () => 'HTTP/1.1 200 OK\r\ncontent-length: 99999999999\r\n\r\n{"data":'],
  ['chunks that are none', () => 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n{"data":{}}\r\n0\r\n\r\n'],
  ['a chunk that is longer than it says', (right) => `HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\n${right}\r\n0\r\n\r\n`],
  ['chunks without an end', last((right) => `HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n${right.length.toString(16)}\r\n${right}\r\n`)],
  ['half an answer', last((right) => httpAnswer(right).toString().slice(0, -8))],
  ['half a head', last(() => 'HTTP/1.1 200 OK\r\ncontent-ty')],
  ['bytes that are no HTTP', () => 'hello, I am not a server\r\n\r\n'],
  ['a redirect', () => 'HTTP/1.1 307 Temporary Redirect\r\nlocation: /graphql2\r\ncontent-length: 0\r\n\r\n'],
  ['a permanent redirect', () => 'HTTP/1.1 301 Moved Permanently\r\nlocation: http://127.0.0.1:1/\r\ncontent-length: 0\r\n\r\n'],
  ['a body that is compressed, though nobody asked', (right) => httpAnswer(gzipSync(right), { headers: 'content-type: application/json\r\ncontent-encoding: gzip\r\n' })],
  ['no content', () => 'HTTP/1.1 204 No Content\r\n\r\n'],
  ['another protocol', () => 'HTTP/1.1 101 Switching Protocols\r\nupgrade: h2c\r\n\r\n'],
  ['the end of the connection', (_right, { socket }) => void socket.end()],
  ['a reset', (_right, { socket }) => void socket.resetAndDestroy()],
  ['a truncated document', changed((right) => right.slice(0, -3))],
  ['two documents', changed((right) => right + right)],
  ['a document and something more', changed((right) => `${right} ok`)],
  ['single quotes', changed((right) => right.replaceAll('"', "'"))],
  ['invalid UTF-8 in a string', () => httpAnswer(Buffer.concat([Buffer.from('{"data":{"noteCount":1,"_entities":[{"notes":[{"text":"'), Buffer.from([0xff, 0xc0, 0x80]), Buffer.from('"}]},{"notes":[]}]}}')]))],
  ['a string', body('"data"')],
  ['a number', body('1')],
  ['a list', body('[{"data":{}}]')],
  ['neither data nor errors', body('{"extensions":{}}')],
  ['data that is a text', body('{"data":"yes"}')],
  ['errors that are none', body('{"data":null,"errors":{"message":"x"}}')],
  ['an error without a message', body('{"data":null,"errors":[{}]}')],
  ['an error that is null', body('{"data":null,"errors":[null]}')],
  ['an empty list of errors', body('{"data":null,"errors":[]}')],
];

it.each(NO_ANSWER)('a subgraph that answers %s costs only its own fields, and is asked again', async (_what, fault) => {
  const { served, ask, become } = await open({ deadlineMs: 1_000 });
  for (const { query, right, without, paths } of OPERATIONS) {
    become();
    // Known by now, so that what is prepared for the operation meets the fault as well.
    for (let i = 0; i < 3; i++) expect(await ask(query)).toEqual({ data: right });
    become(fault);
    const { data, errors } = await ask(query);
    expect(data).toEqual(without);
    expect(errors).toEqual(paths.map((path) => ({ message: expect.stringContaining('crm'), path, extensions: { code: 'UNAVAILABLE', subgraph: 'crm', traceId: expect.any(String) } })));
  }
  become();
  for (const { query, right } of OPERATIONS) expect(await ask(query)).toEqual({ data: right });
  expect(await served.query('{ version }')).toEqual({ data: { version: '1' } });
});

const COUNT = '{ noteCount }';
const NOTES = '{ calls { id status notes { text author { username } } } }';
const withEntity = (entity: string): string => `{"data":{"_entities":[${entity},{"notes":[]}]}}`;
const firstNotes = (notes: unknown) => ({ calls: [{ id: 'c1', status: 'RINGING', notes }, { id: 'c2', status: 'ENDED', notes: [] }] });
const failing = (code: string, ...path: (string | number)[]) => ({ message: expect.any(String), ...(path.length > 0 ? { path } : {}), extensions: expect.objectContaining({ code, traceId: expect.any(String) }) });
const AGAINST_SCHEMA = 'INVALID_GRAPHQL';

/** The subgraph's answer, and what the client gets of it. */
const WRONG_SHAPES: readonly [what: string, query: string, answer: string, data: unknown, errors?: readonly unknown[]][] = [
  ['a text for a number', COUNT, '{"data":{"noteCount":"many"}}', { noteCount: null }, [failing(AGAINST_SCHEMA, 'noteCount')]],
  ['half a note', COUNT, '{"data":{"noteCount":1.5}}', { noteCount: null }, [failing(AGAINST_SCHEMA, 'noteCount')]],
  ['more notes than there are numbers', COUNT, '{"data":{"noteCount":1e400}}', { noteCount: null }, [failing(AGAINST_SCHEMA, 'noteCount')]],
  ['an object for a number', COUNT, '{"data":{"noteCount":{"valueOf":1}}}', { noteCount: null }, [failing(AGAINST_SCHEMA, 'noteCount')]],
  ['a list for a number', COUNT, '{"data":{"noteCount":[1]}}', { noteCount: null }, [failing(AGAINST_SCHEMA, 'noteCount')]],
  ['more than was asked for', COUNT, '{"data":{"noteCount":1,"secret":"x"},"extensions":{"secret":"y"},"secret":"z"}', { noteCount: 1 }],
  ['a key twice', COUNT, '{"data":{"noteCount":1,"noteCount":2}}', { noteCount: 2 }],
  ['data twice', COUNT, '{"data":{"noteCount":1},"data":{"noteCount":2}}', { noteCount: 2 }],
  ['a key by its escapes', COUNT, '{"data":{"note\\u0043ount":5}}', { noteCount: 5 }],
  ['much white space', COUNT, ' \r\n{ "data" :\t{ "noteCount" : 5 }\n} ', { noteCount: 5 }],
  ['a field by way of the prototype', COUNT, '{"data":{"__proto__":{"noteCount":7}}}', { noteCount: null }],
  ['errors before data', COUNT, '{"errors":[{"message":"No","path":["noteCount"],"extensions":{"code":"CONFLICT"}}],"data":{"noteCount":null}}', { noteCount: null }, [failing('CONFLICT', 'noteCount')]],
  ['an entity that is a number', NOTES, withEntity('5'), { calls: [{ id: 'c1', status: 'RINGING', notes: null }, { id: 'c2', status: 'ENDED', notes: null }] }, [failing('UNAVAILABLE', 'calls', 0, 'notes'), failing('UNAVAILABLE', 'calls', 1, 'notes')]],
  ['an entity that is a list', NOTES, withEntity('[]'), { calls: [{ id: 'c1', status: 'RINGING', notes: null }, { id: 'c2', status: 'ENDED', notes: null }] }, [failing('UNAVAILABLE', 'calls', 0, 'notes'), failing('UNAVAILABLE', 'calls', 1, 'notes')]],
  ['an entity too many', NOTES, '{"data":{"_entities":[{"notes":[]},{"notes":[]},{"notes":[]}]}}', { calls: [{ id: 'c1', status: 'RINGING', notes: null }, { id: 'c2', status: 'ENDED', notes: null }] }, [failing('UNAVAILABLE', 'calls', 0, 'notes'), failing('UNAVAILABLE', 'calls', 1, 'notes')]],
  ['no entities and no reason', NOTES, '{"data":{"_entities":null}}', { calls: [{ id: 'c1', status: 'RINGING', notes: null }, { id: 'c2', status: 'ENDED', notes: null }] }, [failing('UNAVAILABLE', 'calls', 0, 'notes'), failing('UNAVAILABLE', 'calls', 1, 'notes')]],
  ['an entity that it does not know', NOTES, withEntity('null'), firstNotes(null)],
  ['an object for a list', NOTES, withEntity('{"notes":{"0":{"text":"a"}}}'), firstNotes(null), [failing(AGAINST_SCHEMA, 'calls', 0, 'notes')]],
  ['an object for a text', NOTES, withEntity('{"notes":[{"text":{"toString":"a"},"author":null}]}'), firstNotes([{ text: null, author: null }]), [failing(AGAINST_SCHEMA, 'calls', 0, 'notes', 0, 'text')]],
  ['null where none may be', NOTES, withEntity('{"notes":[null]}'), firstNotes(null), [failing(AGAINST_SCHEMA, 'calls', 0, 'notes', 0)]],
  ['an id for an object', NOTES, withEntity('{"notes":[{"text":"a","author":"u1"}]}'), firstNotes([{ text: 'a', author: null }]), [failing(AGAINST_SCHEMA, 'calls', 0, 'notes', 0, 'author')]],
  ["other subgraphs' fields", NOTES, withEntity('{"id":"c9","status":"FORGED","notes":[{"text":"a","author":{"__typename":"User","id":"u1","username":"forged"}}]}'), firstNotes([{ text: 'a', author: { username: 'olga' } }])],
  ['an entity by way of the prototype', NOTES, withEntity('{"__proto__":{"notes":[{"text":"a"}]}}'), firstNotes(null)],
  ['an error at an entity that nobody asked for', NOTES, '{"data":{"_entities":[{"notes":null},{"notes":[]}]},"errors":[{"message":"No","path":["_entities",99,"notes"],"extensions":{"code":"CONFLICT"}}]}', firstNotes(null), [failing('CONFLICT')]],
  ['an error at a place that is none', NOTES, '{"data":{"_entities":[{"notes":null},{"notes":[]}]},"errors":[{"message":"No","path":["_entities","__proto__"],"extensions":{"code":"CONFLICT"}}]}', firstNotes(null), [failing('CONFLICT')]],
  ['an error deep in an entity', NOTES, '{"data":{"_entities":[{"notes":null},{"notes":[]}]},"errors":[{"message":"No","path":["_entities",0,"notes",7,"text"],"extensions":{"code":"CONFLICT"}}]}', firstNotes(null), [failing('CONFLICT', 'calls', 0, 'notes', 7, 'text')]],
  ['an error whose path is a number', COUNT, '{"data":{"noteCount":null},"errors":[{"message":"No","path":5,"extensions":{"code":"CONFLICT"}}]}', { noteCount: null }, [failing('CONFLICT')]],
  ['an error whose path is an object', COUNT, '{"data":null,"errors":[{"message":"No","path":{"length":1},"extensions":{"code":"CONFLICT"}}]}', { noteCount: null }, [failing('CONFLICT', 'noteCount')]],
  ['an error whose path holds objects', COUNT, '{"data":null,"errors":[{"message":"No","path":[{}],"extensions":{"code":"CONFLICT"}}]}', { noteCount: null }, [failing('CONFLICT', 'noteCount')]],
  ['an error whose path is empty', COUNT, '{"data":null,"errors":[{"message":"No","path":[],"extensions":{"code":"CONFLICT"}}]}', { noteCount: null }, [failing('CONFLICT', 'noteCount')]],
  ['an error whose extensions are a text', COUNT, '{"data":null,"errors":[{"message":"No","extensions":"CONFLICT"}]}', { noteCount: null }, [failing('INTERNAL_SERVER_ERROR', 'noteCount')]],
  ['an error whose code is a number', COUNT, '{"data":null,"errors":[{"message":"No","extensions":{"code":5}}]}', { noteCount: null }, [failing('INTERNAL_SERVER_ERROR', 'noteCount')]],
];

it.each(WRONG_SHAPES)('of a subgraph that gives %s the client gets what fits the schema', async (_what, query, answer, data, errors) => {
  const { ask, become } = await open();
  for (let i = 0; i < 2; i++) await ask(query);
  become(body(answer));
  for (let i = 0; i < 2; i++) expect(await ask(query)).toEqual({ data, ...(errors ? { errors } : {}) });
  expect(Object.prototype).not.toHaveProperty('notes');
});

it.each(['400 Bad Request', '401 Unauthorized', '403 Forbidden', '404 Not Found', '429 Too Many Requests', '500 Internal Server Error', '503 Service Unavailable'])(
  'errors of a subgraph that come with %s are told as they are',
  async (line) => {
    const { ask, become } = await open();
    become(() => httpAnswer('{"errors":[{"message":"Not now","extensions":{"code":"CONFLICT"}}]}', { status: line }));
    for (let i = 0; i < 2; i++) expect(await ask(COUNT)).toMatchObject({ data: { noteCount: null }, errors: [{ message: 'Not now', path: ['noteCount'], extensions: { code: 'CONFLICT', subgraph: 'crm' } }] });
  },
);

it('an answer that comes with the key twice reaches the client with one', async () => {
  const { served, become } = await open();
  become(body('{"data":{"noteCount":1,"noteCount":2}}'));
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${await served.token()}` };
  for (let i = 0; i < 3; i++) {
    const text = await (await fetch(served.url, { method: 'POST', headers, body: JSON.stringify({ query: COUNT }) })).text();
    expect(text).toMatch(/^\{"data":\{"noteCount":2\}[,}]/);
  }
});

describe('a subgraph that takes its time', () => {
  it.each<[string, Fault]>([
    ['says nothing', () => undefined],
    ['sends its head and no more', () => 'HTTP/1.1 200 OK\r\ncontent-length: 20\r\n\r\n'],
    ['sends a byte now and then', (_right, { socket }) => drip(socket, 'HTTP/1.1 200 OK\r\ncontent-length: 20000\r\n\r\n', ' ')],
    ['sends headers without end', (_right, { socket }) => drip(socket, 'HTTP/1.1 200 OK\r\n', 'x: y\r\n')],
    ['sends interim answers without end', (_right, { socket }) => drip(socket, '', 'HTTP/1.1 100 Continue\r\n\r\n')],
    ['sends chunks without end', (_right, { socket }) => drip(socket, 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n', '1\r\n \r\n')],
  ])('and %s is given up at its deadline', async (_what, fault) => {
    const { ask, become } = await open({ deadlineMs: 150 });
    for (let i = 0; i < 2; i++) await ask(NOTES);
    become(fault);
    const { data, errors } = await ask(NOTES);
    expect(data).toEqual({ calls: [{ id: 'c1', status: 'RINGING', notes: null }, { id: 'c2', status: 'ENDED', notes: null }] });
    expect(errors).toEqual([failing('UNAVAILABLE', 'calls', 0, 'notes'), failing('UNAVAILABLE', 'calls', 1, 'notes')]);
    become();
    expect(await ask(COUNT)).toEqual({ data: { noteCount: 1 } });
  });

  /** Writes again and again until nobody listens. */
  function drip(socket: RawQuestion['socket'], first: string, then: string): void {
    socket.write(first);
    const timer = setInterval(() => socket.write(then), 10);
    socket.on('close', () => clearInterval(timer));
  }
});

it('an answer without end is cut off', async () => {
  const { ask, become } = await open({ deadlineMs: 20_000 });
  let written = 0;
  const chunk = Buffer.concat([Buffer.from('100000\r\n'), Buffer.alloc(0x100000, ' '), Buffer.from('\r\n')]);
  become((_right, { socket }) => {
    socket.write('HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n');
    const more = (): void => {
      while (!socket.destroyed && ((written += chunk.length), socket.write(chunk)));
    };
    socket.on('drain', more);
    more();
  });
  const { data, errors } = await ask(COUNT);
  expect([data, errors]).toEqual([{ noteCount: null }, [failing('UNAVAILABLE', 'noteCount')]]);
  expect(written).toBeLessThan(200 * 0x100000);
  become();
  expect(await ask(COUNT)).toEqual({ data: { noteCount: 1 } });
});

describe('connections to a subgraph', () => {
  const forged = httpAnswer('{"data":{"noteCount":666}}');

  it.each<[string, (setup: Setup) => Promise<unknown>]>([
    [
      'with the answer',
      async ({ ask, become, crm }) => {
        become((right) => Buffer.concat([httpAnswer(right), forged]));
        await ask(COUNT);
        return closed(crm);
      },
    ],
    [
      'while nothing is asked',
      async ({ crm }) => {
        for (const socket of crm.connections) socket.write(forged);
        return closed(crm);
      },
    ],
  ])('an answer that comes %s is nobody’s, and its connection is not used again', async (_when, misbehave) => {
    const setup = await open();
    const { ask, become } = setup;
    for (let i = 0; i < 3; i++) expect(await ask(COUNT)).toEqual({ data: { noteCount: 1 } });
    await misbehave(setup);
    become();
    for (let i = 0; i < 10; i++) expect(JSON.stringify(await ask(i % 2 ? COUNT : NOTES))).not.toContain('666');
    expect(await ask(COUNT)).toEqual({ data: { noteCount: 1 } });
  });

  const closed = (crm: RawSubgraph): Promise<unknown> => Promise.all([...crm.connections].map((socket) => (socket.destroyed ? Promise.resolve([]) : once(socket, 'close'))));

  it('that are reset in the middle cost no other request its answer', async () => {
    const { served, crm, become } = await open();
    const token = await served.token();
    let resets = 0;
    // Each connection answers its first request, and breaks at the second, for a while.
    become((right, { socket, earlier }) => {
      if (earlier === 0 || resets >= 5) return httpAnswer(right);
      resets++;
      return void socket.resetAndDestroy();
    });
    const answers = await Promise.all(Array.from({ length: 60 }, (_one, i) => served.query(`query Q${i % 7} { noteCount }`, { token })));
    expect(answers).toEqual(answers.map(() => ({ data: { noteCount: 1 } })));
    const again = await Promise.all(Array.from({ length: 60 }, (_one, i) => served.query(`query Q${i % 7} { noteCount }`, { token })));
    expect(again).toEqual(again.map(() => ({ data: { noteCount: 1 } })));
    expect(resets).toBeGreaterThan(0);
    expect(crm.asked.length).toBeGreaterThan(60);
  });

  it('answer each request with its own answer, however late', async () => {
    const { served, become } = await open();
    const token = await served.token();
    become((_right, { variables, socket }) => {
      const representations = variables['representations'] as { id: string }[];
      const text = JSON.stringify({ data: { _entities: representations.map(({ id }) => ({ notes: [{ text: `for ${id}` }] })) } });
      setTimeout(() => socket.write(httpAnswer(text)), Math.random() * 20);
    });
    const ids = Array.from({ length: 40 }, (_one, i) => `c${(i % 2) + 1}`);
    const answers = await Promise.all(ids.map((id) => served.query('query($id: ID!) { call(id: $id) { id notes { text } } }', { token, variables: { id } })));
    expect(answers.map(({ data }) => data)).toEqual(ids.map((id) => ({ call: { id, notes: [{ text: `for ${id}` }] } })));
  });
});
