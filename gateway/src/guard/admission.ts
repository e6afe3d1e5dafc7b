import { GraphQLError, type OperationDefinitionNode } from 'graphql';
import type { PreparedOperation } from '../execute/engine.js';
import type { RequestScope } from '../execute/request-scope.js';
import type { LoadedSupergraph } from '../supergraph/load-supergraph.js';
import { valueOf, type Variables } from './cost/amount.js';
import { createCostCompiler, type CostCompiler, type OperationCost } from './cost/operation-cost.js';
import type { RateLimiter } from './rate/rate-limiter.js';

export interface CostSettings {
  /** What one request may cost. */
  readonly maxCost: number;
  /** Rows that a client may ask for in one page. */
  readonly maxPage: number;
  /** How long a list is taken to be where nothing says so. */
  readonly assumedList: number;
}

export const DEFAULT_COST: CostSettings = { maxCost: 100_000, maxPage: 200, assumedList: 10 };

/** What an admitted request is told about its cost. */
export interface CostReport {
  readonly requested: number;
  readonly limit: number;
}

export interface Admitted {
  /** For `extensions.cost`. */
  readonly cost: CostReport;
  /** The same as the end of an answer that is put together as text, behind its data. */
  readonly tail: string;
}

/** What a request may cost, and how much of that its sender has left. */
export interface Admission {
  /** What an operation costs, worked out once for all who send it. */
  measure(supergraph: LoadedSupergraph, operation: OperationDefinitionNode): OperationCost;
  /** Takes the cost from what the sender has left. Throws where it is too much: OPERATION_TOO_EXPENSIVE, RATE_LIMITED, or BAD_USER_INPUT for a page that is too large. */
  admit(prepared: Pick<PreparedOperation, 'cost'>, variables: Variables, scope: RequestScope): Admitted;
}

/** Reports are the same for equal costs; beyond this many different ones they are made anew. */
const KEPT_REPORTS = 10_000;

export function createAdmission({ settings, limiter }: { settings: CostSettings; limiter: RateLimiter | undefined }): Admission {
  const { maxCost: limit, maxPage, assumedList } = settings;
  const compilers = new WeakMap<LoadedSupergraph, CostCompiler>();
  const reports = new Map<number, Admitted>();

  function reportOf(requested: number): Admitted {
    const known = reports.get(requested);
    if (known) return known;
    const cost = { requested, limit };
    const report = { cost, tail: `,"extensions":{"cost":${JSON.stringify(cost)}}}` };
    if (reports.size < KEPT_REPORTS) reports.set(requested, report);
    return report;
  }

  return {
    measure(supergraph, operation) {
      const compile = compilers.get(supergraph) ?? createCostCompiler({ schema: supergraph.schema, costs: supergraph.costs, limits: { maxPage, assumedList } });
      compilers.set(supergraph, compile);
      return compile(operation);
    },
    admit({ cost }, variables, scope) {
      const requested = valueOf(cost.amount, variables);
      scope.cost = requested;
      if (requested > limit) throw tooExpensive(requested, limit, cost.heaviest(variables));
      limiter?.take(scope.actor, scope.request.address, requested);
      return reportOf(requested);
    },
  };
}

function tooExpensive(requested: number, limit: number, where: string): GraphQLError {
  const message = `The operation may cost ${requested} points: at most ${limit} are allowed. Most of it is in ${where}: ask for smaller pages, or for fewer lists within lists`;
  return new GraphQLError(message, { extensions: { code: 'OPERATION_TOO_EXPENSIVE', cost: { requested, limit }, heaviest: where } });
}
