import { createPool, forkFor, type DatabaseTarget, type EntityManager, type Orm } from '@vss/db';
import { createInbox, createOutbox, createOutboxTail, createRelay, startConsumer, type Broker, type Message, type Outbox, type OutboxTail, type Subscription, type Work } from '@vss/events';
import type { Logger, Now } from '@vss/runtime';
import { createDenialReports, type DenialReports } from './denials.js';

export interface MessagingOptions {
  /** Name of the subgraph, of its schema, and of its first consumer group. */
  readonly name: string;
  readonly target: DatabaseTarget;
  readonly orm: Orm;
  readonly broker: Broker;
  readonly logger: Logger;
  readonly now: Now;
}

/** Which messages are heard, and what is done with them. */
export interface ConsumerGroup {
  /** Name of the group; the subgraph's where absent. */
  readonly group?: string;
  readonly patterns: readonly string[];
  readonly work: Work<EntityManager>;
  readonly skip?: (message: Message) => boolean;
  readonly onHandled?: (message: Message) => void;
}

export interface Messaging {
  /** An EntityManager over all centers, for what the platform does itself. */
  readonly everywhere: () => EntityManager;
  readonly outbox: Outbox;
  /** The source of live streams. */
  readonly tail: OutboxTail;
  readonly onDenied: DenialReports['onDenied'];
  /** Hears first and speaks then: what comes of its own messages is not missed. */
  start(groups: readonly ConsumerGroup[]): Promise<void>;
  /** Takes no more in, and has said what it was told to say when it resolves. */
  stop(): Promise<void>;
}

/** What a subgraph hears and says, through the inbox and the outbox in its own schema. */
export function createMessaging({ name, target, orm, broker, logger, now }: MessagingOptions): Messaging {
  const everywhere = (): EntityManager => forkFor(orm, 'ALL');
  const pool = createPool(target, { applicationName: `vss-${name}-relay` });
  const outbox = createOutbox({ schema: name, now });
  const relay = createRelay({ pool, schema: name, broker, logger });
  const tail = createOutboxTail({ pool, schema: name, logger });
  const denials = createDenialReports({ fork: everywhere, outbox, logger, now });
  const consumers: Subscription[] = [];

  return {
    everywhere,
    outbox,
    tail,
    onDenied: denials.onDenied,
    async start(groups) {
      for (const { group = name, ...rest } of groups) {
        const inbox = createInbox<EntityManager>({ fork: (centerId) => forkFor(orm, centerId ?? 'ALL'), schema: name, group, outbox, logger });
        consumers.push(await startConsumer({ broker, inbox, group, logger, ...rest }));
      }
      await relay.start();
    },
    async stop() {
      await Promise.all(consumers.map((consumer) => consumer.stop()));
      await tail.stop();
      await denials.settled();
      await relay.stop();
      await pool.end();
    },
  };
}
