import { afterEach, describe, expect, it } from 'vitest';
import { readExplainId } from '@vss/auth';
import { callCenterGraph } from '../../testing/call-center.js';
import { composeGraph, inProcessSources, type TestGraph } from '../../testing/graph.js';
import { adminGrants, grants, operatorGrants, serveTestGateway, type Served } from '../../testing/serve.js';

const stops: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});

async function open(graph = callCenterGraph(), settings = {}): Promise<{ served: Served; graph: TestGraph }> {
  const served = await serveTestGateway({ supergraphSdl: graph.supergraphSdl, sources: inProcessSources(graph), settings });
  stops.push(() => served.close());
  return { served, graph };
}

const denied = (path: (string | number)[], code = 'FORBIDDEN') => expect.objectContaining({ path, extensions: expect.objectContaining({ code, traceId: expect.any(String) }) });

describe('a field that the actor may not read', () => {
  it('comes back null with an error, and its subgraph is not asked for it', async () => {
    const { served, graph } = await open();
    const token = await served.token({ grants: grants({ 'calls:read': 'OWN' }) });
    const { data, errors } = await served.query('{ calls { id notes { text } token status } }', { token });
    expect(data.calls[0]).toEqual({ id: 'c1', notes: null, token: null, status: 'RINGING' });
    expect(Object.keys(data.calls[0])).toEqual(['id', 'notes', 'token', 'status']);
    expect(errors).toEqual([denied(['calls', 0, 'notes']), denied(['calls', 0, 'token']), denied(['calls', 1, 'notes']), denied(['calls', 1, 'token'])]);
    expect(graph.fetchesOf('crm')).toEqual([]);
    expect(graph.fetches[0]?.query).not.toContain('token');
  });

  it('costs no subgraph call at all when nothing else is asked', async () => {
    const { served, graph } = await open();
    const { data, errors } = await served.query('{ call(id: "c1") { id } noteCount }', { token: await served.token({ grants: grants({}) }) });
    expect(data).toEqual({ call: null, noteCount: null });
    expect(errors).toEqual([denied(['call']), denied(['noteCount'])]);
    expect(graph.fetches).toEqual([]);
  });

  it('takes its parent with it when it may not be null', async () => {
    const { served, graph } = await open();
    const token = await served.token();
    const { data, errors } = await served.query('{ call(id: "c1") { id operator { username badge } } version }', { token });
    expect(data).toEqual({ call: { id: 'c1', operator: null }, version: '1' });
    expect(errors).toEqual([denied(['call', 'operator', 'badge'])]);
    const root = await served.query('{ secretCall { id } version }', { token });
    expect(root).toEqual({ data: null, errors: [denied(['secretCall'])] });
    expect(graph.fetches.some(({ query }) => query.includes('secretCall'))).toBe(false);
  });

  it('is judged by the scope of the grant', async () => {
    const { served } = await open();
    const own = await served.query('{ secretCall { id } }', { token: await served.token({ grants: grants({ 'calls:monitor': 'OWN', 'calls:read': 'OWN' }) }) });
    expect(own.errors).toEqual([denied(['secretCall'])]);
    const center = await served.query('{ secretCall { id } }', { token: await served.token({ userId: 'u2', grants: grants({ 'calls:monitor': 'CENTER', 'calls:read': 'OWN' }) }) });
    expect(center).toEqual({ data: { secretCall: { id: 'c1' } } });
  });

  it('keeps its alias, minds @skip and @include, and is cut out of fragments', async () => {
    const { served } = await open();
    const token = await served.token();
    const query = `query($no: Boolean = false) {
      call(id: "c1") { ...Rest secret: token gone: token @skip(if: true) out: token @include(if: $no) ... @include(if: $no) { deep: token } }
    }
    fragment Rest on Call { id again: token }`;
    const { data, errors } = await served.query(query, { token });
    expect(data).toEqual({ call: { id: 'c1', again: null, secret: null } });
    expect(errors).toEqual([denied(['call', 'again']), denied(['call', 'secret'])]);
  });

  it('of one member of a union is null in that member only', async () => {
    const { served } = await open();
    const query = '{ call(id: "c1") { parties { __typename ... on Person { name } ... on Machine { model pin } } } }';
    const { data, errors } = await served.query(query, { token: await served.token() });
    expect(data.call.parties).toEqual([{ __typename: 'Person', name: 'Ann' }, { __typename: 'Machine', model: 'M1', pin: null }]);
    expect(errors).toEqual([denied(['call', 'parties', 1, 'pin'])]);
    const bare = await served.query('{ call(id: "c1") { parties { ... on Machine { pin } } } }', { token: await served.token() });
    expect(bare.data.call.parties).toEqual([{}, { pin: null }]);
  });
});

