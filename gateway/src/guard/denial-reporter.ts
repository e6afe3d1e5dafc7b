import { messageOf, type Logger } from '@vss/runtime';
import type { Actor } from '@vss/auth';
import type { RequestScope } from '../execute/request-scope.js';
import type { GuardedOperation } from './operation-guard.js';

/** A right that was asked for and that the gateway's guard did not give. */
export interface Denial {
  readonly actor: Actor;
  readonly permission: string;
  /** The field that was asked for: `Query.slots`. */
  readonly operation: string;
  readonly traceId: string;
  /** Network address of who asked. */
  readonly sourceAddress: string;
  /** How many alike it stands for; the trace id is that of the last one. */
  readonly count: number;
}

export interface DenialReporter {
  /** Tells what this request was denied: once for each right and field. Never throws. */
  report(guarded: GuardedOperation, scope: RequestScope): void;
  /** Tells what is still held back. */
  close(): void;
}

interface Recent {
  readonly toldAt: number;
  /** How many came since, and the last of them. */
  held: number;
  last: Omit<Denial, 'count'>;
}

const MOST_KEPT = 10_000;

/**
 * Tells each denial at once, and those that are like it (same user, right and field) together when the window is over:
 * a client that tries in a loop makes one line of the audit in ten seconds, and its tries are all counted.
 */
export function createDenialReporter(options: { onDenied: (denial: Denial) => void; logger: Logger; windowMs: number }): DenialReporter {
  const { onDenied, logger, windowMs } = options;
  // In the order in which they were told.
  const recent = new Map<string, Recent>();
  let untold = 0;
  const timer = setInterval(() => tellDue(Date.now() - windowMs), windowMs / 10);
  timer.unref();

  function note(denial: Omit<Denial, 'count'>): void {
    const key = `${denial.actor.userId} ${denial.permission} ${denial.operation}`;
    const known = recent.get(key);
    if (known) {
      known.held += 1;
      known.last = denial;
    } else if (recent.size < MOST_KEPT) {
      recent.set(key, { toldAt: Date.now(), held: 0, last: denial });
      tell({ ...denial, count: 1 });
    } else untold += 1;
  }

  function tellDue(toldBefore: number): void {
    const due = [...recent].filter(([, { toldAt }]) => toldAt <= toldBefore);
    for (const [key, { held, last }] of due) {
      recent.delete(key);
      if (held === 0) continue;
      recent.set(key, { toldAt: Date.now(), held: 0, last });
      tell({ ...last, count: held });
    }
    if (untold === 0) return;
    logger.warn({ untold }, 'Denials could not be told to the audit: there were too many at a time');
    untold = 0;
  }

  function tell(denial: Denial): void {
    const { actor, permission, operation, traceId, count } = denial;
    // Not audited: a line that names nobody accuses nobody, and who has no account could fill a table that is only added to.
    if (actor.kind === 'anonymous') return logger.info({ permission, operation, traceId, count }, 'Somebody who had not signed in was denied');
    try {
      onDenied(denial);
    } catch (error) {
      logger.error({ err: error, permission, operation, traceId }, `A denial could not be told: ${messageOf(error)}`);
    }
  }

  return {
    report({ denied }, { actor, traceId, request }) {
      if (denied.length === 0) return;
      const distinct = new Map(denied.map(({ rule: { permission }, coordinate }) => [`${permission} ${coordinate}`, { permission, operation: coordinate }]));
      for (const { permission, operation } of distinct.values()) note({ actor, permission, operation, traceId, sourceAddress: request.address });
    },
    close() {
      clearInterval(timer);
      tellDue(Infinity);
      recent.clear();
    },
  };
}

/** Where nobody wants to know. */
export const noReports: DenialReporter = { report: () => undefined, close: () => undefined };
