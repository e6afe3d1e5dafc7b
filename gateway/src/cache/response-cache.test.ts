import { afterEach, describe, expect, it, vi } from 'vitest';
import { generateSigningKey, type Actor } from '@vss/auth';
import { createActorTokens, createHttpSource, type Source } from '@vss/gateway';
import { composeGraph, inProcessSources, type Definition, type TestGraph } from '../../testing/graph.js';
import { adminGrants, grants, operatorGrants, serveSubgraphs, serveTestGateway, type GraphqlBody, type Served } from '../../testing/serve.js';
import { createMemoryCache } from './memory-cache.js';
import type { Cache } from './cache.js';

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close();
});

/** Every answer tells how often its subgraph was asked, and by whom. */
function aGraph(): TestGraph {
  let asked = 0;
  const answer = (_parent: unknown, _args: unknown, { request }: { request: { actor: Actor } }) => ({ id: '1', asked: ++asked, by: request.actor.userId, secret: 's', broken: null });
  const shop: Definition = {
    name: 'shop',
    sdl: `
      type Query {
        news(topic: String): News @cacheControl(maxAge: 60) @access(permission: "public")
        brief: News @cacheControl(maxAge: 1) @access(permission: "public")
        mine: News @cacheControl(maxAge: 60, scope: PRIVATE) @access(permission: "authenticated")
        typed: Typed @access(permission: "public")
        live: News @access(permission: "public")
        zero: News @cacheControl(maxAge: 0) @access(permission: "public")
        version: String @access(permission: "public")
      }
      type Mutation { change: News @cacheControl(maxAge: 60) @access(permission: "public") }
      type News @access(permission: "public") {
        id: ID! asked: Int by: String
        secret: String @access(permission: "calls:monitor")
        broken: String!
        private: String @cacheControl(scope: PRIVATE)
        more: News
        same: News @cacheControl(inheritMaxAge: true)
      }
      type Typed @cacheControl(maxAge: 60) @access(permission: "public") { asked: Int }
    `,
    resolvers: {
      Query: { news: answer, brief: answer, mine: answer, typed: answer, live: answer, zero: answer, version: () => '1' },
      Mutation: { change: answer },
      News: { private: ({ by }) => `of ${String(by)}`, more: (parent) => parent, same: (parent) => parent },
    },
  };
  return composeGraph([shop]);
}

async function open({ sharedCache, keepsAnswers = true, graph = aGraph(), sources = inProcessSources(graph) }: { sharedCache?: Cache; keepsAnswers?: boolean; graph?: TestGraph; sources?: Source[] } = {}) {
  const served = await serveTestGateway({ supergraphSdl: graph.supergraphSdl, sources, settings: { keepsAnswers }, ...(sharedCache ? { sharedCache } : {}) });
  closing.push(() => served.close());
  return { served, graph };
}

const askedBy = async ({ query, token }: Served, text: string, actor?: Partial<Actor>, variables?: Record<string, unknown>): Promise<GraphqlBody> =>
  query(text, { ...(actor ? { token: await token(actor) } : {}), ...(variables ? { variables } : {}) });

const OPERATOR = { userId: 'u1', sessionId: 'ses_1', grants: operatorGrants };
const COLLEAGUE = { userId: 'u2', sessionId: 'ses_2', grants: operatorGrants };
const ADMIN = { userId: 'u3', sessionId: 'ses_3', role: 'admin', grants: adminGrants };

