import { randomFillSync } from 'node:crypto';

/** The place in a trace that a caller gave us: W3C Trace Context, header `traceparent`. */
export interface TraceParent {
  /** 32 hexadecimal digits. */
  readonly traceId: string;
  /** As it is sent on: version 00. */
  readonly traceparent: string;
}

// Filled at once for many ids: asking the system for sixteen bytes at a time costs ten times as much.
const pool = Buffer.allocUnsafeSlow(4_096);
let used = pool.length;

function randomHex(bytes: number): string {
  if (used + bytes > pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  used += bytes;
  return pool.toString('hex', used - bytes, used);
}

export const newTraceId = (): string => randomHex(16);
export const newSpanId = (): string => randomHex(8);

export const formatTraceparent = (traceId: string, spanId: string, isSampled: boolean): string => `00-${traceId}-${spanId}-${isSampled ? '01' : '00'}`;

// Later versions may have more after the flags; ff is no version. Ids of zeros only are none.
const TRACEPARENT = /^(?!ff)([0-9a-f]{2})-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-([0-9a-f]{2})(-.*)?$/;

/** What a caller said, or undefined where it is no `traceparent`: then a trace begins here. */
export function parseTraceparent(text: unknown): TraceParent | undefined {
  if (typeof text !== 'string') return undefined;
  const [, version, traceId = '', spanId = '', flags = '', rest] = TRACEPARENT.exec(text) ?? [];
  if (version === undefined || (version === '00' && rest !== undefined)) return undefined;
  return { traceId, traceparent: formatTraceparent(traceId, spanId, (Number.parseInt(flags, 16) & 1) === 1) };
}

/** For a trace that nobody records: the next process takes its id up all the same, for logs and errors. */
export const unrecordedTraceparent = (traceId: string): string => formatTraceparent(traceId, traceId.slice(16), false);
