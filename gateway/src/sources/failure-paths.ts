import { Kind, parse, type SelectionSetNode } from 'graphql';
import { createBoundedCache } from '../common/bounded-cache.js';

/** A failed fetch of 200 rows need not be told 600 times. */
const MAX_PATHS = 100;

interface FetchShape {
  /** Response keys at the root, `_entities` left out. */
  readonly root: readonly string[];
  /** Response keys inside `_entities`, by the type they are asked of. */
  readonly entities: ReadonlyMap<string, readonly string[]>;
}

const shapes = createBoundedCache<string, FetchShape>(2_000_000);

/** Paths, as the subgraph would give them, of what a fetch was to answer. */
export function failurePaths(query: string, variables: Readonly<Record<string, unknown>>): (string | number)[][] {
  const { root, entities } = shapeOf(query);
  const paths: (string | number)[][] = root.map((key) => [key]);
  const representations = Array.isArray(variables['representations']) ? (variables['representations'] as unknown[]) : [];
  for (const [index, representation] of representations.entries()) {
    const keys = entities.get(typeNameOf(representation)) ?? [...entities.values()].flat();
    for (const key of keys) {
      if (paths.length >= MAX_PATHS) return paths;
      paths.push(['_entities', index, key]);
    }
  }
  return paths;
}

const typeNameOf = (representation: unknown): string => {
  const name = typeof representation === 'object' && representation !== null ? (representation as Record<string, unknown>)['__typename'] : undefined;
  return typeof name === 'string' ? name : '';
};

function shapeOf(query: string): FetchShape {
  const known = shapes.get(query);
  if (known) return known;
  const root: string[] = [];
  const entities = new Map<string, string[]>();
  const collect = (set: SelectionSetNode, type: string): void => {
    for (const selection of set.selections) {
      if (selection.kind === Kind.INLINE_FRAGMENT) collect(selection.selectionSet, selection.typeCondition?.name.value ?? type);
      if (selection.kind !== Kind.FIELD || selection.name.value.startsWith('__')) continue;
      entities.set(type, [...(entities.get(type) ?? []), selection.alias?.value ?? selection.name.value]);
    }
  };
  for (const definition of parse(query, { noLocation: true }).definitions) {
    if (definition.kind !== Kind.OPERATION_DEFINITION) continue;
    for (const selection of definition.selectionSet.selections) {
      if (selection.kind !== Kind.FIELD) continue;
      if (selection.name.value === '_entities' && selection.selectionSet) collect(selection.selectionSet, '');
      else root.push(selection.alias?.value ?? selection.name.value);
    }
  }
  const shape = { root, entities };
  shapes.set(query, shape, query.length);
  return shape;
}
