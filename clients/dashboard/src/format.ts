const clock = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit', second: '2-digit' });
const day = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });

export const timeOf = (instant: string | null | undefined): string => (instant ? clock.format(new Date(instant)) : '–');
export const dateOf = (instant: string | null | undefined): string => (instant ? day.format(new Date(instant)) : '–');

/** 75 → 1:15 */
export function minutes(seconds: number | null | undefined): string {
  if (seconds === null || seconds === undefined) return '–';
  return `${Math.floor(seconds / 60)}:${String(Math.round(seconds % 60)).padStart(2, '0')}`;
}

export const percent = (ratio: number | null | undefined): string => (ratio === null || ratio === undefined ? '–' : `${Math.round(ratio * 100)} %`);

/** ACTIVE_CALL → active call */
export const words = (value: string | null | undefined): string => (value ?? '–').toLowerCase().replaceAll('_', ' ');
