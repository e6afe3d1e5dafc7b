import { delay, type Now } from '@vss/runtime';

const BASE32 = '0123456789abcdefghjkmnpqrstvwxyz';
const TYPED_ID = /^[a-z]+_[0-7][0-9a-hjkmnp-tv-z]{25}$/;
/** How long after it was made an id may still be unknown here. */
const FRESH_MS = 10_000;
const LOOK_AGAIN_MS = 40;
const WAIT_MS = 2_000;

/** Whether an id was made just now: its first ten characters are the milliseconds of a UUIDv7, in base 32. */
export function isFresh(id: string, now: Date): boolean {
  if (!TYPED_ID.test(id)) return false;
  const start = id.lastIndexOf('_') + 1;
  const madeAt = Array.from(id.slice(start, start + 10)).reduce((ms, character) => ms * 32 + BASE32.indexOf(character), 0);
  return Math.abs(now.getTime() - madeAt) < FRESH_MS;
}

/**
 * Waits for a row that an event is just bringing: who makes a lead and calls it in the same breath must not be told that
 * there is none. An old or made-up id is not waited for.
 */
export async function untilArrived(id: string, isThere: () => Promise<boolean>, now: Now): Promise<void> {
  if (!isFresh(id, now())) return;
  for (let waitedMs = 0; waitedMs < WAIT_MS && !(await isThere()); waitedMs += LOOK_AGAIN_MS) await delay(LOOK_AGAIN_MS);
}
