import type { ServiceMap } from '@apollo/gateway';
import { getVariableValues, GraphQLError, OperationTypeNode, type DocumentNode, type ExecutionResult, type OperationDefinitionNode } from 'graphql';
import { assertOperation } from '../guard/limits.js';
import type { DenialReporter } from '../guard/denial-reporter.js';
import { createOperationGuard, unguarded, type GuardedOperation, type OperationGuard } from '../guard/operation-guard.js';
import { isAsked } from '../guard/cut-denied.js';
import { restoreDenied } from '../guard/restore-denied.js';
import type { Observer } from '../observe/observer.js';
import type { OperationObserver } from '../observe/operation-observer.js';
import { inlineFragments } from '../plan/inline-fragments.js';
import { planOperation, type PlannedOperation } from '../plan/plan-operation.js';
import type { LoadedSupergraph } from '../supergraph/load-supergraph.js';
import type { Presenter } from './present-error.js';
import type { RequestScope } from './request-scope.js';
import { runPlan, type PlanAnswer } from './run-plan.js';

type Data = Record<string, unknown>;

/** An operation of a valid document: what is worked out once and used by every request that sends it. */
export interface PreparedOperation {
  readonly operation: OperationDefinitionNode;
  readonly guard: OperationGuard;
  readonly observed: OperationObserver;
  plan(guarded: GuardedOperation, scope: RequestScope): PlannedOperation;
}

export interface Engine {
  readonly supergraph: LoadedSupergraph;
  readonly services: ServiceMap;
  prepare(document: DocumentNode, operationName: string | undefined): PreparedOperation;
  /** Answers a query or mutation. Never rejects: whatever goes wrong is in the answer. */
  execute(request: OperationRequest, scope: RequestScope): Promise<ExecutionResult>;
  /** The variables with defaults filled in, or BAD_USER_INPUT. */
  coerce(prepared: PreparedOperation, variables: Data | undefined): Data;
  /** What of it this actor may have; what he may not is reported. Once for a request, or for a stream. */
  check(prepared: PreparedOperation, variables: Data, scope: RequestScope): GuardedOperation;
  /** Puts back what the guard cut and makes every error fit for clients. */
  finish(answer: PlanAnswer, guarded: GuardedOperation, variables: Data, scope: RequestScope): ExecutionResult;
}

export interface OperationRequest {
  readonly document: DocumentNode;
  readonly operationName?: string | undefined;
  readonly variables?: Data | undefined;
}

const MAX_PLANS = 64;

export function createEngine(options: { supergraph: LoadedSupergraph; services: ServiceMap; isGuarded: boolean; presenter: Presenter; denials: DenialReporter; observer: Observer }): Engine {
  const { supergraph, services, isGuarded, presenter, denials, observer } = options;
  // Goes with the document: those are kept in a bounded cache, and so, through them, are the plans.
  const preparedOf = new WeakMap<DocumentNode, Map<string, PreparedOperation>>();

  function prepare(document: DocumentNode, operationName: string | undefined): PreparedOperation {
    const known = preparedOf.get(document)?.get(operationName ?? '');
    if (known) return known;
    const operation = inlineFragments(document, assertOperation(document, operationName));
    const guard = isGuarded ? createOperationGuard(supergraph.schema, supergraph.access, operation) : { check: () => unguarded(operation) };
    const prepared = { operation, guard, observed: observer.operation(document, operation), plan: createPlans(supergraph, observer) };
    preparedOf.set(document, (preparedOf.get(document) ?? new Map()).set(operationName ?? '', prepared));
    return prepared;
  }

  function coerce(prepared: PreparedOperation, variables: Data | undefined): Data {
    const coercion = getVariableValues(supergraph.schema, prepared.operation.variableDefinitions ?? [], variables ?? {}, { maxErrors: 20 });
    if (coercion.errors) throw new InvalidVariables(coercion.errors);
    // Subgraphs get the client's own values; only what the client left to a default is filled in.
    return { ...coercion.coerced, ...variables };
  }

  function check(prepared: PreparedOperation, variables: Data, scope: RequestScope): GuardedOperation {
    const guarded = prepared.guard.check(scope.actor);
    denials.report(guarded, variables, scope);
    for (const field of guarded.denied) if (isAsked(field, variables)) observer.denied(field.rule.permission);
    return guarded.refusedBy.some((field) => isAsked(field, variables)) ? { ...guarded, operation: undefined } : guarded;
  }

  function finish(answer: PlanAnswer, guarded: GuardedOperation, variables: Data, scope: RequestScope): ExecutionResult {
    const restored = guarded.cut ? restoreDenied(answer.data, guarded.cut, scope.actor, variables) : undefined;
    const errors = [...(restored?.errors ?? []), ...answer.errors].map((error) => presenter.present(error, scope.traceId));
    const data = restored ? restored.data : answer.data;
    return errors.length > 0 ? { errors, data } : { data };
  }

  async function run(prepared: PreparedOperation, given: Data | undefined, scope: RequestScope): Promise<ExecutionResult> {
    if (prepared.operation.operation === OperationTypeNode.SUBSCRIPTION)
      throw new GraphQLError('Subscriptions run over WebSocket, protocol graphql-transport-ws, at this address', { extensions: { code: 'SUBSCRIPTION_NEEDS_WEBSOCKET', http: { status: 400 } } });
    const variables = coerce(prepared, given);
    const guarded = check(prepared, variables, scope);
    const answer = guarded.operation ? await runPlan(prepared.plan(guarded, scope), { supergraph, services, variables, scope }) : { data: {}, errors: [] };
    const result = finish(answer, guarded, variables, scope);
    const isRefused = !guarded.operation && prepared.operation.operation === OperationTypeNode.MUTATION && result.errors;
    return isRefused ? { ...result, data: null } : result;
  }

  async function execute(request: OperationRequest, scope: RequestScope): Promise<ExecutionResult> {
    const refuse = (error: unknown): ExecutionResult => ({ errors: errorsOf(error).map((one) => presenter.present(one, scope.traceId)) });
    let prepared: PreparedOperation;
    try {
      prepared = prepare(request.document, request.operationName);
    } catch (error) {
      return refuse(error);
    }
    const startedAt = prepared.observed.begin(scope);
    const result = await run(prepared, request.variables, scope).catch(refuse);
    prepared.observed.end(scope, startedAt, result.errors !== undefined);
    return result;
  }

  return { supergraph, services, prepare, execute, coerce, check, finish };
}

class InvalidVariables extends Error {
  constructor(readonly errors: readonly GraphQLError[]) {
    super('Some variables are not valid');
  }
}

/** Several errors for wrong variables, one for anything else. */
export function errorsOf(error: unknown): unknown[] {
  if (!(error instanceof InvalidVariables)) return [error];
  return error.errors.map(({ message, nodes }) => new GraphQLError(message, { nodes, extensions: { code: 'BAD_USER_INPUT' } }));
}

function createPlans(supergraph: LoadedSupergraph, observer: Observer): PreparedOperation['plan'] {
  const plans = new Map<string, PlannedOperation>();
  const { hits, misses } = observer.cache('plans');
  return ({ operation, verdict }, scope) => {
    let planned = plans.get(verdict);
    if (planned) {
      hits.inc();
      return planned;
    }
    misses.inc();
    if (!operation) throw new Error('Nothing of this operation may run');
    planned = observer.step('plan', scope, () => planOperation(supergraph, operation));
    if (plans.size >= MAX_PLANS) plans.clear();
    plans.set(verdict, planned);
    return planned;
  };
}
