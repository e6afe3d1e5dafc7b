import { messageOf, startRepeating, withDeadline, type Logger } from '@vss/runtime';

export interface SessionWatchOptions {
  /** Resolves when the broker has answered that news still reach this gateway. */
  readonly check: () => Promise<void>;
  /** Asks identity about everybody who is connected, and closes whom it does not confirm. */
  readonly confirmSessions: () => Promise<void>;
  readonly logger: Logger;
  readonly everyMs?: number;
  /** How long it may be that nothing is heard from the broker. */
  readonly silenceMs?: number;
}

/**
 * A gateway that hears nothing from the broker does not know that it hears nothing of ended sessions. So it asks the broker
 * all the time, and while there is no answer it asks identity itself; once more when the answers are back, about what it missed.
 */
export function startSessionWatch({ check, confirmSessions, logger, everyMs = 500, silenceMs = 2_000 }: SessionWatchOptions): { stop(): Promise<void> } {
  let heardAt = performance.now();
  // What came before it listened it has not heard.
  let isDeaf = true;

  async function isHeard(): Promise<boolean> {
    try {
      await withDeadline(everyMs, 'An answer of the broker', () => check());
      return true;
    } catch (error) {
      logger.debug({ reason: messageOf(error) }, 'The broker does not answer');
      return false;
    }
  }

  return startRepeating({
    everyMs,
    logger,
    async work() {
      if (await isHeard()) {
        heardAt = performance.now();
        if (!isDeaf) return;
        await confirmSessions();
        isDeaf = false;
        return;
      }
      if (performance.now() - heardAt < silenceMs) return;
      if (!isDeaf) logger.warn({}, 'The broker has fallen silent: identity is asked who may stay connected');
      isDeaf = true;
      await confirmSessions();
    },
  });
}
