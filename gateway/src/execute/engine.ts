import { getVariableValues, GraphQLError, OperationTypeNode, type DocumentNode, type ExecutionResult, type OperationDefinitionNode } from 'graphql';
import type { Keepable, ResponseCache } from '../cache/response-cache.js';
import type { Admission, Admitted } from '../guard/admission.js';
import type { OperationCost } from '../guard/cost/operation-cost.js';
import type { DenialReporter } from '../guard/denial-reporter.js';
import { assertOperation, assertShallow } from '../guard/limits.js';
import { createOperationGuard, unguarded, type GuardedOperation } from '../guard/operation-guard.js';
import type { Observer } from '../observe/observer.js';
import type { OperationObserver } from '../observe/operation-observer.js';
import { inlineFragments } from '../plan/inline-fragments.js';
import { conditionVariables, resolveConditions } from '../plan/resolve-conditions.js';
import type { SourceAnswer } from '../sources/source.js';
import type { LoadedSupergraph } from '../supergraph/load-supergraph.js';
import { answerOf, answerWithout, type Answer } from './answer.js';
import { completed, createExecutable, execute as executePlainly, type Executable, type PlainRun } from './executable.js';
import type { Completed } from './plain/complete.js';
import type { Presenter } from './present-error.js';
import type { RequestScope } from './request-scope.js';
import type { Subgraphs } from './subgraphs.js';

type Data = Record<string, unknown>;

/** An operation of a valid document: what is worked out once and used by every request that sends it. */
export interface PreparedOperation {
  readonly operation: OperationDefinitionNode;
  readonly observed: OperationObserver;
  readonly cost: OperationCost;
  /** Undefined where its answers may not be kept. */
  readonly keepable: Keepable | undefined;
  /** The operation as these values of its conditions leave it, for who this actor is. */
  guardedFor(variables: Data, scope: RequestScope): GuardedOperation;
}

export interface Engine {
  readonly supergraph: LoadedSupergraph;
  readonly subgraphs: Subgraphs;
  prepare(document: DocumentNode, operationName: string | undefined): PreparedOperation;
  /** Answers a query or mutation. Never rejects: whatever goes wrong is in the answer. */
  execute(request: OperationRequest, scope: RequestScope): Promise<ExecutionResult>;
  /** The same as bytes, with coerced variables: compiled where that can be. Never rejects. */
  respond(prepared: PreparedOperation, variables: Data, scope: RequestScope): Promise<Answer>;
  /** The variables with defaults filled in, or BAD_USER_INPUT. */
  coerce(prepared: PreparedOperation, variables: Data | undefined): Data;
  /** Takes the cost from what the actor has left, or throws. Once for a request, or for a stream. */
  admit(prepared: PreparedOperation, variables: Data, scope: RequestScope): Admitted;
  /** What of it this actor may have; what he may not is reported. Once for a request, or for a stream. */
  check(prepared: PreparedOperation, variables: Data, scope: RequestScope): Executable;
  /** The answer where nothing of the operation may run. */
  refuse(executable: Executable, variables: Data, scope: RequestScope): ExecutionResult;
  /** The answer for one event of a subscription. Rejects where the operation cannot be planned. */
  executeEvent(executable: Executable, event: SourceAnswer, variables: Data, scope: RequestScope): Promise<ExecutionResult>;
}

export interface OperationRequest {
  readonly document: DocumentNode;
  readonly operationName?: string | undefined;
  readonly variables?: Data | undefined;
}

export interface EngineOptions {
  readonly supergraph: LoadedSupergraph;
  readonly subgraphs: Subgraphs;
  readonly isGuarded: boolean;
  readonly presenter: Presenter;
  readonly denials: DenialReporter;
  readonly admission: Admission;
  readonly answers: ResponseCache;
  readonly observer: Observer;
}

