import { afterEach, describe, expect, it } from 'vitest';
import { composeGraph, inProcessSources } from '../../testing/graph.js';
import { grants, serveTestGateway } from '../../testing/serve.js';

const stops: (() => unknown)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});

const graph = composeGraph(
  [
    {
      name: 'shop',
      sdl: `
        extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", { name: "@authenticated", as: "@signedIn" }, "@requiresScopes", "@policy"])
        type Query {
          item: Item
          order: Order
          stock: Int @requiresScopes(scopes: [["stock:read", "shop:read"], ["admin:all"]])
          margin: Margin
          audit: String @policy(policies: [["audit:read"]]) @requiresScopes(scopes: [["shop:read"]])
          nobody: String @requiresScopes(scopes: [])
        }
        type Item { name: String cost: Int @policy(policies: [["costs:read"]]) owner: String @signedIn }
        type Order @requiresScopes(scopes: [["orders:read"]]) { id: ID note: String @policy(policies: [["notes:read"]]) }
        scalar Margin @requiresScopes(scopes: [["margin:read"]])
      `,
      resolvers: {
        Query: { item: () => ({ name: 'tea', cost: 3, owner: 'olga' }), order: () => ({ id: 'o1', note: 'soon' }), stock: () => 7, margin: () => 1, audit: () => 'a', nobody: () => 'n' },
      },
    },
  ],
  { access: false },
);

async function serve() {
  const served = await serveTestGateway({ supergraphSdl: graph.supergraphSdl, sources: inProcessSources(graph) });
  stops.push(() => served.close());
  /** What of a query these permissions do not give: its paths with their codes. */
  return async (query: string, ...permissions: string[]): Promise<string[]> => {
    const token = await served.token({ grants: grants(Object.fromEntries(permissions.map((permission) => [permission, 'OWN']))) });
    const { errors = [] } = await served.query(query, { token });
    return errors.map(({ path = [], extensions }) => `${path.join('.')} ${String(extensions['code'])}`);
  };
}

describe("a foreign supergraph's own directives", () => {
  it.each([
    ['{ item { name owner } }', [], []],
    ['{ item { name cost } }', [], ['item.cost FORBIDDEN']],
    ['{ item { cost } }', ['costs:read'], []],
    ['{ order { id } }', [], ['order FORBIDDEN']],
    ['{ order { __typename } }', [], ['order FORBIDDEN']],
    ['{ order { id } }', ['orders:read'], []],
    ['{ order { id note } }', ['orders:read'], ['order.note FORBIDDEN']],
    ['{ order { id note } }', ['orders:read', 'notes:read'], []],
    ['{ stock }', [], ['stock FORBIDDEN']],
    ['{ stock }', ['stock:read'], ['stock FORBIDDEN']],
    ['{ stock }', ['stock:read', 'shop:read'], []],
    ['{ stock }', ['admin:all'], []],
    ['{ margin }', [], ['margin FORBIDDEN']],
    ['{ margin }', ['margin:read'], []],
    ['{ audit }', ['audit:read'], ['audit FORBIDDEN']],
    ['{ audit }', ['audit:read', 'shop:read'], []],
    ['{ nobody }', ['shop:read'], ['nobody FORBIDDEN']],
  ])('%s with %j', async (query, permissions, denied) => {
    const denials = await serve();
    graph.fetches.length = 0;
    expect(await denials(query, ...permissions)).toEqual(denied);
    for (const path of denied) expect(graph.fetches.map((fetch) => fetch.query).join()).not.toContain(path.split(' ')[0]?.split('.').at(-1));
  });

  it('ask a stranger to sign in, and are not part of the graph that clients see', async () => {
    const served = await serveTestGateway({ supergraphSdl: graph.supergraphSdl, sources: inProcessSources(graph) });
    stops.push(() => served.close());
    expect((await served.query('{ item { owner } }')).errors?.[0]?.extensions['code']).toBe('UNAUTHENTICATED');
    expect(served.gateway.schema.getDirective('signedIn') ?? served.gateway.schema.getDirective('requiresScopes')).toBeFalsy();
  });
});
