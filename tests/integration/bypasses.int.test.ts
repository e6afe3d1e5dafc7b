import { createHash } from 'node:crypto';
import { Supergraph } from '@apollo/federation-internals';
import { parse, type GraphQLField, type GraphQLObjectType, type GraphQLSchema } from 'graphql';
import { createClient } from 'graphql-ws';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { anonymousActor, isAllowed, SYSTEM_ROLES, type Actor } from '@vss/auth';
import { readAccess, type AccessTable } from '@vss/gateway';
import { anActor } from '@vss/testing';
import { startInProcessPlatform, type Answer, type InProcessPlatform } from './support/platform.js';
import { codesOf, isDenied, selectionFor } from './support/probes.js';

type Kind = 'query' | 'mutation';
type Field = GraphQLField<unknown, unknown>;
/** A field that a role may not have. */
interface Forbidden {
  readonly kind: Kind;
  readonly root: string;
  readonly field: Field;
  readonly actor: Actor | undefined;
}

/** Ways of writing one and the same wish. Each must be refused as the plain one is. */
const DISGUISES: Record<string, (forbidden: Forbidden) => { query: string; variables?: Record<string, unknown>; operationName?: string }> = {
  'under another name': ({ kind, field }) => ({ query: `${kind} { me: ${selectionFor(field)} }` }),
  'twenty times at once': ({ kind, field }) => ({ query: `${kind} { ${Array.from({ length: 20 }, (_, n) => `a${n}: ${selectionFor(field)}`).join(' ')} }` }),
  'in a fragment': ({ kind, root, field }) => ({ query: `${kind} { ...F } fragment F on ${root} { ${selectionFor(field)} }` }),
  'in fragments within fragments': ({ kind, root, field }) => ({
    query: `${kind} { ...A } fragment A on ${root} { ... on ${root} { ...B } } fragment B on ${root} { ... { ... @include(if: true) { ${selectionFor(field)} } } }`,
  }),
  'behind a variable that includes it': ({ kind, root, field }) => ({
    query: `${kind} ($yes: Boolean!, $no: Boolean!) { ... on ${root} @include(if: $yes) @skip(if: $no) { ${selectionFor(field)} } }`,
    variables: { yes: true, no: false },
  }),
  'as the second operation of its document': ({ kind, field }) => ({ query: `query Fine { __typename } ${kind} Wanted { ${selectionFor(field)} }`, operationName: 'Wanted' }),
  'beside what is allowed': ({ kind, field }) => ({ query: `${kind} { __typename first: __typename ${selectionFor(field)} last: __typename }` }),
};

