import type { FilterQuery } from '@mikro-orm/core';
import { assertAllowed } from '@vss/auth';
import type { EntityManager } from '@vss/db';
import type { PageOrder } from './page.js';
import type { Scope } from './scope.js';

/** So many records of one kind are handed out; how many there are in all is told beside them. */
export const MOST_RECORDS = 1_000;

/** Records of one kind about a person: the newest ones, and how many there are. */
export interface PersonRecords {
  readonly total: number;
  readonly newest: readonly Record<string, unknown>[];
}

/** One's own data is one's own to have; anybody else's takes the right. */
export function assertMayExport({ actor }: Pick<Scope, 'actor'>, userId: string): void {
  if (actor.kind === 'user' && actor.userId === userId) return;
  assertAllowed(actor, 'users:export', 'CENTER');
}

/** Reads what is kept of a person in one table. The center's filter applies; `toRecord` names every value that is handed out. */
export async function personRecords<T extends object>(
  em: EntityManager,
  Entity: new () => T,
  { where, orderBy, toRecord }: { where: FilterQuery<T>; orderBy: PageOrder<T>; toRecord: (row: T) => Record<string, unknown> },
): Promise<PersonRecords> {
  const [rows, total] = [await em.find(Entity, where, { orderBy: orderBy as never, limit: MOST_RECORDS }), await em.count(Entity, where)];
  return { total, newest: rows.map(toRecord) };
}
