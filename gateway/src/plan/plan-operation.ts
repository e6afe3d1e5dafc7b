import { buildOperationContext } from '@apollo/gateway';
import { operationFromDocument } from '@apollo/federation-internals';
import type { QueryPlan, SubscriptionNode } from '@apollo/query-planner';
import { GraphQLError, Kind, OperationTypeNode, type DocumentNode, type OperationDefinitionNode } from 'graphql';
import { messageOf } from '@vss/runtime';
import type { LoadedSupergraph } from '../supergraph/load-supergraph.js';
import { splitConflicts } from './conflicting-requirements.js';
import { assertPlanned } from './empty-plan.js';
import { overrideConditions } from './overrides.js';
import { aliasInternally } from './internal-aliases.js';

export interface PlannedPart {
  readonly plan: QueryPlan;
  readonly document: DocumentNode;
  readonly context: ReturnType<typeof buildOperationContext>;
}

export interface PlannedOperation {
  /** Usually one; see conflicting-requirements.ts. */
  readonly parts: readonly PlannedPart[];
  /** Whether response keys of our own must be taken out of the answer. */
  readonly isAliased: boolean;
  /** Set for a subscription, which has one part. */
  readonly subscription: SubscriptionNode | undefined;
}

/** Plans an operation whose fragments are written out, with the corrections of what the planner does wrong. */
export function planOperation(supergraph: LoadedSupergraph, operation: OperationDefinitionNode): PlannedOperation {
  const aliased = aliasInternally(operation, supergraph.requirements);
  const parts = splitConflicts(aliased, supergraph.requirements).map((part) => planPart(supergraph, part));
  const node = parts[0]?.plan.node;
  const subscription = node?.kind === 'Subscription' ? node : undefined;
  if (operation.operation === OperationTypeNode.SUBSCRIPTION && !subscription) throw unplannable('no subgraph has this subscription');
  return { parts, isAliased: aliased !== operation, subscription };
}

function planPart(supergraph: LoadedSupergraph, operation: OperationDefinitionNode): PlannedPart {
  const document: DocumentNode = { kind: Kind.DOCUMENT, definitions: [operation] };
  const context = buildOperationContext({ schema: supergraph.schema, operationDocument: document, ...(operation.name ? { operationName: operation.name.value } : {}) });
  const plan = build(supergraph, operation, document);
  assertPlanned(plan, operation);
  return { plan, document, context };
}

function build(supergraph: LoadedSupergraph, operation: OperationDefinitionNode, document: DocumentNode): QueryPlan {
  try {
    const overrides = overrideConditions(supergraph.overrideLabels, operation);
    return supergraph.planner.buildQueryPlan(operationFromDocument(supergraph.apiSchema, document), { overrideConditions: overrides });
  } catch (error) {
    // `@defer` anywhere, `@include` on a subscription's root field.
    throw unplannable(messageOf(error));
  }
}

const unplannable = (why: string): GraphQLError =>
  new GraphQLError(`The operation cannot be planned: ${why}`, { extensions: { code: 'QUERY_PLANNING_FAILED' } });
