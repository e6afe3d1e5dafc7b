export interface Rate {
  /** How many at once, after a pause. */
  readonly burst: number;
  readonly perSecond: number;
}

/** What one client has left of a rate. */
export interface Bucket {
  left: number;
  filledAt: number;
}

/** Takes one and gives 0, or gives the milliseconds after which there is one again. */
export function take(bucket: Bucket, { burst, perSecond }: Rate, now: number): number {
  bucket.left = Math.min(burst, bucket.left + ((now - bucket.filledAt) / 1_000) * perSecond);
  bucket.filledAt = now;
  if (bucket.left < 1) return Math.ceil(((1 - bucket.left) / perSecond) * 1_000);
  bucket.left -= 1;
  return 0;
}
