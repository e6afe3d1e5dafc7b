import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { anonymousActor, type Actor } from '@vss/auth';
import { PASSWORD, SECRET, startIdentity, type Reply, type TestIdentity } from '../../subgraphs/identity/src/identity.fixture.js';
import type { Killing } from './killed.child.js';

const LOGIN = 'mutation ($input: LoginInput!) { login(input: $input) { accessToken refreshToken userErrors { code } } }';
const REFRESH = 'mutation ($input: SessionRefreshInput) { sessionRefresh(input: $input) { refreshToken userErrors { code } } }';
const LOGOUT = 'mutation ($input: LogoutInput) { logout(input: $input) { ended userErrors { code } } }';
const REVOKE = 'mutation ($input: SessionRevokeInput!) { sessionRevoke(input: $input) { session { endReason } userErrors { code } } }';

const CHILD = fileURLToPath(new URL('killed.child.ts', import.meta.url));
/** As many processes as start at once. */
const AT_ONCE = 3;

let test: TestIdentity;
let cache: string;
beforeAll(async () => {
  cache = await mkdtemp(join(tmpdir(), 'vss-killed-'));
  test = await startIdentity();
  await test.identity.openKeys();
});
afterAll(async () => {
  await test.stop();
  await rm(cache, { recursive: true, force: true });
});

/** Somebody in the middle of something. */
interface Subject {
  readonly userId: string;
  readonly actor: Actor;
  readonly query: string;
  readonly variables: Record<string, unknown>;
  /** What an honest client does when it heard nothing: asks again, of another process, and goes on. */
  goOn(): Promise<void>;
}

const login = (username: string): Promise<Reply> => test.ask(anonymousActor, LOGIN, { input: { username, password: PASSWORD } });
const refresh = (refreshToken: string): Promise<Reply> => test.ask(anonymousActor, REFRESH, { input: { refreshToken } });
const successor = async (refreshToken: string): Promise<string> => {
  const { data } = await refresh(refreshToken);
  expect(data.sessionRefresh).toMatchObject({ refreshToken: expect.any(String), userErrors: [] });
  return data.sessionRefresh.refreshToken as string;
};
const expectEnded = async (refreshToken: string): Promise<void> => expect((await refresh(refreshToken)).data.sessionRefresh.userErrors).toMatchObject([{ code: 'REFRESH_TOKEN_INVALID' }]);

async function signedIn(): Promise<{ userId: string; actor: Actor; refreshToken: string }> {
  const { id, username } = await test.person('operator');
  const { accessToken, refreshToken } = (await login(username)).data.login as { accessToken: string; refreshToken: string };
  return { userId: id, actor: (await test.verifier.verify(accessToken)).actor, refreshToken };
}

const OPERATIONS: Record<string, () => Promise<Subject>> = {
  'a sign-in': async () => {
    const { id, username } = await test.person('operator');
    const goOn = async (): Promise<void> => void (await successor((await login(username)).data.login.refreshToken as string));
    return { userId: id, actor: anonymousActor, query: LOGIN, variables: { input: { username, password: PASSWORD } }, goOn };
  },
  'a refresh': async () => {
    const { userId, refreshToken } = await signedIn();
    const goOn = async (): Promise<void> => void (await successor(await successor(refreshToken)));
    return { userId, actor: anonymousActor, query: REFRESH, variables: { input: { refreshToken } }, goOn };
  },
  'a sign-out': async () => {
    const { userId, refreshToken } = await signedIn();
    const variables = { input: { refreshToken } };
    const goOn = async (): Promise<void> => {
      expect((await test.ask(anonymousActor, LOGOUT, variables)).data.logout.userErrors).toEqual([]);
      await expectEnded(refreshToken);
    };
    return { userId, actor: anonymousActor, query: LOGOUT, variables, goOn };
  },
  'a revocation': async () => {
    const { userId, actor, refreshToken } = await signedIn();
    const variables = { input: { id: actor.sessionId } };
    const goOn = async (): Promise<void> => {
      expect((await test.ask(actor, REVOKE, variables)).data.sessionRevoke).toEqual({ session: { endReason: 'REVOKED' }, userErrors: [] });
      await expectEnded(refreshToken);
    };
    return { userId, actor, query: REVOKE, variables, goOn };
  },
};

