import type { FetchNode, PlanNode, QueryPlanSelectionNode } from '@apollo/query-planner';
import type { GraphQLSchema } from 'graphql';
import { NotCompilable, selectionOf, type Selection } from './selection.js';

/** One fetch of a plan, and where its answer belongs. */
export interface FetchStep {
  /** Counts the fetches of a plan from 0. */
  readonly id: number;
  readonly node: FetchNode;
  readonly path: string;
  /** Of the data, or of one entity. */
  readonly selection: Selection;
  /** Keys of the entity that make its representation, in order; undefined for a root fetch. */
  readonly representation: readonly string[] | undefined;
}

export type Step = FetchStep | { readonly order: 'sequence' | 'parallel'; readonly steps: readonly Step[] };

/** A path is made of response keys, lists left out: `topProducts.reviews`. */
export const childPath = (path: string, key: string): string => (path === '' ? key : `${path}.${key}`);

/** The plan as steps, with what each fetch is going to answer. Throws NotCompilable where it holds what is not known here. */
export function readSteps(schema: GraphQLSchema, plan: PlanNode): { readonly steps: Step; readonly fetches: readonly FetchStep[] } {
  const fetches: FetchStep[] = [];
  const read = (node: PlanNode, path: string): Step => {
    if (node.kind === 'Sequence') return { order: 'sequence', steps: node.nodes.map((child) => read(child, path)) };
    if (node.kind === 'Parallel') return { order: 'parallel', steps: node.nodes.map((child) => read(child, path)) };
    if (node.kind === 'Flatten') return read(node.node, node.path.filter((key) => key !== '@').reduce<string>((at, key) => childPath(at, String(key)), path));
    if (node.kind !== 'Fetch') throw new NotCompilable(`a ${node.kind} node`);
    const step = readFetch(schema, node, path, fetches.length);
    fetches.push(step);
    return step;
  };
  const steps = read(plan, '');
  assertOneProvider(fetches);
  return { steps, fetches };
}

function readFetch(schema: GraphQLSchema, node: FetchNode, path: string, id: number): FetchStep {
  const { inputRewrites = [], outputRewrites = [], contextRewrites = [], requires } = node;
  if (inputRewrites.length + outputRewrites.length + contextRewrites.length > 0) throw new NotCompilable('rewrites');
  if (!requires && path !== '') throw new NotCompilable('a root fetch below the root');
  const selection = selectionOf(schema, node);
  return { id, node, path, selection, representation: requires && representationKeys(requires, selection.type.name) };
}

/** The representation of the only type there is: flat, so that it is made of slices. */
function representationKeys(requires: readonly QueryPlanSelectionNode[], typeName: string): readonly string[] {
  const keys = new Set<string>();
  for (const selection of requires) {
    if (selection.kind === 'Field') throw new NotCompilable('a requirement of no type');
    if (selection.typeCondition !== typeName) throw new NotCompilable('a requirement of another type');
    for (const field of selection.selections) {
      if (field.kind !== 'Field' || field.selections) throw new NotCompilable('a nested requirement');
      keys.add(field.alias ?? field.name);
    }
  }
  if (!keys.has('__typename')) throw new NotCompilable('a requirement without a type name');
  return [...keys];
}

/** Two answers to one object would have to be merged. Leaves may come twice: they are the same. */
function assertOneProvider(fetches: readonly FetchStep[]): void {
  const provided = new Set<string>();
  for (const { path, selection } of fetches)
    for (const { key, inner } of selection.fields.values()) {
      const at = childPath(path, key);
      if (inner && provided.has(at)) throw new NotCompilable(`two fetches of ${at}`);
      if (inner) provided.add(at);
    }
}
