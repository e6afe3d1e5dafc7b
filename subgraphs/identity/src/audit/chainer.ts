import type { EntityManager } from '@vss/db';
import { startRepeating, type Logger, type Now } from '@vss/runtime';
import { loadPlaces, loadUnsealed, lockSealing, writeSeals } from './chain.queries.js';
import { BEGINNING, hashOf, type ChainLine, type ChainPlace } from './chain.rules.js';

const EVERY_MS = 500;
const BATCH = 500;

export interface Chainer {
  /** Gives every line that is committed by now its place. While another process is at it, waits for that one. */
  seal(): Promise<void>;
  start(): void;
  stop(): Promise<void>;
}

interface Deps {
  readonly openEm: () => EntityManager;
  readonly logger: Logger;
  readonly now: Now;
  readonly everyMs?: number;
}

/**
 * Links the committed lines of each center, one behind the other. Apart from who writes them: a chain takes one writer at
 * a time, and sign-ins and calls would queue for it. One process does it at a time; a batch is whole or not there.
 */
export function createChainer({ openEm, logger, now, everyMs = EVERY_MS }: Deps): Chainer {
  const sealSome = (wait: boolean): Promise<number> =>
    openEm().transactional(async (tx) => {
      if (!(await lockSealing(tx, wait))) return 0;
      const unsealed = await loadUnsealed(tx, BATCH);
      if (unsealed.length === 0) return 0;
      const places = await loadPlaces(tx, [...new Set(unsealed.map(({ chain }) => chain))]);
      // To the microsecond, as the database gives it back.
      const sealedAt = now().toISOString().replace('Z', '000Z');
      const lines: ChainLine[] = [];
      for (const line of unsealed) {
        const before: ChainPlace = places.get(line.chain) ?? BEGINNING;
        const placed = { ...line, seq: before.seq + 1, prevHash: before.hash, sealedAt };
        const hash = hashOf(placed);
        lines.push({ ...placed, hash });
        places.set(line.chain, { seq: placed.seq, hash });
      }
      await writeSeals(tx, lines, places);
      return lines.length;
    });

  async function drain(wait: boolean): Promise<void> {
    while ((await sealSome(wait)) === BATCH);
  }

  let repeating: { stop(): Promise<void> } | undefined;
  return {
    seal: () => drain(true),
    start() {
      repeating = startRepeating({ everyMs, work: () => drain(false), logger });
    },
    async stop() {
      await repeating?.stop();
    },
  };
}
