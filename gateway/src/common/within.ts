import { delay } from '@vss/runtime';

/** Waits for the work, but no longer than this. Leaves no timer behind. */
export async function within(ms: number, work: Promise<unknown>): Promise<void> {
  const timer = new AbortController();
  await Promise.race([work, delay(ms, timer.signal).catch(() => undefined)]);
  timer.abort(new Error('no longer needed'));
}
