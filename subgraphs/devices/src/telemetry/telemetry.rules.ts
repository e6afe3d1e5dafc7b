export const WEAK_BELOW_PERCENT = 30;

export type LinkState = 'GOOD' | 'WEAK' | 'LOST';

/** What the strength of a radio link comes to; null where the device has none or did not say. */
export function linkState(percent: number | null): LinkState | null {
  if (percent === null) return null;
  if (percent <= 0) return 'LOST';
  return percent < WEAK_BELOW_PERCENT ? 'WEAK' : 'GOOD';
}
