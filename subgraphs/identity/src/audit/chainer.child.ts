// Run by the chain's tests as a process of its own, to be killed at its n-th statement.
import { forkFor, openOrm, type DatabaseTarget } from '@vss/db';
import { silentLogger, systemNow } from '@vss/runtime';
import { createChainer } from './chainer.js';

const { target, killAt } = JSON.parse(process.argv[2] ?? '{}') as { target: DatabaseTarget; killAt: number };
const orm = await openOrm({ target, contextName: 'chainer-child', schema: 'identity', entities: [], logger: silentLogger });
const connection = orm.em.getConnection();
const execute = connection.execute.bind(connection) as (...args: unknown[]) => Promise<unknown>;
let statements = 0;
const counting = async (...args: unknown[]): Promise<unknown> => {
  const result = await execute(...args);
  statements += 1;
  if (statements === killAt) process.kill(process.pid, 'SIGKILL');
  return result;
};
connection.execute = counting as typeof connection.execute;

await createChainer({ openEm: () => forkFor(orm, 'ALL'), logger: silentLogger, now: systemNow }).seal();
console.log(`sealed ${JSON.stringify(statements)}`);
await orm.close();