describe('a grant that names fields', () => {
  const named = (fields: readonly string[]) => ({ ...grants({ 'calls:read': 'OWN', 'directory:read': 'CENTER' }), conditions: { 'calls:read': { fields } } });

  it('shows those of the types that the right is about, and no others', async () => {
    const { served, graph } = await open();
    const token = await served.token({ grants: named(['status']) });
    const { data, errors } = await served.query('{ call(id: "c1") { id status operator { id username } } }', { token });
    expect(data).toEqual({ call: { id: 'c1', status: 'RINGING', operator: null } });
    expect(errors).toEqual([denied(['call', 'operator'])]);
    expect(errors?.[0]?.message).toBe('The role operator has the right calls:read without the field operator');
    expect(graph.fetches.some(({ query }) => query.includes('operator'))).toBe(false);
  });

  it('does so under another name, in fragments, and in types that are no entities', async () => {
    const { served } = await open();
    const token = await served.token({ grants: named(['parties']) });
    const query = '{ call(id: "c1") { state: status ...More } } fragment More on Call { parties { ... on Person { name } } }';
    const { data, errors } = await served.query(query, { token });
    expect(data).toEqual({ call: { state: null, parties: [{ name: null }, {}] } });
    expect(errors).toEqual([denied(['call', 'state']), denied(['call', 'parties', 0, 'name'])]);
  });

  it('leaves to whoever has the right without conditions what it was', async () => {
    const { served } = await open();
    const query = '{ call(id: "c1") { status operator { id } } }';
    const narrow = await served.token({ grants: named(['status']) });
    const wide = await served.token({ userId: 'u2', grants: operatorGrants });
    for (let turn = 0; turn < 2; turn++) {
      expect((await served.query(query, { token: narrow })).data.call.operator).toBeNull();
      expect(await served.query(query, { token: wide })).toEqual({ data: { call: { status: 'RINGING', operator: { id: 'u1' } } } });
    }
  });
});

describe('what is denied can be explained', () => {
  it('by an id that says who was denied what, where and when; the same for each row', async () => {
    const { served } = await open();
    const token = await served.token({ role: 'seller', permissionVersion: 7, grants: grants({ 'calls:read': 'OWN' }) });
    const { errors = [] } = await served.query('{ calls { notes { text } } }', { token });
    const ids = errors.map(({ extensions }) => String(extensions?.['explainId']));
    expect(new Set(ids).size).toBe(1);
    expect(readExplainId(ids[0] ?? '')).toMatchObject({ userId: 'u1', role: 'seller', permissionVersion: 7, permission: 'notes:read', needed: 'OWN', coordinate: 'Call.notes' });
  });

  it('with the scope that was needed', async () => {
    const { served } = await open();
    const token = await served.token({ grants: grants({ 'calls:monitor': 'OWN', 'calls:read': 'OWN' }) });
    const { errors } = await served.query('{ secretCall { id } }', { token });
    expect(errors?.[0]?.message).toBe('The role operator has the right calls:monitor for OWN only: CENTER is needed');
    expect(readExplainId(String(errors?.[0]?.extensions?.['explainId']))).toMatchObject({ needed: 'CENTER', coordinate: 'Query.secretCall' });
  });

  it('but not to who has not signed in', async () => {
    const { served } = await open();
    const { errors } = await served.query('{ noteCount }');
    expect(errors?.[0]?.extensions).not.toHaveProperty('explainId');
  });
});

