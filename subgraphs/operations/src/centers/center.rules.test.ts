import { describe, expect, it } from 'vitest';
import { isTimeZone, startOfDay } from './center.rules.js';

describe('the day of a center', () => {
  it.each([
    ['2026-11-22T12:00:00Z', 'UTC', '2026-11-22T00:00:00Z'],
    ['2026-11-22T00:00:00Z', 'UTC', '2026-11-22T00:00:00Z'],
    ['2026-11-22T23:30:00Z', 'Europe/Berlin', '2026-11-22T23:00:00Z'],
    ['2026-11-22T22:59:59Z', 'Europe/Berlin', '2026-11-21T23:00:00Z'],
    ['2026-11-22T03:00:00Z', 'America/New_York', '2026-11-21T05:00:00Z'],
    ['2026-11-22T18:45:00Z', 'Asia/Kolkata', '2026-11-22T18:30:00Z'],
    // Clocks were put forward at 02:00 and back at 03:00 on these days: midnight lies in the offset of the night before.
    ['2026-03-29T12:00:00Z', 'Europe/Berlin', '2026-03-28T23:00:00Z'],
    ['2026-10-25T12:00:00Z', 'Europe/Berlin', '2026-10-24T22:00:00Z'],
    // Clocks were put forward over midnight: the day began at 01:00.
    ['2026-09-06T12:00:00Z', 'America/Santiago', '2026-09-06T04:00:00Z'],
  ])('at %s in %s began at %s', (at, zone, start) => expect(startOfDay(new Date(at), zone).toISOString()).toBe(new Date(start).toISOString()));
});

it('a time zone is one that the platform knows', () => {
  expect(['UTC', 'Europe/Berlin', 'Europe/Berlen', ''].map(isTimeZone)).toEqual([true, true, false, false]);
});
