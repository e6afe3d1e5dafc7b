/** How long after it was made an id may still be unknown here, since events take a moment. */
export const ARRIVAL_MS = 10_000;

const BASE32 = '0123456789abcdefghjkmnpqrstvwxyz';

/** When an id was made: the first ten characters after the prefix are the milliseconds of its UUIDv7 in base 32. */
export function madeAt(id: string): Date {
  const start = id.lastIndexOf('_') + 1;
  let ms = 0;
  for (const character of id.slice(start, start + 10)) ms = ms * 32 + BASE32.indexOf(character);
  return new Date(ms);
}

const TYPED_ID = /^[a-z]+_[0-7][0-9a-hjkmnp-tv-z]{25}$/;

/** Whether a row that is not known may be one that was just made elsewhere. An old or made-up id is unknown for good. */
export const mayStillArrive = (id: string, now: Date): boolean => TYPED_ID.test(id) && Math.abs(now.getTime() - madeAt(id).getTime()) < ARRIVAL_MS;
