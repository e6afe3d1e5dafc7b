import { messageOf, startRepeating, withDeadline, type Logger } from '@vss/runtime';

export interface SessionWatchOptions {
  /** Resolves when the broker has answered that news still reach this gateway, with the place that they come to: see Subscription. */
  readonly check: () => Promise<string>;
  readonly gateway: {
    /** Whether each session that ends from now on is heard of. */
    hearsNews(isHeard: boolean): void;
    /** Asks identity about everybody who is connected, and closes whom it does not confirm. */
    confirmSessions(): Promise<void>;
  };
  readonly logger: Logger;
  readonly everyMs?: number;
  /** How long it may be that nothing is heard from the broker. */
  readonly silenceMs?: number;
}

/**
 * A gateway that hears nothing from the broker does not know that it hears nothing of ended sessions. So it asks the broker
 * all the time, and while there is no answer it asks identity itself; once more when the answers are back, about what it missed.
 */
export function startSessionWatch({ check, gateway, logger, everyMs = 500, silenceMs = 2_000 }: SessionWatchOptions): { stop(): Promise<void> } {
  let heardAt = performance.now();
  // What came before it listened it has not heard.
  let isDeaf = true;
  let place: string | undefined;
  gateway.hearsNews(false);

  async function placeOfNews(): Promise<string | undefined> {
    try {
      return await withDeadline(everyMs, 'An answer of the broker', () => check());
    } catch (error) {
      logger.debug({ reason: messageOf(error) }, 'The broker does not answer');
      return undefined;
    }
  }

  async function heard(at: string): Promise<void> {
    heardAt = performance.now();
    const isElsewhere = place !== undefined && place !== at;
    place = at;
    if (!isDeaf && !isElsewhere) return;
    // First, so that what ends while identity is asked is heard of.
    gateway.hearsNews(true);
    await gateway.confirmSessions();
    isDeaf = false;
  }

  async function unheard(): Promise<void> {
    if (performance.now() - heardAt < silenceMs) return;
    if (!isDeaf) logger.warn({}, 'The broker has fallen silent: identity is asked who may stay connected');
    isDeaf = true;
    gateway.hearsNews(false);
    await gateway.confirmSessions();
  }

  return startRepeating({
    everyMs,
    logger,
    async work() {
      const at = await placeOfNews();
      await (at === undefined ? unheard() : heard(at));
    },
  });
}
