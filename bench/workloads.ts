import { buildSchema, graphqlSync } from 'graphql';
import { MARK, rootValue } from './workload/data.ts';
import { MONOLITH } from './workload/schemas.ts';

/** One operation that gateways are asked. Add one to `WORKLOADS`, and it is run and reported. */
export interface Workload {
  readonly name: string;
  readonly title: string;
  /** Body of a request that is the same every time. */
  readonly same: string;
  /** Body of one that nobody has sent before: `SEED` stands where the load generator puts a number of its own. */
  readonly distinct: string;
  /** Connections of the modes with many. Fewer where an answer takes long: what is under way when the time is up counts for nobody. */
  readonly connections: number;
  /** The data of the right answer. */
  readonly expected: unknown;
}

export const SEED = '~00000000';

const FRAGMENTS = `
fragment User on User { id username name }
fragment Review on Review { id body }
fragment Product on Product { inStock name price shippingEstimate upc weight }
`;
const OF_PRODUCT = '...Product reviews { ...Review author { ...User reviews { ...Review product { ...Product } } } }';
const OF_USER = `...User reviews { ...Review product { ...Product reviews { ...Review author { ...User reviews { ...Review product { ...Product } } } } } }`;

/** `ROOT(…)` in the text is a field that takes a seed, with its other arguments. */
function workload(name: string, title: string, selection: string, { connections = 50, fragments = '' } = {}): Workload {
  const args = (seed: string, text: string): string => text.replace(/\(([^)]*)\)/g, (_all, given: string) => (given || seed ? `(${[given, seed].filter(Boolean).join(', ')})` : ''));
  const query = `query ${name} { ${args('', selection)} }${fragments}`;
  const seeded = `query ${name}($seed: String) { ${args('seed: $seed', selection)} }${fragments}`;
  const result = graphqlSync({ schema: buildSchema(MONOLITH), source: query, rootValue: rootValue('') });
  if (result.errors) throw new Error(`${name}: ${JSON.stringify(result.errors)}`);
  return {
    name,
    title,
    same: JSON.stringify({ query }),
    distinct: JSON.stringify({ query: seeded, variables: { seed: SEED } }),
    connections,
    expected: JSON.parse(JSON.stringify(result.data)),
  };
}

const W1 = workload('W1', 'nested: 16 fetches in 4 levels, 87 KB', `users() { ${OF_USER} } topProducts() { ${OF_PRODUCT} }`, { connections: 10, fragments: FRAGMENTS });
export const W2 = workload('W2', 'one tiny fetch', 'me() { id name }');
const W3 = workload('W3', '1,000 objects of 10 fields, 256 KB', 'items() { id title sku price quantity active category description createdAt rating }', { connections: 10 });

export const WORKLOADS: readonly Workload[] = [W1, W2, W3];

/** W1's products, so many of them: what a request costs beside what it asks for. */
export const GROWTH: readonly Workload[] = [1, 10, 100, 1_000].map((first) =>
  workload(`P${first}`, `${first.toLocaleString('en')} ${first === 1 ? 'product' : 'products'}`, `topProducts(first: ${first}) { ${OF_PRODUCT} }`, { connections: 1, fragments: FRAGMENTS }),
);

/** What is wrong with an answer, where something is. Marks of cold data do not count. */
export function faultIn(answer: { status: number; body: string }, { expected }: Workload): string | undefined {
  if (answer.status !== 200) return `status ${answer.status}`;
  const { data, errors } = JSON.parse(answer.body.replace(MARK, '')) as { data?: unknown; errors?: unknown };
  if (errors) return `errors: ${JSON.stringify(errors).slice(0, 200)}`;
  // Text, so that the order of the fields counts too: the specification fixes it.
  return JSON.stringify(data) === JSON.stringify(expected) ? undefined : 'another answer than expected';
}
