import type { SubscriptionNode } from '@apollo/query-planner';
import { GraphQLError } from 'graphql';
import type { Engine, OperationRequest, PreparedOperation } from '../execute/engine.js';
import type { Executable } from '../execute/executable.js';
import type { RequestScope } from '../execute/request-scope.js';

/** A subscription that may run, with everything that its events are completed by. */
export interface Opening {
  /** Of the graph that was current when it was opened. */
  readonly engine: Engine;
  readonly prepared: PreparedOperation;
  readonly executable: Executable;
  readonly subscription: SubscriptionNode;
  readonly variables: Record<string, unknown>;
  readonly scope: RequestScope;
}

/** Checks, guards and plans a subscription; gives the errors where nothing of it may run. What only goes on, under other rights or another graph, was let in before. */
export function prepareOpening(engine: Engine, request: OperationRequest, scope: RequestScope, { goesOn = false } = {}): Opening | { readonly errors: readonly GraphQLError[] } {
  const prepared = engine.prepare(request.document, request.operationName);
  const variables = engine.coerce(prepared, request.variables);
  if (!goesOn) engine.admit(prepared, variables, scope);
  const executable = engine.check(prepared, variables, scope);
  if (!executable.guarded.operation) {
    const { errors } = engine.refuse(executable, variables, scope);
    if (errors) return { errors };
    throw new GraphQLError('The subscription asks for nothing', { extensions: { code: 'QUERY_PLANNING_FAILED' } });
  }
  const { subscription } = executable.planned;
  if (!subscription) throw new GraphQLError('Not a subscription', { extensions: { code: 'BAD_USER_INPUT' } });
  return { engine, prepared, executable, subscription, variables, scope };
}
