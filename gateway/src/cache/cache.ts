/**
 * Texts and counters that gateways may share and that may be lost at any moment: documents by their hash, what was used
 * of an allowance, answers. Nothing here is truth.
 */
export interface Cache {
  /** The text, or undefined where there is none or it has expired. */
  get(key: string): Promise<string | undefined>;
  /** Keeps the text for this long. */
  set(key: string, value: string, ttlMs: number): Promise<void>;
  /** Adds to a counter, gives what it comes to, and keeps it for this long from now; one that is not there begins at 0. */
  increment(key: string, by: number, ttlMs: number): Promise<number>;
  delete(key: string): Promise<void>;
  close(): Promise<void>;
}
