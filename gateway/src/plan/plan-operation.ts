import { operationFromDocument } from '@apollo/federation-internals';
import type { PlanNode, QueryPlan, SubscriptionNode } from '@apollo/query-planner';
import { Kind, OperationTypeNode, type OperationDefinitionNode } from 'graphql';
import { messageOf } from '@vss/runtime';
import type { LoadedSupergraph } from '../supergraph/load-supergraph.js';
import { splitConflicts } from './conflicting-requirements.js';
import { assertPlanned } from './empty-plan.js';
import { nameAlike } from './fetch-names.js';
import { assertOwnFields } from './foreign-fields.js';
import { aliasInternally, internalKeys } from './internal-aliases.js';
import { writeOutImplementations } from './interface-objects.js';
import { inWrittenOrder } from './mutation-order.js';
import { overrideConditions } from './overrides.js';
import { unplannable } from './unplannable.js';

/** How an operation is answered: each part by a plan of its own, all of them merged. */
export interface PlannedOperation {
  /** Usually one; see conflicting-requirements.ts. Undefined where nothing has to be fetched. */
  readonly parts: readonly (PlanNode | undefined)[];
  /** Set for a subscription, which has one part: what completes an event is that part. */
  readonly subscription: SubscriptionNode | undefined;
}

/** Plans an operation without fragment spreads and conditions, with the corrections of what the planner does wrong. */
export function planOperation(supergraph: LoadedSupergraph, operation: OperationDefinitionNode): PlannedOperation {
  const aliased = aliasInternally(writeOutImplementations(supergraph.schema, inWrittenOrder(operation)), internalKeys(supergraph.requirements));
  const operations = splitConflicts(aliased, supergraph.requirements);
  // Only a query may ask for its root fields twice.
  if (operations.length > 1 && operation.operation !== OperationTypeNode.QUERY) throw unplannable('two of its fields require one field with different arguments; ask for them apart');
  const nodes = operations.map((part) => planPart(supergraph, part));
  const [first] = nodes;
  if (operation.operation === OperationTypeNode.SUBSCRIPTION && first?.kind !== 'Subscription') throw unplannable('no subgraph has this subscription');
  return { parts: nodes.map(runnable), subscription: first?.kind === 'Subscription' ? first : undefined };
}

/** For every event of a subscription the ordinary plan runs whose first fetch the event itself answers. */
function runnable(node: QueryPlan['node']): PlanNode | undefined {
  if (node?.kind !== 'Subscription') return node;
  return node.rest ? { kind: 'Sequence', nodes: [node.primary, node.rest] } : node.primary;
}

function planPart(supergraph: LoadedSupergraph, operation: OperationDefinitionNode): QueryPlan['node'] {
  const plan = build(supergraph, operation);
  assertPlanned(plan, operation);
  assertOwnFields(plan.node, supergraph.foreignFields, supergraph.supergraphSchema);
  return nameAlike(plan.node);
}

function build(supergraph: LoadedSupergraph, operation: OperationDefinitionNode): QueryPlan {
  try {
    return supergraph.planner.buildQueryPlan(operationFromDocument(supergraph.apiSchema, { kind: Kind.DOCUMENT, definitions: [operation] }), {
      overrideConditions: overrideConditions(supergraph.overrideLabels, operation),
    });
  } catch (error) {
    // `@defer` anywhere.
    throw unplannable(messageOf(error));
  }
}
