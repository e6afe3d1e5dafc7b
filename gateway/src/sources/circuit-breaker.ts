import { AppError } from '@vss/runtime';

export interface BreakerSettings {
  /** So many failures in a row open it. */
  readonly failuresInARow: number;
  /** Or this share of at least `failureSample` requests within `failureWindowMs`. */
  readonly failureRatio: number;
  readonly failureSample: number;
  readonly failureWindowMs: number;
  /** How long nothing is sent before one request tries again. */
  readonly openMs: number;
}

/** `trying`: one request is under way to find out whether the subgraph is back. */
export type BreakerState = 'closed' | 'trying' | 'open';

/** Where a request went in: what becomes of it counts only while nothing has changed since. */
export type Pass = number;

export interface CircuitBreaker {
  readonly state: BreakerState;
  /** Throws UNAVAILABLE, with `retryAfterMs`, where the subgraph is not to be asked. */
  assertPassable(): void;
  enter(): Pass;
  succeeded(pass: Pass): void;
  failed(pass: Pass): void;
}

/** Stops asking a subgraph that fails, so that those who wait for it are told at once and it has room to recover. */
export function createCircuitBreaker(subgraph: string, settings: BreakerSettings): CircuitBreaker {
  let state: BreakerState = 'closed';
  let pass: Pass = 0;
  let openUntil = 0;
  let inARow = 0;
  let window = { since: performance.now(), requests: 0, failures: 0 };

  function become(next: BreakerState): void {
    state = next;
    pass += 1;
    inARow = 0;
    window = { since: performance.now(), requests: 0, failures: 0 };
    if (next === 'open') openUntil = window.since + settings.openMs;
  }

  function count(isFailure: boolean): void {
    inARow = isFailure ? inARow + 1 : 0;
    if (isFailure || window.failures > 0) {
      const now = performance.now();
      if (now - window.since > settings.failureWindowMs) window = { since: now, requests: 0, failures: 0 };
    }
    window.requests += 1;
    if (isFailure) window.failures += 1;
  }

  function assertPassable(): void {
    if (state === 'closed') return;
    const leftMs = openUntil - performance.now();
    if (state === 'open' && leftMs <= 0) return;
    const retryAfterMs = Math.max(1, Math.ceil(state === 'open' ? leftMs : settings.openMs));
    throw new AppError('UNAVAILABLE', `The subgraph ${subgraph} has failed too often and is not asked for a while`, { retryAfterMs });
  }

  return {
    get state() {
      return state;
    },
    assertPassable,
    enter() {
      assertPassable();
      if (state === 'open') become('trying');
      return pass;
    },
    succeeded(entered) {
      if (entered !== pass) return;
      if (state === 'trying') become('closed');
      else count(false);
    },
    failed(entered) {
      if (entered !== pass) return;
      count(true);
      const isBad = window.requests >= settings.failureSample && window.failures >= settings.failureRatio * window.requests;
      if (state === 'trying' || inARow >= settings.failuresInARow || isBad) become('open');
    },
  };
}