describe('an answer that may be kept', () => {
  it.each([
    ['a field', '{ news { asked by } }'],
    ['a type', '{ typed { asked } }'],
    ['a field that inherits', '{ news { asked same { id } } }'],
    ['in a fragment, beside another', '{ ...A typed { asked } } fragment A on Query { news { asked } __typename }'],
  ])('by %s is given again without asking', async (_by, text) => {
    const { served, graph } = await open();
    const first = await askedBy(served, text);
    expect(first.errors).toBeUndefined();
    const before = graph.fetches.length;
    for (let i = 0; i < 3; i++) expect(await askedBy(served, text)).toEqual(first);
    expect(graph.fetches.length).toBe(before);
  });

  it('tells its cost all the same, and whatever else is the request’s own', async () => {
    const { served } = await open();
    const [first, second] = [await served.post({ query: '{ news { id } }' }), await served.post({ query: '{ news { id } }' })];
    expect(second.body).toEqual(first.body);
    expect(second.body.extensions).toEqual({ cost: { requested: 1, limit: 100_000 } });
    expect(second.headers.get('x-vss-trace-id')).not.toBe(first.headers.get('x-vss-trace-id'));
  });

  it('is another one for other variables', async () => {
    const { served } = await open();
    const text = 'query($t: String) { news(topic: $t) { asked } }';
    const asked = async (t: string): Promise<number> => (await askedBy(served, text, undefined, { t })).data.news.asked;
    expect([await asked('a'), await asked('b'), await asked('a')]).toEqual([1, 2, 1]);
  });

  it('is forgotten when its time is over', async () => {
    const { served } = await open();
    expect((await askedBy(served, '{ brief { asked } }')).data.brief.asked).toBe(1);
    await vi.waitFor(async () => expect((await askedBy(served, '{ brief { asked } }')).data.brief.asked).toBe(2), { timeout: 5_000 });
  });

  it('goes on in another gateway that shares the cache', async () => {
    const [sharedCache, graph] = [createMemoryCache(), aGraph()];
    const [one, other] = [await open({ sharedCache, graph }), await open({ sharedCache, graph })];
    expect([(await askedBy(one.served, '{ news { asked } }')).data, (await askedBy(other.served, '{ news { asked } }')).data]).toEqual([{ news: { asked: 1 } }, { news: { asked: 1 } }]);
  });

  it('is the same by way of compiled plans', async () => {
    const [graph, key] = [aGraph(), await generateSigningKey()];
    const subgraphs = await serveSubgraphs(graph, key);
    closing.push(() => subgraphs.close());
    const sources = Object.entries(subgraphs.urls).map(([name, url]) => createHttpSource({ name, url, tokens: createActorTokens({ subgraph: name, key }) }));
    const { served } = await open({ graph, sources });
    for (let i = 0; i < 4; i++) expect(await askedBy(served, '{ news { id asked by } }', OPERATOR)).toEqual({ data: { news: { id: '1', asked: 1, by: 'u1' } } });
    expect(await askedBy(served, '{ live { asked } }', OPERATOR)).toEqual({ data: { live: { asked: 2 } } });
    expect(await askedBy(served, '{ live { asked } }', OPERATOR)).toEqual({ data: { live: { asked: 3 } } });
  });
});

describe('nobody is given', () => {
  it('an answer made with other rights, another center or another version of them', async () => {
    const { served } = await open();
    const text = '{ news { asked secret } }';
    expect((await askedBy(served, text, ADMIN)).data.news).toEqual({ asked: 1, secret: 's' });
    expect((await askedBy(served, text, OPERATOR)).data.news).toEqual({ asked: 2, secret: null });
    expect((await askedBy(served, text, ADMIN)).data.news).toEqual({ asked: 1, secret: 's' });
    const plain = '{ news { asked } }';
    const asked = async (actor?: Partial<Actor>): Promise<number> => (await askedBy(served, plain, actor)).data.news.asked;
    const others = [undefined, OPERATOR, { ...OPERATOR, centerId: 'ctr_2' }, { ...OPERATOR, permissionVersion: 2 }, { ...OPERATOR, role: 'seller' }, { ...OPERATOR, grants: grants({ 'calls:read': 'CENTER' }) }, ADMIN];
    const answers: number[] = [];
    for (const actor of others) answers.push(await asked(actor));
    expect(new Set(answers).size).toBe(others.length);
    for (const [at, actor] of others.entries()) expect(await asked(actor)).toBe(answers[at]);
    expect(await asked(COLLEAGUE)).toBe(answers[1]);
  });

  it.each(['{ mine { asked by } }', '{ news { asked by private } }'])('a private answer of somebody else: %s', async (text) => {
    const { served } = await open();
    const by = async (actor: Partial<Actor>): Promise<string> => Object.values((await askedBy(served, text, actor)).data as Record<string, { asked: number; by: string }>).map(({ asked, by: who }) => `${asked} ${who}`).join();
    expect([await by(OPERATOR), await by(COLLEAGUE), await by(OPERATOR), await by(COLLEAGUE)]).toEqual(['1 u1', '2 u2', '1 u1', '2 u2']);
  });
});

describe('an answer is not kept', () => {
  it.each([
    ['without a hint', '{ live { asked } }'],
    ['with a part that has none', '{ news { asked } live { asked } }'],
    ['with an object inside that has none', '{ news { asked more { id } } }'],
    ['with a root leaf that has none', '{ news { asked } version }'],
    ['for no time', '{ zero { asked } }'],
    ['of a mutation', 'mutation { change { asked } }'],
    ['with introspection', '{ news { asked } __schema { queryType { name } } }'],
    ['with errors', '{ news { asked broken } }'],
    ['whose errors are those of rights', '{ news { asked secret } }'],
  ])('%s', async (_what, text) => {
    const { served, graph } = await open();
    await askedBy(served, text, OPERATOR);
    const before = graph.fetches.length;
    await askedBy(served, text, OPERATOR);
    expect(graph.fetches.length).toBeGreaterThan(before);
  });

  it('where that is turned off', async () => {
    const { served } = await open({ keepsAnswers: false });
    expect([(await askedBy(served, '{ news { asked } }')).data.news.asked, (await askedBy(served, '{ news { asked } }')).data.news.asked]).toEqual([1, 2]);
  });
});