interface Outcome {
  readonly signal: NodeJS.Signals | null;
  readonly out: string;
  readonly err: string;
}

async function runIdentity({ actor, query, variables }: Subject, at: Pick<Killing, 'statement' | 'isSent'>): Promise<Outcome> {
  const killing: Killing = { target: test.database.target, secret: SECRET, at: test.clock.now().toISOString(), actor, query, variables, ...at };
  const child = spawn(process.execPath, ['--no-warnings', CHILD, JSON.stringify(killing)], { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, NODE_COMPILE_CACHE: cache } });
  const [out, err, [, signal]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit') as Promise<[number | null, NodeJS.Signals | null]>]);
  return { signal, out, err };
}

interface SessionFacts {
  readonly generation: number;
  readonly ended: number;
  readonly tokens: number;
  readonly audited: Record<string, number>;
  readonly said: Record<string, number>;
}

/** State, events and audit tell the same of every session of the user. (The record of the mutation itself comes later, by an event.) */
async function expectConsistent(userId: string): Promise<void> {
  const sessions = await test.rows<SessionFacts>(
    `select s.generation, (s.ended_at is not null)::int as ended,
       (select count(*)::int from identity.refresh_token t where t.session_id = s.id) as tokens,
       (select coalesce(json_object_agg(action, n), '{}') from (select action, count(*) as n from identity.security_audit_entry where target = s.id and action <> 'MUTATION' group by action) a) as audited,
       (select coalesce(json_object_agg(type, n), '{}') from (select type, count(*) as n from identity.outbox where payload->>'sessionId' = s.id group by type) o) as said
     from identity.session s where s.user_id = $1`,
    [userId],
  );
  for (const { generation, ended, tokens, audited, said } of sessions) {
    expect(tokens).toBe(generation);
    expect(audited).toEqual({ SIGN_IN: 1, ...(generation > 1 ? { SESSION_REFRESHED: generation - 1 } : {}), ...(ended ? { SESSION_ENDED: 1 } : {}) });
    expect(said).toMatchObject({ 'identity.session.started': 1, ...(ended ? { 'identity.session.ended': 1 } : {}) });
    expect(Object.keys(said)).toHaveLength(1 + ended);
  }
}

async function inTurns<T>(all: readonly T[], atOnce: number, work: (one: T) => Promise<void>): Promise<void> {
  const left = [...all];
  const workThrough = async (): Promise<void> => {
    for (let next = left.shift(); next !== undefined; next = left.shift()) await work(next);
  };
  await Promise.all(Array.from({ length: atOnce }, workThrough));
}

it.each(Object.entries(OPERATIONS))(
  '%s that is killed between any two of its steps leaves what another process goes on from',
  async (_name, begin) => {
    const whole = await runIdentity(await begin(), { statement: 0, isSent: false });
    expect(whole).toMatchObject({ signal: null, err: '' });
    const { answer, statements } = JSON.parse(whole.out.slice('done '.length)) as { answer: { data: Record<string, { userErrors: unknown[] }>; errors?: unknown }; statements: string[] };
    expect(answer.errors).toBeUndefined();
    expect(Object.values(answer.data)[0]?.userErrors).toEqual([]);
    const positionsOf = (kind: RegExp): number[] => statements.flatMap((statement, at) => (kind.test(statement) ? [at + 1] : []));
    const commits = positionsOf(/^commit\b/i);
    expect(commits.length).toBeGreaterThan(0);

    // Behind each that changes something (what only reads leaves nothing behind), and while nobody knows whether it is committed.
    const moments = [...positionsOf(/^(?!select|begin)/i).map((at) => ({ statement: at + 1, isSent: false })), ...commits.map((statement) => ({ statement, isSent: true }))];
    await inTurns(moments, AT_ONCE, async (moment) => {
      const subject = await begin();
      expect(await runIdentity(subject, moment)).toEqual({ signal: 'SIGKILL', out: '', err: '' });
      await expectConsistent(subject.userId);
      await subject.goOn();
      await expectConsistent(subject.userId);
    });
  },
  240_000,
);
