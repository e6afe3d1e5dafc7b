import type { GuardedOperation } from '../guard/operation-guard.js';
import { internalKeys } from '../plan/internal-aliases.js';
import { planOperation, type PlannedOperation } from '../plan/plan-operation.js';
import type { SourceAnswer } from '../sources/source.js';
import type { LoadedSupergraph } from '../supergraph/load-supergraph.js';
import { introspect } from './introspect.js';
import { askSources, checked } from './plain/ask-source.js';
import { complete, type Completed } from './plain/complete.js';
import { runPlan, type Ask, type Gathered } from './plain/run-plan.js';
import type { RequestScope } from './request-scope.js';
import { shapeOf, type Shape } from './shape.js';
import type { Subgraphs } from './subgraphs.js';

type Variables = Readonly<Record<string, unknown>>;

/** What one set of actors may run of an operation: planned at first use, and kept as long as its operation. */
export interface Executable {
  readonly guarded: GuardedOperation;
  /** What is fetched, in which order. Throws where the planner finds no way. */
  readonly planned: PlannedOperation;
  readonly shape: Shape;
}

export function createExecutable(supergraph: LoadedSupergraph, guarded: GuardedOperation): Executable {
  const { schema, requirements } = supergraph;
  let planned: PlannedOperation | undefined;
  let shape: Shape | undefined;
  return {
    guarded,
    get planned() {
      return (planned ??= guarded.operation ? planOperation(supergraph, guarded.operation) : { parts: [], subscription: undefined });
    },
    get shape() {
      return (shape ??= shapeOf({ schema, operation: guarded.asked, internalKey: internalKeys(requirements), deniedBy: guarded.deniedBy }));
    },
  };
}

/** Runs it on the plain path. With `first`, the plan's first fetch is answered by that: by a live event. */
export async function execute(executable: Executable, { supergraph, subgraphs, variables, scope, first }: PlainRun): Promise<Completed> {
  const ask = askSources(subgraphs, scope);
  const { parts, subscription } = executable.planned;
  const asking: Ask = subscription && first ? (fetch, values) => (fetch === subscription.primary ? Promise.resolve(checked(fetch, first, values)) : ask(fetch, values)) : ask;
  const gathered = await runPlan(parts, { supergraphSchema: supergraph.supergraphSchema, variables, ask: asking });
  return completed(executable, gathered, { supergraph, variables, scope });
}

export interface PlainRun {
  readonly supergraph: LoadedSupergraph;
  readonly subgraphs: Subgraphs;
  readonly variables: Variables;
  readonly scope: RequestScope;
  readonly first?: SourceAnswer;
}

/** The answer in the client's shape. */
export function completed({ guarded, shape }: Executable, gathered: Gathered, { supergraph: { schema }, variables, scope: { actor } }: Pick<PlainRun, 'supergraph' | 'variables' | 'scope'>): Completed {
  return complete(gathered, { schema, shape, actor, introspect: ({ node }) => introspect(schema, guarded.asked, node, variables) });
}
