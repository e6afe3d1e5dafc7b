import { createHash } from 'node:crypto';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { callCenterGraph } from '../../../testing/call-center.js';
import { inProcessSources } from '../../../testing/graph.js';
import { adminGrants, grants, operatorGrants, serveTestGateway, type GraphqlBody, type Served } from '../../../testing/serve.js';
import { signIn } from '../../../testing/socket-client.js';
import { createMemoryCache } from '../../cache/memory-cache.js';
import type { Cache } from '../../cache/cache.js';
import { readManifest, type Manifest } from './manifest.js';
import type { PersistedMode } from './persisted-documents.js';

const opened: Served[] = [];
afterEach(async () => void (await Promise.all(opened.splice(0).map((one) => one.close()))));

const graph = callCenterGraph();
async function open(mode: PersistedMode, manifest: Manifest = new Map(), sharedCache?: Cache): Promise<Served> {
  const served = await serveTestGateway({ supergraphSdl: graph.supergraphSdl, sources: inProcessSources(graph), settings: { persistedDocuments: { mode, manifest } }, ...(sharedCache ? { sharedCache } : {}) });
  opened.push(served);
  return served;
}

const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex');
const persisted = (text: string, sha256Hash = hashOf(text)) => ({ extensions: { persistedQuery: { version: 1, sha256Hash } } });
const QUERY = 'query Version { version }';
const ANSWER = { data: { version: '1' } };
const refused = (code: string) => ({ errors: [{ extensions: { code } }] });
const NOT_FOUND = { errors: [{ message: 'PersistedQueryNotFound', extensions: { code: 'PERSISTED_QUERY_NOT_FOUND' } }] };

