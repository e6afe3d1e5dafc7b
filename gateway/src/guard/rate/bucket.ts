/** What somebody may take: up to a full bucket at once, and as much again every minute. */
export interface Bucket {
  /** What is left at this moment; below nothing where others took it at another gateway. */
  level: number;
  /** When the level was right, in milliseconds. */
  at: number;
}

export const MINUTE_MS = 60_000;

export const fullBucket = (perMinute: number, now: number): Bucket => ({ level: perMinute, at: now });

/** Lets in what has come since it was last looked at. */
export function refill(bucket: Bucket, perMinute: number, now: number): void {
  if (now > bucket.at) bucket.level = Math.min(perMinute, bucket.level + ((now - bucket.at) * perMinute) / MINUTE_MS);
  bucket.at = now;
}

/** How long until this much is there. One that wants more than a whole bucket gets it when the bucket is full. */
export const waitFor = (bucket: Bucket, amount: number, perMinute: number): number =>
  Math.max(0, Math.ceil(((Math.min(amount, perMinute) - bucket.level) * MINUTE_MS) / perMinute));
