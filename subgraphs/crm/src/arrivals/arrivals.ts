/**
 * Waits for rows that events are about to bring. A waiter looks again whenever its row is announced in this process,
 * and every `lookAgainMs`, because the event may be handled by another instance.
 */
export interface Arrivals {
  announce(id: string): void;
  /** What `load` finds before the deadline, or null. */
  until<T>(id: string, load: () => Promise<T | null>): Promise<T | null>;
}

export function createArrivals({ deadlineMs = 2_000, lookAgainMs = 200 }: { deadlineMs?: number; lookAgainMs?: number } = {}): Arrivals {
  const waiters = new Map<string, Set<() => void>>();

  function sleeper(id: string, ms: number): { woken: Promise<void>; cancel(): void } {
    const { promise, resolve } = Promise.withResolvers<void>();
    const waiting = waiters.get(id) ?? new Set();
    waiters.set(id, waiting);
    const end = (): void => {
      clearTimeout(timer);
      waiting.delete(end);
      if (waiting.size === 0 && waiters.get(id) === waiting) waiters.delete(id);
      resolve();
    };
    const timer = setTimeout(end, ms);
    waiting.add(end);
    return { woken: promise, cancel: end };
  }

  return {
    announce(id) {
      for (const wake of waiters.get(id) ?? []) wake();
    },
    async until(id, load) {
      const deadline = performance.now() + deadlineMs;
      for (;;) {
        const left = deadline - performance.now();
        // Asleep before looking: what arrives in between wakes it.
        const asleep = sleeper(id, Math.max(0, Math.min(lookAgainMs, left)));
        const found = await load().catch((error: unknown) => {
          asleep.cancel();
          throw error;
        });
        if (found || left <= 0) {
          asleep.cancel();
          return found;
        }
        await asleep.woken;
      }
    },
  };
}
