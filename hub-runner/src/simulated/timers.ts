/** Runs `work` later; returns how to call it off. */
export type After = (ms: number, work: () => void) => () => void;

export interface Timers {
  /** In simulated time, which flows `speed` times as fast as ours. */
  after: After;
  /** Resolves after a simulated while; rejects with the signal's reason when that comes first. */
  wait(ms: number, signal: AbortSignal): Promise<void>;
  clear(): void;
}

export const realAfter: After = (ms, work) => {
  const timer = setTimeout(work, ms);
  timer.unref();
  return () => clearTimeout(timer);
};

export function createTimers(speed: number, realTime: After): Timers {
  const pending = new Set<() => void>();
  const after: After = (ms, work) => {
    const forget = (): void => void pending.delete(cancel);
    const stop = realTime(ms / speed, () => {
      forget();
      work();
    });
    const cancel = (): void => {
      forget();
      stop();
    };
    pending.add(cancel);
    return cancel;
  };
  return {
    after,
    wait: (ms, signal) =>
      new Promise((resolve, reject) => {
        if (signal.aborted) return reject(signal.reason as Error);
        const cancel = after(ms, () => {
          signal.removeEventListener('abort', aborted);
          resolve();
        });
        const aborted = (): void => {
          cancel();
          reject(signal.reason as Error);
        };
        signal.addEventListener('abort', aborted, { once: true });
      }),
    clear: () => {
      for (const cancel of pending) cancel();
    },
  };
}
