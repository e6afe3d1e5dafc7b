/** Something that waits, but not for ever. */
export interface Waiting {
  /** Reading of `performance.now()`. */
  readonly dueAt: number;
  expire(): void;
}

export interface Deadlines {
  add(waiting: Waiting): void;
  delete(waiting: Waiting): void;
  close(): void;
}

/** What a deadline fails with that has passed. */
export class DeadlinePassed extends Error {
  override readonly name = 'DeadlinePassed';
  override readonly message = 'No answer came in time';
}

/** How late a deadline may be noticed. */
const PRECISION_MS = 50;

/**
 * One timer for everything that waits, looked through every 50 ms: a timer for each request would cost more than many
 * a request. Runs only while something waits.
 */
export function createDeadlines(): Deadlines {
  const all = new Set<Waiting>();
  let timer: NodeJS.Timeout | undefined;
  const look = (): void => {
    const now = performance.now();
    for (const waiting of all) {
      if (waiting.dueAt > now) continue;
      all.delete(waiting);
      waiting.expire();
    }
    if (all.size === 0) stop();
  };
  const stop = (): void => {
    clearInterval(timer);
    timer = undefined;
  };
  return {
    add(waiting) {
      all.add(waiting);
      timer ??= setInterval(look, PRECISION_MS).unref();
    },
    delete: (waiting) => void all.delete(waiting),
    close: stop,
  };
}
