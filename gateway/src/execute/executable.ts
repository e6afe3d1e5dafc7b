import type { FetchNode } from '@apollo/query-planner';
import type { GuardedOperation } from '../guard/operation-guard.js';
import { internalKeys } from '../plan/internal-aliases.js';
import { planOperation, type PlannedOperation } from '../plan/plan-operation.js';
import type { SourceAnswer } from '../sources/source.js';
import type { LoadedSupergraph } from '../supergraph/load-supergraph.js';
import { compile } from './compiled/compile.js';
import type { InHand, Program } from './compiled/program.js';
import { introspect } from './introspect.js';
import { askInHand } from './compiled/in-hand.js';
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
  /** The same as code; undefined where the plain path runs it. */
  readonly program: Program | undefined;
}

export function createExecutable(supergraph: LoadedSupergraph, subgraphs: Subgraphs, guarded: GuardedOperation): Executable {
  const { schema, supergraphSchema, requirements } = supergraph;
  let planned: PlannedOperation | undefined;
  let shape: Shape | undefined;
  let compiled: { readonly program: Program | undefined } | undefined;
  return {
    guarded,
    get planned() {
      return (planned ??= guarded.operation ? planOperation(supergraph, guarded.operation) : { parts: [], subscription: undefined });
    },
    get program() {
      compiled ??= { program: guarded.denied.length > 0 ? undefined : compile({ supergraphSchema, planned: this.planned, shape: this.shape, subgraphs }) };
      return compiled.program;
    },
    get shape() {
      return (shape ??= shapeOf({ schema, operation: guarded.asked, internalKey: internalKeys(requirements), deniedBy: guarded.deniedBy }));
    },
  };
}

/** Runs it on the plain path. */
export async function execute(executable: Executable, { supergraph, subgraphs, variables, scope, first, inHand }: PlainRun): Promise<Completed> {
  const { parts, subscription } = executable.planned;
  let asking: Ask = askSources(subgraphs, scope);
  if (inHand) asking = askInHand(inHand, asking, { logger: subgraphs.logger, scope });
  if (first && subscription) asking = askEvent(subscription.primary, first, asking);
  const gathered = await runPlan(parts, { supergraphSchema: supergraph.supergraphSchema, variables, ask: asking });
  return completed(executable, gathered, { supergraph, variables, scope });
}

export interface PlainRun {
  readonly supergraph: LoadedSupergraph;
  readonly subgraphs: Subgraphs;
  readonly variables: Variables;
  readonly scope: RequestScope;
  /** Answers the plan's first fetch: a live event. */
  readonly first?: SourceAnswer | undefined;
  /** What a run of the program fetched before it gave up. */
  readonly inHand?: ReadonlyMap<FetchNode, InHand> | undefined;
}

const askEvent = (primary: FetchNode, event: SourceAnswer, ask: Ask): Ask => (fetch, values) => (fetch === primary ? Promise.resolve(checked(fetch, event, values)) : ask(fetch, values));

/** The answer in the client's shape. */
export function completed({ guarded, shape }: Executable, gathered: Gathered, { supergraph: { schema }, variables, scope: { actor } }: Pick<PlainRun, 'supergraph' | 'variables' | 'scope'>): Completed {
  return complete(gathered, { schema, shape, actor, introspect: ({ node }) => introspect(schema, guarded.asked, node, variables) });
}
