// Run by killed.int.test.ts as a process of its own: identity, which is killed at one of the statements of one request.
import process from 'node:process';
import { Client } from 'pg';
import type { Actor } from '@vss/auth';
import type { DatabaseTarget } from '@vss/db';
import { createInProcessBroker } from '@vss/events';
import { createIdentity } from '@vss/identity';
import { newTraceId, silentLogger } from '@vss/runtime';

export interface Killing {
  readonly target: DatabaseTarget;
  readonly secret: string;
  /** What its clock shows. */
  readonly at: string;
  readonly actor: Actor;
  readonly query: string;
  readonly variables: Record<string, unknown>;
  /** The statement, from 1, that it is killed at; one more than there are: before the answer is told. */
  readonly statement: number;
  /** Whether the statement is on its way by then, so that nobody knows what became of it. */
  readonly isSent: boolean;
}

const { target, secret, at, actor, query, variables, statement, isSent } = JSON.parse(process.argv[2] ?? '{}') as Killing;
const die = (): void => void process.kill(process.pid, 'SIGKILL');

const sent: string[] = [];
let isCounting = false;
const original = Client.prototype.query as (...args: unknown[]) => unknown;
Client.prototype.query = function counted(this: Client, ...args: unknown[]): unknown {
  if (!isCounting) return original.apply(this, args);
  const [first] = args as [string | { text: string }];
  sent.push((typeof first === 'string' ? first : first.text).trim().slice(0, 60));
  const isLast = sent.length === statement;
  if (isLast && !isSent) die();
  const answer = original.apply(this, args);
  if (isLast) die();
  return answer;
} as typeof Client.prototype.query;

const broker = createInProcessBroker({ logger: silentLogger, open: false });
// Not started: nothing but the request sends statements.
const identity = await createIdentity({ target, broker, logger: silentLogger, settings: { secret }, now: () => new Date(at), sharedTime: () => Promise.resolve(new Date(at)) });
isCounting = true;
const answer = await identity.execute({ query, variables, scope: identity.scopeFor({ actor, traceId: newTraceId() }) });
isCounting = false;
if (statement === sent.length + 1) die();
console.log(`done ${JSON.stringify({ answer, statements: sent })}`);
process.exit(0);
