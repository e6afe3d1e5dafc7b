/** A hub that misses three of its heartbeats is offline. */
export const MISSED_HEARTBEATS = 3;

/** Instants before which a hub must have been heard of last to count as lost. */
export const lostBefore = (now: Date, heartbeatMs: number): Date => new Date(now.getTime() - MISSED_HEARTBEATS * heartbeatMs);

/**
 * Whether a report says something of now. One that waited in a queue while nobody consumed does not: the hub may be gone
 * since. A minute is allowed for clocks that differ.
 */
export const isRecent = (at: Date, now: Date): boolean => now.getTime() - at.getTime() < 60_000;
