// Run by access.ts as a process of its own, on a core of its own: what identity and a decision cost there.
import process from 'node:process';
import { ACCESS_TOKEN_ISSUER, anonymousActor, createTokenVerifier, decide, GATEWAY_AUDIENCE, isAllowed, type RowFacts } from '@vss/auth';
import type { DatabaseTarget } from '@vss/db';
import { createInProcessBroker } from '@vss/events';
import { createIdentity } from '@vss/identity';
import { newTraceId, silentLogger } from '@vss/runtime';
import type { IdentityRow } from '../results.ts';

const { target, seconds } = JSON.parse(process.argv[2] ?? '{}') as { target: DatabaseTarget; seconds: number };
const PASSWORD = 'correct horse battery staple';
const USERS = 20;
/** Enough to keep a core busy while some wait for the database. */
const AT_ONCE = 4;
const LOGIN = 'mutation ($input: LoginInput!) { login(input: $input) { accessToken refreshToken userErrors { code } } }';
const REFRESH = 'mutation ($input: SessionRefreshInput) { sessionRefresh(input: $input) { accessToken refreshToken userErrors { code } } }';

interface Tokens {
  readonly accessToken: string;
  readonly refreshToken: string;
}

const broker = createInProcessBroker({ logger: silentLogger, open: false });
const identity = await createIdentity({ target, broker, logger: silentLogger, settings: { secret: 'of this benchmark alone, and so no secret' } });
await identity.openKeys();
const usernames = Array.from({ length: USERS }, (_, n) => `user-${n}`);
await identity.ensureUsers(usernames.map((username) => ({ username, password: PASSWORD, role: 'operator', displayName: username, email: `${username}@example.com`, centerId: 'ctr_bench' })));

async function ask(query: string, input: object): Promise<Tokens> {
  const scope = identity.scopeFor({ actor: anonymousActor, traceId: newTraceId() });
  const { data } = await identity.execute({ query, variables: { input }, scope });
  const [tokens] = Object.values(data ?? {}) as (Partial<Tokens> | null)[];
  if (!tokens?.accessToken || !tokens.refreshToken) throw new Error(`No tokens came: ${JSON.stringify(data)}`);
  return { accessToken: tokens.accessToken, refreshToken: tokens.refreshToken };
}
const signIn = (n: number): Promise<Tokens> => ask(LOGIN, { username: usernames[n % USERS], password: PASSWORD });

/** Processor time of this process for each, in ms, with so many under way at a time. */
async function cpuMsOf(work: (worker: number) => Promise<unknown>): Promise<number> {
  const until = performance.now() + seconds * 1_000;
  const before = process.cpuUsage();
  let done = 0;
  await Promise.all(
    Array.from({ length: AT_ONCE }, async (_, worker) => {
      while (performance.now() < until) {
        await work(worker);
        done += 1;
      }
    }),
  );
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000 / done;
}

/** Nanoseconds for each, of many in a row. */
function nanosOf(work: () => unknown): number {
  const TIMES = 2_000_000;
  let found = 0;
  const run = (): void => {
    for (let n = 0; n < TIMES; n++) if (work()) found += 1;
  };
  run();
  const before = process.hrtime.bigint();
  run();
  const nanos = Number(process.hrtime.bigint() - before) / TIMES;
  // Used, so that no compiler leaves the work out.
  if (found < 0) throw new Error('impossible');
  return nanos;
}

async function microsOf(work: () => Promise<unknown>): Promise<number> {
  const TIMES = 5_000;
  for (let n = 0; n < TIMES; n++) await work();
  const before = process.cpuUsage();
  for (let n = 0; n < TIMES; n++) await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / TIMES;
}

const sessions = await Promise.all(Array.from({ length: AT_ONCE }, (_, n) => signIn(n)));
const signInCpuMs = await cpuMsOf(signIn);
const refreshCpuMs = await cpuMsOf(async (worker) => {
  sessions[worker] = await ask(REFRESH, { refreshToken: sessions[worker]?.refreshToken });
});
const verifier = createTokenVerifier({ keys: { load: () => identity.jwks() }, issuer: ACCESS_TOKEN_ISSUER, audience: GATEWAY_AUDIENCE });
const token = sessions[0]?.accessToken ?? '';
const { actor } = await verifier.verify(token);
// A lead that is given to the operator.
const row: RowFacts = { centerId: actor.centerId, ownerIds: ['usr_other'], assigneeIds: [actor.userId] };
const measured: Omit<IdentityRow, 'round' | 'cost'> = {
  signInCpuMs,
  refreshCpuMs,
  verifyMicros: await microsOf(() => verifier.verify(token)),
  allowedNanos: nanosOf(() => isAllowed(actor, 'calls:read')),
  deniedNanos: nanosOf(() => isAllowed(actor, 'users:create', 'CENTER')),
  rowNanos: nanosOf(() => decide(actor, 'leads:read', { row }).allowed),
};
console.log(JSON.stringify(measured));
process.exit(0);
