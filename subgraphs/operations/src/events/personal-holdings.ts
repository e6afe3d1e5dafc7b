import { pseudonymized } from '@vss/events';
import type { Holding } from '@vss/graphql';

/** The event log names users in its lines and in what the events carry. Both stay, without the name. */
export const eventLog: Holding = {
  what: 'event log',
  async erase(tx, { userId, pseudonym }) {
    const name = `coalesce(payload->'user'->>'username', payload->>'username')`;
    const names = [pseudonym, pseudonym, pseudonym];
    const changed = await tx.execute<unknown[]>(
      `update operations.log_event set summary = coalesce(replace(summary, ${name}, ?), summary), payload = ${pseudonymized('payload')}
         where aggregate_id = ? and ${name} <> ? returning 1`,
      [pseudonym, ...names, userId, pseudonym],
    );
    return { erased: changed.length, kept: 0, reason: null };
  },
};
