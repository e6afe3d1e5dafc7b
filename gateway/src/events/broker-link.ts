import { AccessDenied, type Broker, type Message, type Subscription } from '@vss/events';
import { AppError, delay, messageOf, newId, type Logger } from '@vss/runtime';
import type { Denial } from '../guard/denial-reporter.js';
import { within } from '../common/within.js';
import { hearIdentity, type IdentityNews } from './identity-news.js';

/** What a gateway in a process of its own says and hears through the broker. */
export interface BrokerLink {
  /** Connects in the background: requests are answered whether or not there is a broker. */
  start(news: IdentityNews): void;
  /** Resolves when the broker has answered that news still reach this gateway: see Subscription. */
  check(): Promise<string>;
  /** Publishes it for the audit, when there is a broker; never throws and never waits. */
  tellDenial(denial: Denial): void;
  /** Publishes what is left as far as that can be done soon. */
  close(): Promise<void>;
}

export interface BrokerLinkOptions {
  /** Rejects where there is no broker at the moment; called again then. */
  readonly connect: () => Promise<Broker>;
  readonly logger: Logger;
  readonly retryMs?: number;
  /** Denials that wait while there is no broker. */
  readonly mostWaiting?: number;
}

const CLOSE_MS = 1_000;

export function createBrokerLink({ connect, logger, retryMs = 1_000, mostWaiting = 1_000 }: BrokerLinkOptions): BrokerLink {
  const stopping = new AbortController();
  const { signal } = stopping;
  const waiting: Message[] = [];
  let lost = 0;
  let broker: Broker | undefined;
  let heard: Subscription | undefined;
  let isPublishing = false;
  let published = Promise.resolve();

  async function open(news: IdentityNews): Promise<void> {
    const connected = await connect();
    // Closed while it was still being connected.
    if (signal.aborted) return connected.close();
    broker = connected;
    publish();
    heard = await hearIdentity({ broker, news, logger });
  }

  async function openWhenPossible(news: IdentityNews): Promise<void> {
    while (!signal.aborted && !broker) {
      try {
        await open(news);
      } catch (error) {
        if (!signal.aborted) logger.warn({ reason: messageOf(error) }, 'There is no broker: denials wait, and ended sessions are not heard of');
        await delay(retryMs, signal).catch(() => undefined);
      }
    }
  }

  function publish(): void {
    if (broker && !isPublishing) published = publishAll(broker);
  }

  async function publishAll(to: Broker): Promise<void> {
    isPublishing = true;
    for (let [next] = waiting; next && !signal.aborted; [next] = waiting) {
      try {
        await to.publish(next);
        waiting.shift();
      } catch (error) {
        logger.warn({ waiting: waiting.length, reason: messageOf(error) }, 'A denial could not be published now');
        await delay(retryMs, signal).catch(() => undefined);
      }
    }
    isPublishing = false;
    if (waiting.length === 0) reportLost();
  }

  function reportLost(): void {
    if (lost > 0) logger.error({ lost }, 'Denials are missing in the audit: too many waited for the broker');
    lost = 0;
  }

  return {
    start: (news) => void openWhenPossible(news),
    check: () => (heard ? heard.check() : Promise.reject(new AppError('UNAVAILABLE', 'There is no broker'))),
    tellDenial(denial) {
      if (waiting.length >= mostWaiting) {
        lost += 1;
        return;
      }
      waiting.push(messageFor(denial));
      publish();
    },
    async close() {
      await within(CLOSE_MS, published);
      stopping.abort(new Error('closed'));
      lost += waiting.length;
      reportLost();
      await broker?.close();
    },
  };
}

function messageFor({ actor, permission, operation, traceId, count, sourceAddress }: Denial): Message {
  const at = new Date().toISOString();
  const payload = { userId: actor.userId, role: actor.role, permission, operation, wall: 'GATEWAY' as const, count, sourceAddress, at };
  return {
    id: newId('msg'),
    type: AccessDenied.type,
    version: AccessDenied.version,
    at,
    centerId: actor.centerId || null,
    aggregateId: AccessDenied.aggregateIdOf(payload),
    // A gateway keeps nothing, so it cannot count on over its restarts; nobody builds on the order of denials.
    sequence: 0,
    causationId: null,
    traceId,
    actor: actor.userId,
    payload,
  };
}
