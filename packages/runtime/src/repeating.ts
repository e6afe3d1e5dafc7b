import type { Logger } from './logger.js';
import { delay } from './time.js';

/** Does something again and again until it is stopped; what fails is logged and tried the next time. */
export function startRepeating(options: { everyMs: number; firstAfterMs?: number; work: () => Promise<unknown>; logger: Logger }): { stop(): Promise<void> } {
  const { everyMs, firstAfterMs = 0, work, logger } = options;
  const stopping = new AbortController();
  const { signal } = stopping;
  const running = repeat();

  async function repeat(): Promise<void> {
    if (firstAfterMs > 0) await delay(firstAfterMs, signal).catch(() => undefined);
    while (!signal.aborted) {
      await work().catch((error: unknown) => logger.error({ err: error }, 'A repeated task failed'));
      await delay(everyMs, signal).catch(() => undefined);
    }
  }
  return {
    async stop() {
      stopping.abort();
      await running;
    },
  };
}
