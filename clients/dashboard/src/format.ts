const clock = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' });
const day = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
const instant = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' });

type Instant = string | null | undefined;
const format = (with_: Intl.DateTimeFormat, at: Instant): string => (at ? with_.format(new Date(at)) : '–');

export const timeOf = (at: Instant): string => format(clock, at);
export const dateOf = (at: Instant): string => format(day, at);
export const instantOf = (at: Instant): string => format(instant, at);

/** 75 → 1:15 */
export function minutes(seconds: number | null | undefined): string {
  if (seconds === null || seconds === undefined) return '–';
  const whole = Math.max(0, Math.round(seconds));
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`;
}

export const percent = (ratio: number | null | undefined): string => (ratio === null || ratio === undefined ? '–' : `${Math.round(ratio * 100)} %`);

/** ACTIVE_CALL → active call */
export const words = (value: string | null | undefined): string => (value ?? '–').toLowerCase().replaceAll('_', ' ');
