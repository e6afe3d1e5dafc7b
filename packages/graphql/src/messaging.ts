import { createPool, forkFor, type DatabaseTarget, type EntityManager, type Orm } from '@vss/db';
import { createInbox, createOutbox, createOutboxTail, createRelay, MutationRecorded, startConsumer, type Broker, type Message, type Outbox, type OutboxTail, type Subscription, type Work } from '@vss/events';
import type { Logger, Now } from '@vss/runtime';
import { createMutationAudit, createOverrideReports, heard, type WriteRecord } from './audit/index.js';
import { createDenialReports, type DenialReports } from './denials.js';
import type { SubgraphAudit } from './subgraph.js';

export interface MessagingOptions {
  /** Name of the subgraph, of its schema, and of its first consumer group. */
  readonly name: string;
  readonly target: DatabaseTarget;
  readonly orm: Orm;
  readonly broker: Broker;
  readonly logger: Logger;
  readonly now: Now;
  /** Takes mutations down where the audit itself is at hand; by default they are told to it by the outbox. */
  readonly writeRecord?: WriteRecord | undefined;
}

/** Which messages are heard, and what is done with them. */
export interface ConsumerGroup {
  /** Name of the group; the subgraph's where absent. */
  readonly group?: string;
  readonly patterns: readonly string[];
  readonly work: Work<EntityManager>;
  /** The work may be done twice and in any order. */
  readonly isRepeatable?: boolean;
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
  /** Give it to `createSubgraph`: with it every mutation is recorded, by no doing of the services. */
  readonly audit: SubgraphAudit;
  /** Hears first and speaks then: what comes of its own messages is not missed. */
  start(groups: readonly ConsumerGroup[]): Promise<void>;
  /** Takes no more in, and has said what it was told to say when it resolves. */
  stop(): Promise<void>;
}

/** What a subgraph hears and says, through the inbox and the outbox in its own schema. */
export function createMessaging({ name, target, orm, broker, logger, now, writeRecord }: MessagingOptions): Messaging {
  const everywhere = (): EntityManager => forkFor(orm, 'ALL');
  const pool = createPool(target, { applicationName: `vss-${name}-relay` });
  const messages = createOutbox({ schema: name, now });
  const outbox = heard(messages);
  const relay = createRelay({ pool, schema: name, broker, logger });
  const tail = createOutboxTail({ pool, schema: name, logger });
  const denials = createDenialReports({ fork: everywhere, outbox, logger, now });
  const overrides = createOverrideReports({ fork: everywhere, outbox: messages, logger, now });
  const mutations = createMutationAudit({ subgraph: name, orm, fork: everywhere, write: writeRecord ?? sayRecord(messages), logger, now });
  const consumers: Subscription[] = [];

  return {
    everywhere,
    outbox,
    tail,
    onDenied: denials.onDenied,
    audit: { onOverride: overrides.onOverride, mutations },
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
      await overrides.settled();
      await relay.stop();
      await pool.end();
    },
  };
}

/** One more row of the outbox, in the transaction that is about to commit: all its entities are written by then. */
function sayRecord(outbox: Outbox): WriteRecord {
  return async (em, record, { scope: { actor, traceId } }) => {
    const written = { flush: () => Promise.resolve(), execute: (sql: string, params?: readonly unknown[]) => em.execute(sql, params as unknown[]) };
    await outbox.add(written, MutationRecorded, record, { centerId: actor.centerId || null, traceId, actor: actor.userId });
  };
}
