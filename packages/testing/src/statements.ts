import type { EntityManager } from '@vss/db';

/** Counts the SQL statements that a subgraph sends while `work` runs, `begin` and `commit` not counted. */
export async function countStatements(em: EntityManager, work: () => Promise<unknown>): Promise<number> {
  const connection = em.getConnection() as { execute: (...args: never[]) => Promise<unknown> };
  const original = connection.execute;
  let count = 0;
  connection.execute = function counted(...args) {
    count += 1;
    return original.apply(connection, args);
  };
  try {
    await work();
  } finally {
    connection.execute = original;
  }
  return count;
}
