import { parse, type OperationDefinitionNode } from 'graphql';
import { afterEach, describe, expect, it } from 'vitest';
import { composeGraph, inProcessSources, type Definition } from '../../testing/graph.js';
import { serveTestGateway } from '../../testing/serve.js';
import { overrideConditions } from './overrides.js';

const stops: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});

const LINK = 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.7", import: ["@key", "@override"])';

/** `plain` has moved for good, each of the others as far as its label says. */
const graph = () => {
  const fields = ['plain', 'none', 'all', 'beta'];
  const labels: Record<string, string> = { none: ', label: "percent(0)"', all: ', label: "percent(100)"', beta: ', label: "beta"' };
  const owner = (name: string, directive: (field: string) => string): Definition => ({
    name,
    sdl: `${LINK} type Query { ${name}: Thing } type Thing @key(fields: "id") { id: ID! ${fields.map((field) => `${field}: String ${directive(field)}`).join(' ')} }`,
    resolvers: { Query: { [name]: () => ({ id: '1' }) }, Thing: { __resolveReference: ({ id }: Record<string, unknown>) => ({ id }), ...Object.fromEntries(fields.map((field) => [field, () => name])) } },
  });
  return composeGraph([owner('before', () => ''), owner('after', (field) => `@override(from: "before"${labels[field] ?? ''})`)], { access: false });
};

describe('a field that another subgraph overrides is asked of', () => {
  it('the new one without a label and at 100 percent, the old one at 0 percent and for a label that nobody switched on', async () => {
    const composed = graph();
    const served = await serveTestGateway({ supergraphSdl: composed.supergraphSdl, sources: inProcessSources(composed), settings: { isAuthenticated: false } });
    stops.push(() => served.close());
    const things = { plain: 'after', none: 'before', all: 'after', beta: 'before' };
    expect(await served.query('{ before { plain none all beta } after { plain none all beta } }')).toEqual({ data: { before: things, after: things } });
  });
});

describe('a percentage', () => {
  const operation = (text: string): OperationDefinitionNode => parse(text).definitions[0] as OperationDefinitionNode;
  const operations = Array.from({ length: 1_000 }, (_nothing, index) => operation(`{ thing(number: ${index}) }`));
  const moved = (label: string): number[] => operations.flatMap((one, index) => (overrideConditions([label], one).get(label) ? [index] : []));

  it('is the share of operations that move, always the same ones, and more of them as it grows', () => {
    expect(moved('percent(20)')).toEqual(moved('percent(20)'));
    expect(moved('percent(20)').length).toBeGreaterThan(140);
    expect(moved('percent(20)').length).toBeLessThan(260);
    expect(moved('percent(50)')).toEqual(expect.arrayContaining(moved('percent(20)')));
  });
});