describe('R-217: what a role may not have, it does not get by writing it otherwise', () => {
  let platform: InProcessPlatform;
  let api: GraphQLSchema;
  let table: AccessTable;
  let forbidden: Forbidden[];
  beforeAll(async () => {
    platform = await startInProcessPlatform();
    api = Supergraph.build(platform.supergraphSdl).apiSchema().toGraphQLJSSchema();
    table = readAccess(parse(platform.supergraphSdl), api);
    const actors: (Actor | undefined)[] = [undefined, ...SYSTEM_ROLES.map(({ name }) => anActor({ role: name }))];
    const fields = (['query', 'mutation'] as const).flatMap((kind) => {
      const type = (kind === 'query' ? api.getQueryType() : api.getMutationType()) as GraphQLObjectType;
      return Object.values(type.getFields()).map((field) => ({ kind, root: type.name, type, field }));
    });
    forbidden = fields.flatMap(({ type, ...rest }) => actors.filter((actor) => !mayUse(type, rest.field, actor)).map((actor) => ({ ...rest, actor })));
  });
  afterAll(() => platform.stop());

  const mayUse = (type: GraphQLObjectType, { name }: Field, actor: Actor | undefined): boolean => table.rulesFor(type, name).every(({ permission, scope }) => isAllowed(actor ?? anonymousActor, permission, scope));
  const named = ({ kind, field, actor }: Forbidden): string => `${kind} ${field.name} as ${actor?.role ?? 'a stranger'}`;
  const headersOf = async (actor: Actor | undefined): Promise<Record<string, string>> => (actor ? { authorization: `Bearer ${await platform.tokenOf(actor)}` } : {});
  const httpUrl = (): string => platform.wsUrl.replace('ws', 'http');

  /** Refused, and nothing of it answered. */
  function assertNothing(answer: Answer, what: string): string[] {
    const values = Object.values((answer.data ?? {}) as Record<string, unknown>).filter((value) => value !== null && typeof value === 'object');
    return isDenied(answer) && values.length === 0 ? [] : [`${what}: ${codesOf(answer).join() || 'answered'}`];
  }

  it('is asked of many fields and roles', () => expect(forbidden.length).toBeGreaterThan(100));

  it.each(Object.entries(DISGUISES))('%s', { timeout: 60_000 }, async (_name, disguise) => {
    const wrong: string[] = [];
    for (const one of forbidden) {
      const response = await fetch(httpUrl(), { method: 'POST', headers: { 'content-type': 'application/json', ...(await headersOf(one.actor)) }, body: JSON.stringify(disguise(one)) });
      wrong.push(...assertNothing((await response.json()) as Answer, named(one)));
    }
    expect(wrong).toEqual([]);
  });

  it('in a batch', async () => {
    const [one] = forbidden;
    if (!one) throw new Error('Nothing is forbidden');
    const batch = [{ query: '{ __typename }' }, { query: `${one.kind} { ${selectionFor(one.field)} }` }];
    const response = await fetch(httpUrl(), { method: 'POST', headers: { 'content-type': 'application/json', ...(await headersOf(one.actor)) }, body: JSON.stringify(batch) });
    expect(response.status).toBe(400);
    expect(JSON.stringify(await response.json())).not.toContain('"data":{');
  });

  it('by GET, and by the hash of a document that somebody else stored', async () => {
    const wrong: string[] = [];
    const admin = await headersOf(anActor({ role: 'admin' }));
    for (const one of forbidden.filter(({ kind }) => kind === 'query')) {
      const query = `{ ${selectionFor(one.field)} }`;
      const headers = { 'apollo-require-preflight': '1', ...(await headersOf(one.actor)) };
      const plain = await fetch(`${httpUrl()}?${new URLSearchParams({ query }).toString()}`, { headers });
      wrong.push(...assertNothing((await plain.json()) as Answer, `GET ${named(one)}`));
      const extensions = { persistedQuery: { version: 1, sha256Hash: createHash('sha256').update(query).digest('hex') } };
      await fetch(httpUrl(), { method: 'POST', headers: { 'content-type': 'application/json', ...admin }, body: JSON.stringify({ query, extensions }) });
      const byHash = await fetch(httpUrl(), { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify({ extensions }) });
      wrong.push(...assertNothing((await byHash.json()) as Answer, `by its hash ${named(one)}`));
    }
    expect(wrong).toEqual([]);
  });

  it('over a WebSocket', { timeout: 60_000 }, async () => {
    const wrong: string[] = [];
    for (const actor of new Set(forbidden.map((one) => one.actor))) {
      const client = createClient({ url: platform.wsUrl, connectionParams: await headersOf(actor), retryAttempts: 0 });
      for (const one of forbidden.filter((other) => other.actor === actor)) {
        const answer = await new Promise<Answer>((resolve) => {
          client.subscribe({ query: `${one.kind} { ${selectionFor(one.field)} }` }, { next: (next) => resolve(next as Answer), error: (error) => resolve({ errors: error as Answer['errors'] }), complete: () => resolve({}) });
        });
        wrong.push(...assertNothing(answer, named(one)));
      }
      await client.dispose();
    }
    expect(wrong).toEqual([]);
  });

  it.each(['{ _entities(representations: [{ __typename: "User", id: "u" }]) { __typename } }', '{ _service { sdl } }'])('by the door between gateway and subgraphs: %s', async (query) => {
    for (const role of [undefined, 'admin']) {
      const answer = await platform.ask(role ? anActor({ role }) : undefined, query);
      expect(codesOf(answer)).toEqual(['GRAPHQL_VALIDATION_FAILED']);
      expect(answer.data ?? null).toBeNull();
    }
  });
});
