import { describe, expect, it } from 'vitest';
import { isRecent, lostBefore } from './hub.rules.js';

const now = new Date('2026-11-22T12:00:00Z');

describe('a hub', () => {
  it('is lost after three missed heartbeats', () => expect(lostBefore(now, 5_000)).toEqual(new Date('2026-11-22T11:59:45Z')));
  it('is not brought back by a heartbeat that waited in a queue', () => {
    expect(isRecent(new Date('2026-11-22T11:58:59Z'), now)).toBe(false);
    expect(isRecent(new Date('2026-11-22T11:59:30Z'), now)).toBe(true);
    expect(isRecent(new Date('2026-11-22T12:00:20Z'), now)).toBe(true);
  });
});