/** Runs operations: prepared once, then for each request guarded, planned (once), executed and made fit for clients. */
export function createEngine({ supergraph, subgraphs, isGuarded, presenter, denials, admission, answers, observer }: EngineOptions): Engine {
  // All of it goes with the document: those are kept in a bounded cache, and so, through them, are the plans.
  const preparedOf = new WeakMap<DocumentNode, Map<string, PreparedOperation>>();
  const executableOf = new WeakMap<GuardedOperation, Executable>();
  const plans = observer.cache('plans');
  const kept = observer.cache('answers');

  function prepare(document: DocumentNode, operationName: string | undefined): PreparedOperation {
    const known = preparedOf.get(document)?.get(operationName ?? '');
    if (known) return known;
    const operation = inlineFragments(document, assertOperation(document, operationName));
    const prepared = createPrepared({ operation, observed: observer.operation(document, operation), cost: admission.measure(supergraph, operation), keepable: answers.keepable(supergraph, operation) }, (variant) => (isGuarded ? createOperationGuard(supergraph.schema, supergraph.access, variant) : guardOf(unguarded(variant))));
    preparedOf.set(document, (preparedOf.get(document) ?? new Map()).set(operationName ?? '', prepared));
    return prepared;
  }

  function coerce(prepared: PreparedOperation, variables: Data | undefined): Data {
    if (variables) assertShallow(variables);
    const coercion = getVariableValues(supergraph.schema, prepared.operation.variableDefinitions ?? [], variables ?? {}, { maxErrors: 20 });
    if (coercion.errors) throw new InvalidVariables(coercion.errors);
    // Subgraphs get the client's own values; only what the client left to a default is filled in.
    return { ...coercion.coerced, ...variables };
  }

  function check(prepared: PreparedOperation, variables: Data, scope: RequestScope): Executable {
    const guarded = prepared.guardedFor(variables, scope);
    denials.report(guarded, scope);
    for (const { rule } of guarded.denied) observer.denied(rule.permission);
    let executable = executableOf.get(guarded);
    (executable ? plans.hits : plans.misses).inc();
    if (!executable) executableOf.set(guarded, (executable = observer.step('plan', scope, () => createExecutable(supergraph, subgraphs, guarded))));
    return executable;
  }

  function present({ data, errors }: Completed, { traceId }: RequestScope): ExecutionResult {
    return errors.length > 0 ? { errors: errors.map((error) => presenter.present(error, traceId)), data } : { data };
  }

  const failed = (error: unknown, { traceId }: RequestScope): ExecutionResult => ({ errors: errorsOf(error).map((one) => presenter.present(one, traceId)) });

  function refuse(executable: Executable, variables: Data, scope: RequestScope): ExecutionResult {
    const result = present(completed(executable, { data: {}, errors: [] }, { supergraph, variables, scope }), scope);
    return executable.guarded.isRefused ? { ...result, data: null } : result;
  }

  async function run(prepared: PreparedOperation, given: Data | undefined, scope: RequestScope): Promise<ExecutionResult> {
    assertNoSubscription(prepared);
    const variables = coerce(prepared, given);
    const { cost } = admission.admit(prepared, variables, scope);
    return { ...(await runPlainly(check(prepared, variables, scope), variables, scope)), extensions: { cost } };
  }

  async function runPlainly(executable: Executable, variables: Data, scope: RequestScope, inHand?: PlainRun['inHand']): Promise<ExecutionResult> {
    if (!executable.guarded.operation) return refuse(executable, variables, scope);
    return present(await executePlainly(executable, { supergraph, subgraphs, variables, scope, inHand }), scope);
  }

  async function answer(prepared: PreparedOperation, variables: Data, scope: RequestScope): Promise<Answer> {
    assertNoSubscription(prepared);
    const admitted = admission.admit(prepared, variables, scope);
    const place = prepared.keepable && (await answers.find(prepared.keepable, variables, scope.actor));
    if (place) (place.head ? kept.hits : kept.misses).inc();
    if (place?.head) return answerWithout(place.head, admitted.tail);
    const made = await makeAnswer(prepared, variables, scope, admitted);
    if (!made.hasErrors) place?.keep(made.head);
    return made;
  }

  async function makeAnswer(prepared: PreparedOperation, variables: Data, scope: RequestScope, { cost, tail }: Admitted): Promise<Answer> {
    const executable = check(prepared, variables, scope);
    const result = await executable.program?.run(variables, scope);
    if (result && 'head' in result) return answerWithout(result.head, tail);
    const plain = await runPlainly(executable, variables, scope, result?.inHand);
    // The same two pieces as a program's.
    return plain.errors ? answerOf({ ...plain, extensions: { cost } }) : answerWithout(Buffer.from(JSON.stringify(plain).slice(0, -1)), tail);
  }

  async function respond(prepared: PreparedOperation, variables: Data, scope: RequestScope): Promise<Answer> {
    const startedAt = prepared.observed.begin(scope);
    const given = await answer(prepared, variables, scope).catch((error: unknown) => answerOf(failed(error, scope)));
    prepared.observed.end(scope, startedAt, given.hasErrors);
    return given;
  }

  async function execute(request: OperationRequest, scope: RequestScope): Promise<ExecutionResult> {
    let prepared: PreparedOperation;
    try {
      prepared = prepare(request.document, request.operationName);
    } catch (error) {
      return failed(error, scope);
    }
    const startedAt = prepared.observed.begin(scope);
    const result = await run(prepared, request.variables, scope).catch((error: unknown) => failed(error, scope));
    prepared.observed.end(scope, startedAt, result.errors !== undefined);
    return result;
  }

  const executeEvent: Engine['executeEvent'] = async (executable, first, variables, scope) => {
    // Those of earlier events need not be remembered as long as the stream lives.
    scope.lastFetch = undefined;
    return present(await executePlainly(executable, { supergraph, subgraphs, variables, scope, first }), scope);
  };

  return { supergraph, subgraphs, prepare, execute, respond, coerce, admit: (...given) => admission.admit(...given), check, refuse, executeEvent };
}

/** Values of `@skip` and `@include` make so many variants of an operation; more than are kept start over. */
const MAX_VARIANTS = 64;

type Guard = Pick<ReturnType<typeof createOperationGuard>, 'check'>;
const guardOf = (guarded: GuardedOperation): Guard => ({ check: () => guarded });

function createPrepared(known: Omit<PreparedOperation, 'guardedFor'>, createGuard: (variant: OperationDefinitionNode) => Guard): PreparedOperation {
  const { operation } = known;
  const conditions = conditionVariables(operation);
  const variants = new Map<string, Guard>();
  return {
    ...known,
    guardedFor(variables, { actor }) {
      const key = conditions.length === 0 ? '' : conditions.map((name) => (variables[name] === true ? 1 : 0)).join('');
      let guard = variants.get(key);
      if (!guard) {
        if (variants.size >= MAX_VARIANTS) variants.clear();
        variants.set(key, (guard = createGuard(resolveConditions(operation, variables))));
      }
      return guard.check(actor);
    },
  };
}

function assertNoSubscription({ operation }: PreparedOperation): void {
  if (operation.operation !== OperationTypeNode.SUBSCRIPTION) return;
  throw new GraphQLError('Subscriptions run over WebSocket, protocol graphql-transport-ws, at this address', { extensions: { code: 'SUBSCRIPTION_NEEDS_WEBSOCKET', http: { status: 400 } } });
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
