import type { EntityManager } from '@vss/db';
import { on, overwriteNames, PERSON_ERASED_BY, PersonErased, type ErasedHolding, type Outbox, type Pseudonymized, type Route } from '@vss/events';

/** One place where a subgraph keeps something of people. */
export interface Holding<Person extends Pseudonymized = Pseudonymized> {
  /** In the words of the report: `event log`, `calls`. */
  readonly what: string;
  /** Erases what may go, in the transaction that answers, and says what stays and why. Does no harm when it runs twice. */
  erase(tx: EntityManager, person: Person): Promise<Omit<ErasedHolding, 'what'>>;
}

/**
 * How a subgraph does its part when a person is erased (L-26): each of its holdings, its own messages, and the answer that
 * the report is made of. Put it into the group that the holdings are written by, so that nothing older comes after it.
 */
export const erasureRoute = ({ subgraph, outbox, holdings }: { subgraph: keyof typeof PERSON_ERASED_BY; outbox: Outbox; holdings: readonly Holding[] }): Route<EntityManager> =>
  on(PersonErased, async (tx: EntityManager, { erasureId, userId, pseudonym }, message) => {
    const done = await eraseHoldings(tx, [...holdings, messagesOf(subgraph)], { userId, pseudonym });
    const context = { centerId: message.centerId, traceId: message.traceId, actor: message.actor, causationId: message.id };
    await outbox.add(tx, PERSON_ERASED_BY[subgraph], { erasureId, userId, holdings: done }, context);
  });

export async function eraseHoldings<Person extends Pseudonymized>(tx: EntityManager, holdings: readonly Holding<Person>[], person: Person): Promise<ErasedHolding[]> {
  const done: ErasedHolding[] = [];
  for (const holding of holdings) done.push({ what: holding.what, ...(await holding.erase(tx, person)) });
  return done;
}

/** Messages that a subgraph sent, or could not handle. */
export const messagesOf = (schema: string): Holding => ({
  what: 'messages',
  erase: async (tx, person) => ({ erased: await overwriteNames(tx, schema, person), kept: 0, reason: null }),
});

/** Rows that stay, since the business needs them and they name the person by an id that leads nowhere any more. */
export const keptRows = (what: string, sql: string): Holding => ({
  what,
  async erase(tx, { userId }) {
    const [row] = await tx.execute<{ kept: number }[]>(sql, [userId]);
    const kept = row?.kept ?? 0;
    return { erased: 0, kept, reason: kept > 0 ? 'Records of the business. They name the person by an id alone, which leads to a pseudonym.' : null };
  },
});
