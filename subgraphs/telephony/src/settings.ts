/** Times and limits that telephony works with. Every one has a default that suits real telephones. */
export interface TelephonySettings {
  /** How long a slot winds up after a call before it is READY again. */
  readonly wrapUpMs: number;
  /** How long the far end may ring. */
  readonly ringTimeoutMs: number;
  /** How long a call may stay without an answer before it is given up; longer than the ringing. */
  readonly callingMs: number;
  /** How long a hub may take to begin a command that it was sent for a call. */
  readonly dispatchMs: number;
  /** How much later than a deadline a hub's report may still come in. */
  readonly graceMs: number;
  /** How long a hub may take to confirm that it hung up. */
  readonly hangupMs: number;
  readonly maxCallMs: number;
  readonly registeringMs: number;
  /** Wait after the first failed registration; it doubles with each further one. */
  readonly registrationBackoffMs: number;
  /** How long before its end a registration is renewed. */
  readonly registrationMarginMs: number;
  /** How often a slot at fault is checked, where the platform may do so by itself. */
  readonly faultRecheckMs: number;
  /** How long a health check may take, with a power cycle. */
  readonly recoverMs: number;
  /** The longest reservation of a slot. */
  readonly maxReservationSeconds: number;
  /** How often it is looked for what is due, at the least: other instances set deadlines too. */
  readonly lookEveryMs: number;
  /** Beginnings of numbers, in E.164, that are not called. */
  readonly blockedPrefixes: readonly string[];
}

export const DEFAULT_SETTINGS: TelephonySettings = {
  wrapUpMs: 3_000,
  ringTimeoutMs: 45_000,
  callingMs: 90_000,
  dispatchMs: 15_000,
  graceMs: 5_000,
  hangupMs: 10_000,
  maxCallMs: 4 * 3_600_000,
  registeringMs: 30_000,
  registrationBackoffMs: 2_000,
  registrationMarginMs: 5_000,
  faultRecheckMs: 30_000,
  recoverMs: 60_000,
  maxReservationSeconds: 3_600,
  lookEveryMs: 400,
  blockedPrefixes: [],
};
