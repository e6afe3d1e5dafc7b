const UNDER_WAY_MS = 10_000;

/** Whether it was asked for so recently that asking again could only get in the way. */
export const isUnderWay = (redrivenAt: Date | null, now: Date): boolean => redrivenAt !== null && now.getTime() - redrivenAt.getTime() < UNDER_WAY_MS;
