import { idempotently, type EntityManager } from '@vss/db';
import { SuppressionAdded, SuppressionRemoved, type Outbox } from '@vss/events';
import type { Scope } from '@vss/graphql';
import { UserError, type NewId, type Now } from '@vss/runtime';
import { byActor } from '../cause.js';
import { notFound } from '../errors.js';
import { dialableNumber } from '../numbers/index.js';
import { Suppression } from './suppression.entity.js';
import type { SuppressionAddInput } from './suppression.resolver.js';

/**
 * Until the transaction ends, nobody else decides about this number in this center: a call that is being started and a
 * suppression that is being entered queue up here, so that neither misses the other (L-04).
 */
export const lockNumber = (tx: EntityManager, centerId: string, e164: string): Promise<unknown> =>
  tx.execute('select pg_advisory_xact_lock(hashtextextended(?, 0))', [`telephony.number ${centerId} ${e164}`]);

export const isSuppressed = async (tx: EntityManager, centerId: string, phoneNumber: string, now: Date): Promise<boolean> =>
  (await tx.count(Suppression, { centerId, phoneNumber, $or: [{ expiresAt: null }, { expiresAt: { $gt: now } }] })) > 0;

export type SuppressionService = ReturnType<typeof createSuppressionService>;

export function createSuppressionService({ outbox, newId, now }: { outbox: Outbox; newId: NewId; now: Now }) {
  return {
    add: (scope: Scope, { idempotencyKey, ...input }: SuppressionAddInput): Promise<Suppression> =>
      scope.em.transactional((tx) =>
        idempotently({
          em: tx,
          centerId: scope.actor.centerId,
          actorId: scope.actor.userId,
          operation: 'suppressionAdd',
          key: idempotencyKey,
          input,
          load: (id) => tx.findOneOrFail(Suppression, { id }),
          run: async () => {
            const { actor } = scope;
            const number = dialableNumber(input.phoneNumber);
            if (!number.ok) throw new UserError(number.code, number.message, ['input', 'phoneNumber']);
            if (input.expiresAt && input.expiresAt <= now()) throw new UserError('INPUT_INVALID', 'The suppression would have ended already', ['input', 'expiresAt']);
            await lockNumber(tx, actor.centerId, number.e164);
            const suppression = tx.create(Suppression, {
              id: newId('sup'),
              centerId: actor.centerId,
              phoneNumber: number.e164,
              reason: input.reason.trim(),
              source: actor.kind === 'system' ? 'PLATFORM' : 'MANUAL',
              createdById: actor.userId,
              createdAt: now(),
              expiresAt: input.expiresAt ?? null,
            });
            tx.persist(suppression);
            const { id: suppressionId, phoneNumber, reason } = suppression;
            await outbox.add(tx, SuppressionAdded, { suppressionId, phoneNumber, reason }, { ...byActor(scope), centerId: actor.centerId });
            return { id: suppression.id, result: suppression };
          },
        }),
      ),

    remove: (scope: Scope, id: string): Promise<Suppression> =>
      scope.em.transactional(async (tx) => {
        const suppression = await tx.findOne(Suppression, { id });
        if (!suppression) throw notFound('suppression');
        const { phoneNumber, centerId } = suppression;
        await lockNumber(tx, centerId, phoneNumber);
        tx.remove(suppression);
        await outbox.add(tx, SuppressionRemoved, { suppressionId: id, phoneNumber }, { ...byActor(scope), centerId });
        return suppression;
      }),
  };
}
