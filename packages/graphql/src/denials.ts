import { AccessDenied, type Outbox, type OutboxTransaction } from '@vss/events';
import { systemNow, type Logger, type Now } from '@vss/runtime';
import type { Denial } from './scope.js';

interface Transactions {
  transactional<T>(work: (tx: OutboxTransaction) => Promise<T>): Promise<T>;
}

export interface DenialReports {
  /** Give it to `createSubgraph`. The denied request does not wait for it. */
  readonly onDenied: (denial: Denial) => void;
  /** Resolves when everything reported so far is stored. */
  settled(): Promise<void>;
}

/** Tells the audit of each refusal through a subgraph's outbox: by its own guard, or by the gateway's where that is in the same process. */
export function createDenialReports(options: { fork: () => Transactions; outbox: Outbox; wall?: 'SUBGRAPH' | 'GATEWAY'; logger: Logger; now?: Now }): DenialReports {
  const { fork, outbox, wall = 'SUBGRAPH', logger, now = systemNow } = options;
  const pending = new Set<Promise<unknown>>();
  return {
    onDenied({ actor, permission, operation, traceId, count = 1, sourceAddress = '' }) {
      const payload = { userId: actor.userId, role: actor.role, permission, operation, wall, count, sourceAddress, at: now().toISOString() };
      const context = { centerId: actor.centerId || null, traceId, actor: actor.userId };
      const stored = Promise.resolve()
        .then(() => fork().transactional((tx) => outbox.add(tx, AccessDenied, payload, context)))
        .catch((error: unknown) => logger.error({ err: error, traceId, permission, operation }, 'A denial could not be recorded'))
        .finally(() => pending.delete(stored));
      pending.add(stored);
    },
    async settled() {
      await Promise.all(pending);
    },
  };
}
