import { delay, messageOf, type Logger } from '@vss/runtime';
import type { DeadLetterHandler, MessageHandler } from './broker.js';
import type { Message } from './message.js';

export interface AttemptOptions {
  readonly handler: MessageHandler;
  readonly onDead: DeadLetterHandler;
  readonly attempts: number;
  readonly backoffMs: number;
  readonly logger: Logger;
  readonly group: string;
}

const MOST_BACKOFF_MS = 5_000;

/**
 * Brings a message to its end: handled, or handed to `onDead`. Where that fails too (as when the database is away) the
 * handler is tried again, since what kept it from working may have passed. Rejects only when the signal aborts.
 */
export async function bringToEnd(message: Message, { handler, onDead, attempts, backoffMs, logger, group }: AttemptOptions, signal: AbortSignal): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    signal.throwIfAborted();
    try {
      return await handler(message, signal);
    } catch (error) {
      signal.throwIfAborted();
      const reason = messageOf(error);
      logger.warn({ group, messageId: message.id, messageType: message.type, traceId: message.traceId, attempt, reason }, 'A message could not be handled');
      if (attempt >= attempts && (await isTakenOut(() => onDead(message, reason, attempt), logger))) return;
    }
    await delay(Math.min(backoffMs * 2 ** Math.min(attempt - 1, 20), MOST_BACKOFF_MS), signal);
  }
}

async function isTakenOut(keep: () => Promise<void>, logger: Logger): Promise<boolean> {
  try {
    await keep();
    return true;
  } catch (error) {
    logger.error({ reason: messageOf(error) }, 'A dead letter could not be kept; the message is tried again');
    return false;
  }
}

// A handler that does not mind the signal must not keep the process from ending; its message comes again.
const STOP_MS = 3_000;

/** Resolves when all of these have ended, or after three seconds. */
export async function settledSoon(works: Iterable<Promise<unknown>>, ms = STOP_MS): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => (timer = setTimeout(resolve, ms)));
  await Promise.race([Promise.allSettled(works), late]);
  clearTimeout(timer);
}
