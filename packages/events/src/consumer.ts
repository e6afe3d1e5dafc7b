import type { Logger } from '@vss/runtime';
import type { Broker, Subscription } from './broker.js';
import { MessagesRedriven } from './catalogue/index.js';
import type { Inbox, InboxEntityManager, Work } from './inbox.js';
import { payloadOf, type Message } from './message.js';

export interface ConsumerOptions<Tx extends InboxEntityManager> {
  readonly broker: Broker;
  readonly inbox: Inbox<Tx>;
  /** The inbox's group. */
  readonly group: string;
  readonly patterns: readonly string[];
  readonly work: Work<Tx>;
  /** The work may be done twice and in any order: see `Inbox.repeatable`. */
  readonly isRepeatable?: boolean;
  /** Messages that the group takes no note of, although a pattern fits. */
  readonly skip?: (message: Message) => boolean;
  /** Told of each message once it is handled and committed; also of one that had been handled before. */
  readonly onHandled?: (message: Message) => void;
  readonly logger: Logger;
}

/** Makes a group's inbox consume: its messages, and the requests to try again what it could not handle. */
export async function startConsumer<Tx extends InboxEntityManager>(options: ConsumerOptions<Tx>): Promise<Subscription> {
  const { broker, inbox, group, patterns, work, isRepeatable = false, skip, onHandled, logger } = options;
  const handle = isRepeatable ? inbox.repeatable(work) : inbox.handler(work);
  const messages = await broker.subscribe({
    group,
    patterns,
    async handler(message, signal) {
      if (skip?.(message)) return;
      await handle(message, signal);
      onHandled?.(message);
    },
    onDead: inbox.onDead,
  });
  // A group of its own: redriving opens transactions, and must not wait behind the message that it is to free.
  const redrives = await broker.subscribe({
    group: `${group}.redrive`,
    patterns: [MessagesRedriven.type],
    async handler(message) {
      const asked = payloadOf(MessagesRedriven, message);
      if (asked.group === group) await inbox.redrive(asked.subjectId, work);
    },
    onDead: async (message, reason) => logger.error({ group, messageId: message.id, reason }, 'A request to redrive could not be handled: ask again'),
  });
  return {
    check: () => messages.check(),
    async stop() {
      await Promise.all([messages.stop(), redrives.stop()]);
    },
  };
}
