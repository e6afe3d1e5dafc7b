export type CommandStatus = 'QUEUED' | 'DISPATCHED' | 'STARTED' | 'SUCCEEDED' | 'FAILED' | 'EXPIRED' | 'CANCELLED';

const ORDER: Readonly<Record<CommandStatus, number>> = { QUEUED: 0, DISPATCHED: 1, STARTED: 2, SUCCEEDED: 3, FAILED: 3, EXPIRED: 3, CANCELLED: 3 };

/**
 * Whether a command may move on. Reports come at least once and in any order: none moves it back, and its first end
 * stands, but for one case: EXPIRED is only what we took its silence for, and the runner knows better.
 */
export function mayBecome(from: CommandStatus, to: CommandStatus): boolean {
  if (from === 'EXPIRED') return to === 'SUCCEEDED' || to === 'FAILED';
  return ORDER[to] > ORDER[from];
}

export const isEnd = (status: CommandStatus): boolean => ORDER[status] === 3;
