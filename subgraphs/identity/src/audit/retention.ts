import type { EntityManager } from '@vss/db';
import { newTraceId, startRepeating, type Logger, type Now } from '@vss/runtime';
import type { AuditService } from './audit.service.js';
import type { AuditKey } from './chain-key.js';
import { deleteLines, loadOutdated, loadUnproved, writeCheckpoint } from './chain.queries.js';
import { PLATFORM_CHAIN, type ChainPlace } from './chain.rules.js';
import { AuditAction } from './security-audit.entity.js';

/** Five years. */
export const DEFAULT_RETENTION_DAYS = 1_826;

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
const BATCH = 5_000;

interface Deps {
  readonly openEm: () => EntityManager;
  readonly audit: AuditService;
  readonly key: AuditKey;
  readonly retentionDays?: number | undefined;
  readonly logger: Logger;
  readonly now: Now;
}

/**
 * Signs each chain once a day, so that what was written before cannot be rewritten later; and lets lines go that were kept
 * long enough, each up to a signed checkpoint from which the rest of the chain still proves itself.
 */
export function createRetention({ openEm, audit, key, retentionDays = DEFAULT_RETENTION_DAYS, logger, now }: Deps) {
  const checkpoint = (tx: EntityManager, chain: string, { seq, hash }: ChainPlace, purged: boolean): Promise<boolean> => {
    const at = now();
    return writeCheckpoint(tx, chain, { seq, hash, purged, signed: key.sign({ chain, seq, hash, at: at.toISOString() }) }, at);
  };

  async function purge(chain: string, place: ChainPlace): Promise<void> {
    await openEm().transactional(async (tx) => {
      // Another process is at it.
      if (!(await checkpoint(tx, chain, place, true))) return;
      const centerId = chain === PLATFORM_CHAIN ? null : chain;
      audit.record(tx, { action: AuditAction.AUDIT_PURGED, centerId, actorId: null, target: chain, detail: { upTo: place.seq } }, { traceId: newTraceId(), address: '' });
    });
    while ((await deleteLines(openEm(), chain, place.seq, BATCH)) === BATCH);
  }

  async function run(): Promise<void> {
    const before = new Date(now().getTime() - retentionDays * DAY_MS);
    for (const { chain, ...place } of await loadOutdated(openEm(), before)) await purge(chain, place);
    for (const { chain, ...place } of await loadUnproved(openEm(), new Date(now().getTime() - DAY_MS))) await checkpoint(openEm(), chain, place, false);
  }

  let repeating: { stop(): Promise<void> } | undefined;
  return {
    run,
    start(): void {
      // Not at once: what only starts to declare its queues signs nothing with a key of the moment.
      repeating = startRepeating({ everyMs: HOUR_MS, firstAfterMs: 60_000, work: run, logger });
    },
    async stop(): Promise<void> {
      await repeating?.stop();
    },
  };
}
