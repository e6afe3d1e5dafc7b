import { availableParallelism } from 'node:os';
import { AppError } from '@vss/runtime';

/** Runs a job when its turn has come. Jobs of one source wait for each other first, and for other sources' only in turn. */
export type HashQueue = <T>(source: string, job: () => Promise<T>) => Promise<T>;

export interface HashQueueLimits {
  /** So many jobs run at once. */
  readonly lanes: number;
  /** So many wait in all, and of one source. */
  readonly mostWaiting: number;
  readonly mostOfOneSource: number;
}

/**
 * A hash keeps a core busy for tens of milliseconds, so no more run at once than there are cores; and of the four
 * threads that Node lends to such work one stays free for files and names.
 */
export const HASH_LIMITS: HashQueueLimits = { lanes: Math.min(3, availableParallelism()), mostWaiting: 512, mostOfOneSource: 128 };

const RETRY_AFTER_SECONDS = 2;

/**
 * Sources take turns: somebody who sends a thousand sign-ins makes himself wait, not those at other addresses. What
 * would have to wait for too long is refused at once, before it costs anything.
 */
export function createHashQueue({ lanes, mostWaiting, mostOfOneSource }: HashQueueLimits = HASH_LIMITS): HashQueue {
  // In the order of whose turn is next.
  const waiting = new Map<string, (() => void)[]>();
  let waitingInAll = 0;
  let running = 0;

  function takeTurn(source: string): Promise<void> | undefined {
    if (running < lanes) {
      running += 1;
      return undefined;
    }
    const ofSource = waiting.get(source) ?? [];
    const details = { retryAfterSeconds: RETRY_AFTER_SECONDS };
    if (ofSource.length >= mostOfOneSource) throw new AppError('RATE_LIMITED', `Too many sign-ins at once from this address: try again in ${RETRY_AFTER_SECONDS} s`, details);
    if (waitingInAll >= mostWaiting) throw new AppError('UNAVAILABLE', `Too many sign in at this moment: try again in ${RETRY_AFTER_SECONDS} s`, details);
    waitingInAll += 1;
    return new Promise((resolve) => {
      ofSource.push(resolve);
      waiting.set(source, ofSource);
    });
  }

  /** Hands the lane on to the source whose turn it is; that source then comes last. */
  function passOn(): void {
    const [turn] = waiting;
    if (!turn) {
      running -= 1;
      return;
    }
    const [source, jobs] = turn;
    const start = jobs.shift();
    waiting.delete(source);
    if (jobs.length > 0) waiting.set(source, jobs);
    waitingInAll -= 1;
    start?.();
  }

  return async (source, job) => {
    await takeTurn(source);
    try {
      return await job();
    } finally {
      passOn();
    }
  };
}
