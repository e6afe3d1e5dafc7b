import { messageOf, newId as makeId, type Logger, type NewId } from '@vss/runtime';
import { MessageDeadLettered, MessagesRedriven } from './catalogue/index.js';
import type { DeadLetterHandler, MessageHandler } from './broker.js';
import type { Message } from './message.js';
import { quoteName, type Outbox, type OutboxTransaction } from './outbox.js';

/** What the inbox needs of an EntityManager. */
export interface InboxEntityManager extends OutboxTransaction {
  transactional<T>(work: (tx: this) => Promise<T>): Promise<T>;
}

export type Work<Tx> = (tx: Tx, message: Message) => Promise<void>;

export interface Inbox<Tx> {
  /** Wraps a group's work: once for each message, in one transaction with the note that it was done. */
  handler(work: Work<Tx>): MessageHandler;
  /**
   * For work that does no harm when it is done twice and in any order, and is one statement: without a transaction and
   * without a note, which cost four times as much as the work itself.
   */
  repeatable(work: Work<Tx>): MessageHandler;
  /** Keeps what could not be handled and tells of it; later messages of the same aggregate are parked behind it. */
  readonly onDead: DeadLetterHandler;
  /**
   * Tries again what is kept for an aggregate, in order, until one fails again. Gives how many were handled. Not to be
   * called within a handler's own transaction.
   */
  redrive(subjectId: string, work: Work<Tx>): Promise<number>;
}

export interface InboxOptions<Tx extends InboxEntityManager> {
  /** An EntityManager of its own for each message, limited to the message's center; null stands for all centers. */
  readonly fork: (centerId: string | null) => Tx;
  readonly schema: string;
  readonly group: string;
  readonly outbox: Outbox;
  readonly logger: Logger;
  readonly newId?: NewId;
}

interface Letter {
  readonly n: string;
  readonly message_id: string;
  readonly message: Message | string;
}

export function createInbox<Tx extends InboxEntityManager>({ fork, schema, group, outbox, logger, newId = makeId }: InboxOptions<Tx>): Inbox<Tx> {
  const inbox = `${quoteName(schema)}.inbox`;
  const letters = `${quoteName(schema)}.dead_letter`;
  const headOf = `select n, message_id, message from ${letters} where consumer_group = ? and subject_id = ? order by n limit 1`;

  /** False when it has been done before; waits when another process is doing it now. */
  async function isFirst(tx: Tx, message: Message): Promise<boolean> {
    const rows = await tx.execute(`insert into ${inbox} (consumer_group, message_id) values (?, ?) on conflict do nothing returning 1`, [group, message.id]);
    return (rows as unknown[]).length > 0;
  }

  async function keep(tx: Tx, message: Message, state: 'DEAD' | 'PARKED', reason: string, attempts: number): Promise<void> {
    await tx.execute(
      `insert into ${letters} (id, consumer_group, subject_id, message_id, message_type, center_id, message, state, reason, attempts)` +
        ` values (?, ?, ?, ?, ?, ?, ?::jsonb, ?, ?, ?) on conflict do nothing`,
      [newId('dead'), group, message.aggregateId, message.id, message.type, message.centerId, JSON.stringify(message), state, reason.slice(0, 2_000), attempts],
    );
  }

  async function isBehindDeadOne(tx: Tx, message: Message): Promise<boolean> {
    // Shared with others that park, but not with a redrive: whichever comes second sees what the first has done.
    const rows = await tx.execute(`${headOf} for share`, [group, message.aggregateId]);
    return (rows as unknown[]).length > 0;
  }

  function handler(work: Work<Tx>): MessageHandler {
    return (message) =>
      fork(message.centerId).transactional(async (tx) => {
        if (!(await isFirst(tx, message))) return;
        if (await isBehindDeadOne(tx, message)) return keep(tx, message, 'PARKED', 'An earlier message of the same subject could not be handled', 0);
        await work(tx, message);
        await tx.flush();
      });
  }

  const repeatable = (work: Work<Tx>): MessageHandler => (message) => work(fork(message.centerId), message);

  async function onDead(message: Message, reason: string, attempts: number): Promise<void> {
    logger.error({ group, messageId: message.id, messageType: message.type, aggregateId: message.aggregateId, traceId: message.traceId, reason, attempts }, 'A message could not be handled; it is kept as a dead letter');
    await fork(message.centerId).transactional(async (tx) => {
      if (!(await isFirst(tx, message))) return;
      await keep(tx, message, 'DEAD', reason, attempts);
      // A notice of a dead letter that dies itself would go round for ever.
      if (message.type === MessageDeadLettered.type || message.type === MessagesRedriven.type) return;
      const notice = { messageId: message.id, messageType: message.type, subjectId: message.aggregateId, group, reason: reason.slice(0, 2_000), attempts };
      await outbox.add(tx, MessageDeadLettered, notice, { centerId: message.centerId, traceId: message.traceId, actor: 'system', causationId: message.id });
    });
  }

  /** One letter and its removal in one transaction; undefined when none is left. */
  async function redriveNext(subjectId: string, work: Work<Tx>): Promise<true | undefined> {
    // The center is the letter's; it is known only once the letter is read.
    const [seen] = (await fork(null).execute(headOf, [group, subjectId])) as Letter[];
    if (!seen) return undefined;
    const centerId = read(seen).centerId;
    await fork(centerId).transactional(async (tx) => {
      const [letter] = (await tx.execute(`${headOf} for update`, [group, subjectId])) as Letter[];
      // Another redrive took it meanwhile.
      if (!letter || letter.n !== seen.n) return;
      await work(tx, read(letter));
      await tx.flush();
      await tx.execute(`delete from ${letters} where n = ?`, [letter.n]);
    });
    return true;
  }

  async function redrive(subjectId: string, work: Work<Tx>): Promise<number> {
    let handled = 0;
    try {
      while (await redriveNext(subjectId, work)) handled += 1;
    } catch (error) {
      const reason = messageOf(error).slice(0, 2_000);
      logger.warn({ group, subjectId, handled, reason }, 'A dead letter failed again');
      await fork(null).execute(
        `update ${letters} set state = 'DEAD', reason = ?, attempts = attempts + 1 where n = (select min(n) from ${letters} where consumer_group = ? and subject_id = ?)`,
        [reason, group, subjectId],
      );
    }
    return handled;
  }

  return { handler, repeatable, onDead, redrive };
}

const read = ({ message }: Letter): Message => (typeof message === 'string' ? (JSON.parse(message) as Message) : message);