describe('a mutation', () => {
  it('with a denied field runs nothing', async () => {
    const { served, graph } = await open();
    const { data, errors } = await served.query('mutation { callStart(number: "+49") { id } callErase(id: "c1") }', { token: await served.token() });
    expect(data).toBeNull();
    expect(errors).toEqual([denied(['callErase'])]);
    expect(graph.fetches).toEqual([]);
  });

  it('is not refused for a denied field that it skips', async () => {
    const { served } = await open();
    const query = 'mutation($erase: Boolean!) { callStart(number: "+49") { id } callErase(id: "c1") @include(if: $erase) }';
    const token = await served.token();
    expect(await served.query(query, { token, variables: { erase: false } })).toEqual({ data: { callStart: { id: 'c1' } } });
    expect(await served.query(query, { token, variables: { erase: true } })).toEqual({ data: null, errors: [denied(['callErase'])] });
    const alone = 'mutation($erase: Boolean!) { callErase(id: "c1") @include(if: $erase) }';
    expect(await served.query(alone, { token, variables: { erase: false } })).toEqual({ data: {} });
  });

  it('runs without what it may not show', async () => {
    const { served } = await open();
    const { data, errors } = await served.query('mutation { callStart(number: "+49") { id token } }', { token: await served.token() });
    expect(data).toEqual({ callStart: { id: 'c1', token: null } });
    expect(errors).toEqual([denied(['callStart', 'token'])]);
  });
});

describe('who asks', () => {
  it('nobody: public fields only', async () => {
    const { served, graph } = await open();
    const { data, errors } = await served.query('{ version me { id } }');
    expect(data).toBeNull();
    expect(errors).toEqual([denied(['me'], 'UNAUTHENTICATED')]);
    expect(await served.query('{ version __schema { queryType { name } } }')).toEqual({ data: { version: '1', __schema: { queryType: { name: 'Query' } } } });
    expect(graph.fetchesOf('identity').map(({ actor }) => actor)).toEqual(['anonymous', 'anonymous']);
  });

  it('an admin: everything', async () => {
    const { served } = await open();
    const { errors } = await served.query('{ me { id email badge } secretCall { token parties { ... on Machine { pin } } } }', { token: await served.token({ grants: adminGrants }) });
    expect(errors).toBeUndefined();
  });

  it('a denied right wins over a granted one', async () => {
    const { served } = await open();
    const token = await served.token({ grants: { ...adminGrants, deny: ['notes:read'] } });
    expect((await served.query('{ noteCount }', { token })).errors).toEqual([denied(['noteCount'])]);
  });

  it('somebody with a bad or expired token is refused, for public operations too', async () => {
    const { served, graph } = await open();
    const expired = await served.token({}, -120);
    for (const [token, reason] of [['nonsense', 'TOKEN_INVALID'], [expired, 'TOKEN_EXPIRED']] as const) {
      const answer = await served.post({ query: '{ version }' }, { token });
      expect(answer.status).toBe(401);
      expect(answer.headers.get('www-authenticate')).toContain('Bearer');
      expect(answer.body.errors?.[0]?.extensions).toMatchObject({ code: 'UNAUTHENTICATED', reason, traceId: expect.any(String) });
    }
    const basic = await served.post({ query: '{ version }' }, { headers: { authorization: 'Basic abc' } });
    expect(basic.status).toBe(401);
    expect(graph.fetches).toEqual([]);
  });

  it('two users of different rights who send one operation each get their own verdict', async () => {
    const { served } = await open();
    const query = '{ call(id: "c1") { id token } }';
    const operator = await served.token({ grants: operatorGrants });
    const admin = await served.token({ userId: 'u2', grants: adminGrants });
    for (let i = 0; i < 2; i++) {
      expect((await served.query(query, { token: operator })).data.call.token).toBeNull();
      expect((await served.query(query, { token: admin })).data.call.token).toBe('secret-1');
    }
  });
});

describe('a supergraph without access rules', () => {
  const foreign = () => composeGraph([{ name: 'a', sdl: 'type Query { hello: String }', resolvers: { Query: { hello: () => 'world' } } }], { access: false });

  it('is open to whoever signed in', async () => {
    const { served, graph } = await open(foreign());
    expect(await served.query('{ hello }')).toEqual({ data: { hello: null }, errors: [denied(['hello'], 'UNAUTHENTICATED')] });
    expect(graph.fetches).toEqual([]);
    expect(await served.query('{ hello }', { token: await served.token({ grants: grants({}) }) })).toEqual({ data: { hello: 'world' } });
  });

  it('is open to anybody with authentication off', async () => {
    const { served } = await open(foreign(), { isAuthenticated: false });
    expect(await served.query('{ hello }', { token: 'anything' })).toEqual({ data: { hello: 'world' } });
  });
});
