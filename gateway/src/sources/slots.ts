import { DeadlinePassed, type Deadlines, type Waiting } from './deadlines.js';

/** So many at once, and a bounded queue before them. */
export interface Slots {
  readonly used: number;
  readonly queued: number;
  /** Takes a slot where one is free. */
  take(): boolean;
  /** Resolves with a slot; rejects with `DeadlinePassed`, or at once with `QueueFull`. */
  wait(dueAt: number): Promise<void>;
  release(): void;
}

export class QueueFull extends Error {
  override readonly name = 'QueueFull';
}

export function createSlots({ limit, queue, deadlines }: { limit: number; queue: number; deadlines: Deadlines }): Slots {
  // In the order in which they came.
  const waiting = new Set<Waiting & { admit(): void }>();
  let used = 0;
  return {
    get used() {
      return used;
    },
    get queued() {
      return waiting.size;
    },
    take() {
      if (used >= limit) return false;
      used += 1;
      return true;
    },
    wait: (dueAt) =>
      new Promise((resolve, reject) => {
        if (waiting.size >= queue) return reject(new QueueFull('Too many requests wait'));
        const one = {
          dueAt,
          admit() {
            deadlines.delete(one);
            resolve();
          },
          expire() {
            waiting.delete(one);
            reject(new DeadlinePassed());
          },
        };
        waiting.add(one);
        deadlines.add(one);
      }),
    release() {
      for (const next of waiting) {
        // The slot goes from hand to hand.
        waiting.delete(next);
        return next.admit();
      }
      used -= 1;
    },
  };
}
