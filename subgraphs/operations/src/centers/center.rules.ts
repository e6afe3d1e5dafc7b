import { assertAllowed, type Actor } from '@vss/auth';

/** Condition on centers: one's own, or all of them with scope ALL. Centers have no `centerId` for the filter to go by. */
export const centersWithin = (actor: Actor): { id: string } | Record<string, never> =>
  assertAllowed(actor, 'centers:read') === 'ALL' ? {} : { id: actor.centerId };

/** Whether the platform knows the time zone, by its name in the IANA database. */
export function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

const DAY_MS = 86_400_000;

/** How far a zone's clocks are ahead of UTC at an instant. */
function offsetMs(at: Date, timeZone: string): number {
  const format = new Intl.DateTimeFormat('en', { timeZone, hourCycle: 'h23', year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric' });
  const parts = new Map(format.formatToParts(at).map(({ type, value }) => [type, Number(value)]));
  const [year = 0, month = 1, day, hour, minute, second] = (['year', 'month', 'day', 'hour', 'minute', 'second'] as const).map((part) => parts.get(part));
  return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(at.getTime() / 1000) * 1000;
}

/** When the day that `at` lies in began there. Where clocks were put forward over midnight, the first instant there was. */
export function startOfDay(at: Date, timeZone: string): Date {
  const now = offsetMs(at, timeZone);
  const midnight = Math.floor((at.getTime() + now) / DAY_MS) * DAY_MS;
  // Clocks may have been changed since: what counts is how they stood about midnight.
  return new Date(midnight - offsetMs(new Date(midnight - now), timeZone));
}
