import { LockMode } from '@mikro-orm/core';
import { AppError, newId as typeId, systemNow, UserError, type NewId, type Now } from '@vss/runtime';
import { MessagesRedriven, type Message, type MessageDeadLettered, type Outbox, type PayloadOf } from '@vss/events';
import type { EntityManager } from '@vss/db';
import type { Scope } from '@vss/graphql';
import { DeadLetter } from './dead-letter.entity.js';
import { isUnderWay } from './dead-letter.rules.js';

interface Deps {
  outbox: Outbox;
  newId?: NewId;
  now?: Now;
}

export type DeadLetterService = ReturnType<typeof createDeadLetterService>;

export function createDeadLetterService({ outbox, newId = typeId, now = systemNow }: Deps) {
  return {
    /** A message that fails once more after it was redriven is open again. */
    async report(tx: EntityManager, { messageId, messageType, subjectId, group: consumer, reason, attempts }: PayloadOf<typeof MessageDeadLettered>, message: Message): Promise<void> {
      const known = await tx.findOne(DeadLetter, { consumer, messageId }, { lockMode: LockMode.PESSIMISTIC_WRITE });
      const state = { reason, attempts, createdAt: new Date(message.at), redrivenAt: null, redrivenBy: null };
      if (known) tx.assign(known, state);
      else tx.create(DeadLetter, { id: newId('dead'), centerId: message.centerId, consumer, messageId, messageType, subjectId, ...state });
    },

    /** Asks the consumer to try again everything that it keeps about the letter's subject. */
    redrive: ({ em, actor, traceId }: Scope, id: string): Promise<DeadLetter> =>
      em.transactional(async (tx) => {
        const letter = await tx.findOne(DeadLetter, { id }, { lockMode: LockMode.PESSIMISTIC_WRITE });
        if (!letter) throw new AppError('NOT_FOUND', `There is no dead letter ${id}`);
        if (isUnderWay(letter.redrivenAt, now())) throw new UserError('REDRIVE_UNDER_WAY', 'It is being tried again already', ['input', 'id'], true);
        const { consumer: group, subjectId, centerId } = letter;
        const about = await tx.find(DeadLetter, { consumer: group, subjectId });
        for (const each of about) tx.assign(each, { redrivenAt: now(), redrivenBy: actor.userId });
        await outbox.add(tx, MessagesRedriven, { group, subjectId }, { centerId, traceId, actor: actor.userId });
        return letter;
      }),
  };
}
