import { AsyncLocalStorage } from 'node:async_hooks';
import { createTokenVerifier, ACCESS_TOKEN_ISSUER, GATEWAY_AUDIENCE, type Actor, type Grant, type TokenVerifier } from '@vss/auth';
import { createInProcessBroker, type Broker, type Message } from '@vss/events';
import type { RequestInfo, Scope } from '@vss/graphql';
import { newId, newTraceId, silentLogger } from '@vss/runtime';
import { anActor, startTestDatabase, type Answer, type TestDatabase } from '@vss/testing';
import { createIdentity, type Identity, type IdentitySettings } from './app.js';
import { migrations } from './migrations.js';
import { createPasswordHasher, type PasswordHasher } from './passwords/index.js';

export const PASSWORD = 'correct horse battery';
/** Of every process of the test's installation. */
export const SECRET = 'a secret of the tests, long enough';

/** A clock that stands still until it is moved. */
export interface Clock {
  readonly now: () => Date;
  readonly forward: (seconds: number) => void;
}

function aClock(): Clock {
  let at = Date.now();
  return { now: () => new Date(at), forward: (seconds) => void (at += seconds * 1000) };
}

export interface Person {
  readonly id: string;
  readonly username: string;
  readonly actor: Actor;
}

/** What came back, with the cookies that were set. */
export interface Reply extends Answer {
  readonly cookies: readonly string[];
}

export interface TestIdentity {
  readonly identity: Identity;
  readonly clock: Clock;
  readonly passwords: PasswordHasher;
  readonly database: TestDatabase;
  readonly verifier: TokenVerifier;
  /** Every event of identity's that was published, in order. */
  readonly events: readonly Message[];
  /** Brings it what another subgraph says; handled when it resolves. */
  hear(message: Message): Promise<void>;
  /** A user of a role, with the actor that his access token would make. */
  person(role: string, centerId?: string): Promise<Person>;
  ask(actor: Actor, query: string, variables?: Record<string, unknown>, request?: Partial<RequestInfo>): Promise<Reply>;
  /** As `ask`, with the number of SQL statements that it took. */
  counted(actor: Actor, query: string, variables?: Record<string, unknown>): Promise<{ answer: Answer; statements: number }>;
  rows<T = Record<string, unknown>>(sql: string, params?: unknown[]): Promise<T[]>;
  /** A second process on the same database. */
  another(settings?: Partial<IdentitySettings>, options?: { /** How far its own clock is ahead of the test's, which the database shows. */ aheadSeconds?: number }): Promise<Identity>;
  stop(): Promise<void>;
}

const CHEAP = { memoryCost: 64, timeCost: 1, parallelism: 1 };

interface TestOptions {
  readonly passwords?: PasswordHasher;
  readonly settings?: Partial<IdentitySettings>;
}

/** The subgraph on a database of its own, started. Passwords are hashed cheaply. */
export async function startIdentity({ passwords = createPasswordHasher(CHEAP), settings: given = {} }: TestOptions = {}): Promise<TestIdentity> {
  const database = await startTestDatabase({ migrations: [migrations] });
  const clock = aClock();
  const events: Message[] = [];
  const settings: IdentitySettings = { secret: SECRET, ...given };
  const made: Identity[] = [];
  const brokers: Broker[] = [];
  const another: TestIdentity['another'] = async (more = {}, { aheadSeconds = 0 } = {}) => {
    const broker = createInProcessBroker({ logger: silentLogger });
    const now = (): Date => new Date(clock.now().getTime() + aheadSeconds * 1000);
    const identity = await createIdentity({ target: database.target, broker, logger: silentLogger, now, sharedTime: () => Promise.resolve(clock.now()), settings: { ...settings, ...more }, passwords });
    made.push(identity);
    brokers.push(broker);
    await broker.subscribe({ group: 'test', patterns: ['identity.#'], handler: async (message) => void events.push(message), onDead: async () => undefined });
    return identity;
  };
  const identity = await another();
  await identity.start();
  const pool = database.pool();

  const scopeFor = (actor: Actor, request: Partial<RequestInfo>, cookies: string[]): Scope =>
    identity.scopeFor({
      actor,
      traceId: newTraceId(),
      request: { address: '192.0.2.1', userAgent: 'test', wantsCookie: false, ...request },
      reply: { setCookie: (cookie) => void cookies.push(cookie) },
    });
  const run = async (scope: Scope, query: string, variables: Record<string, unknown>): Promise<Answer> =>
    JSON.parse(JSON.stringify(await identity.execute({ query, variables, scope }))) as Answer;

  return {
    identity,
    clock,
    passwords,
    database,
    events,
    another,
    hear: async (message) => brokers[0]?.publish(message),
    verifier: createTokenVerifier({ keys: { load: () => identity.jwks() }, issuer: ACCESS_TOKEN_ISSUER, audience: GATEWAY_AUDIENCE, now: clock.now }),
    async person(role, centerId = newId('ctr')) {
      const username = newId('name');
      const [user] = await identity.ensureUsers([{ username, password: PASSWORD, role, displayName: `The ${role}`, email: `${username}@example.org`, centerId }]);
      const id = user?.id ?? '';
      const { rows } = await pool.query<{ grants: Grant[] }>('select grants from identity.role where name = $1', [role]);
      return { id, username, actor: anActor({ role, centerId, userId: id, username, grants: rows[0]?.grants ?? [] }) };
    },
    async ask(actor, query, variables = {}, request = {}) {
      const cookies: string[] = [];
      return { ...(await run(scopeFor(actor, request, cookies), query, variables)), cookies };
    },
    async counted(actor, query, variables = {}) {
      const scope = scopeFor(actor, {}, []);
      const connection = scope.em.getConnection();
      const execute = connection.execute.bind(connection);
      const counting = new AsyncLocalStorage<{ statements: number }>();
      const counter = { statements: 0 };
      connection.execute = ((...args: Parameters<typeof execute>) => {
        // Others use the connection meanwhile: who keeps house, and who chains the audit.
        const mine = counting.getStore();
        if (mine) mine.statements += 1;
        return execute(...args);
      }) as typeof connection.execute;
      const answer = await counting.run(counter, () => run(scope, query, variables));
      connection.execute = execute;
      return { answer, statements: counter.statements };
    },
    rows: async <T>(sql: string, params: unknown[] = []) => (await pool.query(sql, params)).rows as T[],
    async stop() {
      await Promise.all(made.map((each) => each.stop()));
      await database.stop();
    },
  };
}
