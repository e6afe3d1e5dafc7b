import { OverrideUsed, type Outbox, type OutboxTransaction } from '@vss/events';
import type { Logger, Now } from '@vss/runtime';
import type { Denial, Scope } from '../scope.js';

interface Use extends Omit<Denial, 'count'> {
  readonly sourceAddress: string;
}

interface Recent {
  readonly toldAt: number;
  held: number;
  last: Use;
}

export interface OverrideReports {
  /** Somebody read by a right that he has by `*:*` alone. The request does not wait for the report. */
  readonly onOverride: (denial: Denial, scope: Scope) => void;
  /** Tells what is held back, and resolves when everything is stored. */
  settled(): Promise<void>;
}

const WINDOW_MS = 60_000;
const MOST_KEPT = 1_000;

/**
 * Tells the audit of each use at once, and of those like it (same user and right) together a minute later: who looks at
 * a page all day makes a line a minute, and every look is counted.
 */
export function createOverrideReports(options: { fork: () => OutboxTransaction; outbox: Outbox; logger: Logger; now: Now; windowMs?: number }): OverrideReports {
  const { fork, outbox, logger, now, windowMs = WINDOW_MS } = options;
  const recent = new Map<string, Recent>();
  const pending = new Set<Promise<unknown>>();
  let timer: NodeJS.Timeout | undefined;

  function tell({ actor, permission, operation, traceId, sourceAddress }: Use, count: number): void {
    const payload = { userId: actor.userId, role: actor.role, permission, operation, count, sourceAddress, at: now().toISOString() };
    const stored = Promise.resolve()
      .then(() => outbox.add(fork(), OverrideUsed, payload, { centerId: actor.centerId || null, traceId, actor: actor.userId }))
      .catch((error: unknown) => logger.error({ err: error, traceId, permission, operation }, 'The use of an override could not be recorded'))
      .finally(() => pending.delete(stored));
    pending.add(stored);
  }

  function tellDue(toldBefore: number): void {
    for (const [key, { held, last, toldAt }] of recent) {
      if (toldAt > toldBefore) continue;
      recent.delete(key);
      if (held === 0) continue;
      recent.set(key, { toldAt: Date.now(), held: 0, last });
      tell(last, held);
    }
    if (recent.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  }

  return {
    onOverride(use, scope) {
      const known: Use = { ...use, sourceAddress: scope.request.address };
      const key = `${use.actor.userId} ${use.permission}`;
      const like = recent.get(key);
      if (like) {
        like.held += 1;
        like.last = known;
        return;
      }
      // More at a time than are kept apart are told one by one.
      if (recent.size < MOST_KEPT) recent.set(key, { toldAt: Date.now(), held: 0, last: known });
      timer ??= setInterval(() => tellDue(Date.now() - windowMs), windowMs / 10).unref();
      tell(known, 1);
    },
    async settled() {
      tellDue(Infinity);
      clearInterval(timer);
      timer = undefined;
      recent.clear();
      await Promise.all(pending);
    },
  };
}
