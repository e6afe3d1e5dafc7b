export interface WakeUp {
  wake(): void;
  /** Counts every wake from now on, also one that comes before the waiting begins. */
  next(): { orAfter(ms: number, signal: AbortSignal): Promise<void> };
}

/** Lets a loop sleep until there is something to do, without losing a call that comes while it works. */
export function createWakeUp(): WakeUp {
  let current = Promise.withResolvers<void>();
  return {
    wake() {
      current.resolve();
      current = Promise.withResolvers();
    },
    next() {
      const { promise } = current;
      return {
        async orAfter(ms, signal) {
          if (signal.aborted) return;
          const over = Promise.withResolvers<void>();
          const end = (): void => over.resolve();
          const timer = setTimeout(end, ms);
          signal.addEventListener('abort', end, { once: true });
          await Promise.race([promise, over.promise]);
          clearTimeout(timer);
          signal.removeEventListener('abort', end);
        },
      };
    },
  };
}
