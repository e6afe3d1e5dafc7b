import type { SubscriptionNode } from '@apollo/query-planner';
import { GraphQLError } from 'graphql';
import type { Engine, OperationRequest, PreparedOperation } from '../execute/engine.js';
import type { RequestScope } from '../execute/request-scope.js';
import type { GuardedOperation } from '../guard/operation-guard.js';
import type { PlannedOperation } from '../plan/plan-operation.js';

/** A subscription that may run, with everything that its events are completed by. */
export interface Opening {
  /** Of the graph that was current when it was opened. */
  readonly engine: Engine;
  readonly prepared: PreparedOperation;
  readonly guarded: GuardedOperation;
  readonly planned: PlannedOperation & { readonly subscription: SubscriptionNode };
  readonly variables: Record<string, unknown>;
  readonly scope: RequestScope;
}

/** Checks, guards and plans a subscription; gives the errors where nothing of it may run. */
export function prepareOpening(engine: Engine, request: OperationRequest, scope: RequestScope): Opening | { readonly errors: readonly GraphQLError[] } {
  const prepared = engine.prepare(request.document, request.operationName);
  const variables = engine.coerce(prepared, request.variables);
  const guarded = engine.check(prepared, variables, scope);
  if (!guarded.operation) {
    const { errors } = engine.finish({ data: {}, errors: [] }, guarded, variables, scope);
    return { errors: errors ?? [] };
  }
  const planned = prepared.plan(guarded, scope);
  if (!planned.subscription) throw new GraphQLError('Not a subscription', { extensions: { code: 'BAD_USER_INPUT' } });
  return { engine, prepared, guarded, planned: { ...planned, subscription: planned.subscription }, variables, scope };
}