describe('automatic persisted queries', () => {
  it('a hash is enough once its text was sent', async () => {
    const { post } = await open('apq');
    expect((await post(persisted(QUERY))).body).toMatchObject(NOT_FOUND);
    expect((await post({ query: QUERY, ...persisted(QUERY) })).body).toMatchObject(ANSWER);
    for (let i = 0; i < 2; i++) expect((await post(persisted(QUERY))).body).toMatchObject(ANSWER);
    expect((await post({ documentId: `sha256:${hashOf(QUERY)}` })).body).toMatchObject(ANSWER);
  });

  it('variables and the name of the operation are each request’s own', async () => {
    const { post, token } = await open('apq');
    const query = 'query One($id: ID!) { call(id: $id) { id } } query Two { version }';
    const signed = { token: await token() };
    await post({ query, operationName: 'Two', ...persisted(query) }, signed);
    expect((await post({ ...persisted(query), operationName: 'One', variables: { id: 'c2' } }, signed)).body).toMatchObject({ data: { call: { id: 'c2' } } });
  });

  it('by GET', async () => {
    const { url } = await open('apq');
    const get = async (params: Record<string, string>): Promise<GraphqlBody> => (await (await fetch(`${url}?${new URLSearchParams(params)}`, { headers: { 'apollo-require-preflight': 'yes' } })).json()) as GraphqlBody;
    const extensions = JSON.stringify(persisted(QUERY).extensions);
    expect(await get({ extensions })).toMatchObject(NOT_FOUND);
    expect(await get({ query: QUERY, extensions })).toMatchObject(ANSWER);
    expect(await get({ extensions })).toMatchObject(ANSWER);
    expect(await get({ documentId: hashOf(QUERY) })).toMatchObject(ANSWER);
  });

  it('over WebSocket, and for streams', async () => {
    const { url, token } = await open('apq');
    const client = await signIn(url, await token());
    const subscribe = (id: string, payload: object): void => client.send({ type: 'subscribe', id, payload });
    const stream = 'subscription { callUpdated { cursor call { status } } }';
    subscribe('1', persisted(stream));
    expect(await client.next()).toMatchObject({ id: '1', type: 'error', payload: NOT_FOUND.errors });
    subscribe('2', { query: stream, ...persisted(stream) });
    subscribe('3', { query: QUERY, ...persisted(QUERY) });
    expect([await client.next(), await client.next()]).toMatchObject([{ id: '3', payload: ANSWER }, { type: 'complete' }]);
    subscribe('4', persisted(stream));
    subscribe('5', persisted(QUERY));
    expect([await client.next(), await client.next()]).toMatchObject([{ id: '5', payload: ANSWER }, { type: 'complete' }]);
    graph.emit({ cursor: 'x', callId: 'c1' });
    const events = [await client.next(), await client.next()];
    expect(new Set(events.map(({ id }) => id))).toEqual(new Set(['2', '4']));
    await client.close();
  });

  it('as an event stream', async () => {
    const { url } = await open('apq');
    const ask = async (body: object): Promise<string> =>
      (await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json', accept: 'text/event-stream' }, body: JSON.stringify(body) })).text();
    expect(await ask(persisted(QUERY))).toContain('PERSISTED_QUERY_NOT_FOUND');
    expect(await ask({ query: QUERY, ...persisted(QUERY) })).toContain('"version":"1"');
    expect(await ask(persisted(QUERY))).toContain('"version":"1"');
  });

  it.each([
    ['a hash of another text', { query: QUERY, ...persisted('{ version }') }, 'BAD_REQUEST'],
    ['another version', { query: QUERY, extensions: { persistedQuery: { version: 2, sha256Hash: hashOf(QUERY) } } }, 'BAD_REQUEST'],
    ['no hash', { extensions: { persistedQuery: { version: 1 } } }, 'BAD_REQUEST'],
    ['a hash that is none', persisted(QUERY, '../../etc'), 'PERSISTED_QUERY_NOT_FOUND'],
  ])('%s is refused', async (_what, body, code) => {
    const { post } = await open('apq');
    expect((await post(body)).body).toMatchObject(refused(code));
  });

  it('a text that is not valid is not kept', async () => {
    const { post } = await open('apq');
    const wrong = '{ nothing }';
    expect((await post({ query: wrong, ...persisted(wrong) })).body).toMatchObject(refused('GRAPHQL_VALIDATION_FAILED'));
    expect((await post(persisted(wrong))).body).toMatchObject(NOT_FOUND);
  });

  it('what one gateway was sent, another one knows that shares its cache', async () => {
    const cache = createMemoryCache();
    const [one, other] = [await open('apq', new Map(), cache), await open('apq', new Map(), cache)];
    await one.post({ query: QUERY, ...persisted(QUERY) });
    expect((await other.post(persisted(QUERY))).body).toMatchObject(ANSWER);
  });

  it('may be turned off', async () => {
    const { post } = await open('off');
    expect((await post(persisted(QUERY))).body).toMatchObject({ errors: [{ message: 'PersistedQueryNotSupported', extensions: { code: 'PERSISTED_QUERY_NOT_SUPPORTED' } }] });
    expect((await post({ query: QUERY, ...persisted(QUERY) })).body).toMatchObject(ANSWER);
  });
});

describe('a safelist', () => {
  const manifest: Manifest = new Map([[hashOf(QUERY), QUERY], ['calls-1', 'query Calls { calls { id } }']]);
  const OPEN = '{ version me { id } }';

  it('runs the documents of the manifest, by id and by text, for anybody', async () => {
    const { post, token } = await open('safelist', manifest);
    for (const body of [persisted(QUERY), { documentId: hashOf(QUERY) }, { documentId: `sha256:${hashOf(QUERY)}` }, { query: QUERY }]) expect((await post(body)).body).toMatchObject(ANSWER);
    expect((await post({ documentId: 'calls-1' }, { token: await token() })).body).toMatchObject({ data: { calls: [{ id: 'c1' }, { id: 'c2' }] } });
  });

  it('refuses every other document, whichever way it comes', async () => {
    const { post, token, url } = await open('safelist', manifest);
    const signed = { token: await token() };
    for (const body of [{ query: OPEN }, { query: OPEN, ...persisted(OPEN) }, persisted(OPEN), { documentId: 'calls-2' }, { query: `${QUERY} ` }]) expect((await post(body, signed)).body).toMatchObject(refused('DOCUMENT_NOT_ALLOWED'));
    const byGet = await fetch(`${url}?query=${encodeURIComponent(OPEN)}`, { headers: { 'apollo-require-preflight': 'yes' } });
    expect(await byGet.json()).toMatchObject(refused('DOCUMENT_NOT_ALLOWED'));
    const client = await signIn(url, signed.token);
    client.subscribe('1', OPEN);
    expect(await client.next()).toMatchObject({ type: 'error', payload: [{ extensions: { code: 'DOCUMENT_NOT_ALLOWED' } }] });
    await client.close();
  });

  it('lets who may run open documents run them, and nobody in his wake', async () => {
    const { post, token } = await open('safelist', manifest);
    const integrator = { token: await token({ userId: 'u2', sessionId: 'key_1', grants: grants({ ...operatorGrants.allow, 'documents:open': 'OWN' }) }) };
    const admin = { token: await token({ userId: 'u3', sessionId: 'ses_3', grants: adminGrants }) };
    const operator = { token: await token() };
    for (const signed of [integrator, admin]) for (let i = 0; i < 2; i++) expect((await post({ query: OPEN, ...persisted(OPEN) }, signed)).body.errors).toBeUndefined();
    expect((await post(persisted(OPEN), integrator)).body.errors).toBeUndefined();
    for (const body of [{ query: OPEN, ...persisted(OPEN) }, persisted(OPEN)]) expect((await post(body, operator)).body).toMatchObject(refused('DOCUMENT_NOT_ALLOWED'));
  });
});

describe('a manifest', () => {
  const fileWith = async (text: string): Promise<string> => {
    const file = join(await mkdtemp(join(tmpdir(), 'vss-manifest-')), 'documents.json');
    await writeFile(file, text);
    return file;
  };

  it('is read in the format of graphql-codegen and in that of Apollo', async () => {
    expect([...(await readManifest(await fileWith('{"abc":"{ version }"}')))]).toEqual([['abc', '{ version }']]);
    const apollo = { format: 'apollo-persisted-query-manifest', version: 1, operations: [{ id: 'abc', name: 'V', type: 'query', body: 'query V { version }' }] };
    expect([...(await readManifest(await fileWith(JSON.stringify(apollo))))]).toEqual([['abc', 'query V { version }']]);
  });

  it.each(['', '[]', '{"abc":1}', '{"format":"apollo-persisted-query-manifest","version":2,"operations":[]}'])('that reads %j stops the start', async (text) => {
    await expect(readManifest(await fileWith(text))).rejects.toThrow(/cannot be used/);
  });
});
