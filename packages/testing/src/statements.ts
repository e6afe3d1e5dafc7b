import { AsyncLocalStorage } from 'node:async_hooks';
import type { EntityManager } from '@vss/db';

/**
 * Counts the SQL statements that `work` leads to, `begin` and `commit` not counted. What the same subgraph's consumers and
 * timers send meanwhile is left out.
 */
export async function countStatements(em: EntityManager, work: () => Promise<unknown>): Promise<number> {
  const connection = em.getConnection() as { execute: (...args: never[]) => Promise<unknown> };
  const original = connection.execute;
  const counting = new AsyncLocalStorage<true>();
  let count = 0;
  connection.execute = (...args) => {
    if (counting.getStore()) count += 1;
    return original.apply(connection, args);
  };
  try {
    await counting.run(true, work);
  } finally {
    connection.execute = original;
  }
  return count;
}
