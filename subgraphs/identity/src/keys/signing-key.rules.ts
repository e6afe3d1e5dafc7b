/** An access token lives so long at most. */
export const ACCESS_TOKEN_SECONDS = 600;
/** How far the clocks of those who sign and those who verify may be apart. */
const CLOCK_SKEW_SECONDS = 60;
/** After so long another key signs, unless the installation says otherwise. */
export const ROTATION_DAYS = 30;

const DAY_MS = 24 * 3600 * 1000;

/** Until when a key that signs no more is published: as long as a token of its may still be good somewhere. */
export const publishedUntil = (retiredAt: Date): Date => new Date(retiredAt.getTime() + (ACCESS_TOKEN_SECONDS + 2 * CLOCK_SKEW_SECONDS) * 1000);

export const isRotationDue = (activatedAt: Date, rotationDays: number, now: Date): boolean => now.getTime() - activatedAt.getTime() >= rotationDays * DAY_MS;
