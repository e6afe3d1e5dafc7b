import { LockMode } from '@mikro-orm/core';
import type { EntityManager } from '@vss/db';
import { resolveGrants, type Actor, type TokenSigner } from '@vss/auth';
import { SessionEnded, SessionStarted, SignInRefused, type Outbox } from '@vss/events';
import { AppError, newId as typeId, type NewId, newTraceId, type Now, systemNow, UserError } from '@vss/runtime';
import { AuditAction, AuditOutcome, type AuditService, type Origin } from '../audit/index.js';
import { Role } from '../roles/index.js';
import { canonicalUsername, isUsername, User, UserState, type PasswordHasher } from '../users/index.js';
import { absoluteExpiry, idleExpiry, judgeRefresh, newRefreshToken, refreshTokenHash, successorOf } from './refresh.rules.js';
import { RefreshToken, Session, type SessionEndReason } from './session.entity.js';
import { recordSignIn } from './session.queries.js';
import { forgetAttempts, loadAttempts, lockAttempts, storeAttempts, type AttemptKey } from './throttle.queries.js';
import { afterFailure, secondsBlocked } from './throttle.rules.js';

/** Where a session is used from. */
export interface Client extends Origin {
  /** What it says that it is. */
  readonly userAgent: string;
}

/** What a client is given: a short-lived access token, and the refresh token that gets the next ones. */
export interface IssuedTokens {
  readonly accessToken: string;
  readonly expiresAt: Date;
  readonly refreshToken: string;
  /** When the refresh token is of no use any more. */
  readonly refreshExpiresAt: Date;
  readonly user: User;
  readonly role: Role;
}

/** A session that holds. */
export interface SessionState {
  readonly id: string;
  readonly role: Role;
}

interface Deps {
  /** An EntityManager over all centers: who is not signed in yet has none. */
  readonly openEm: () => EntityManager;
  readonly outbox: Outbox;
  readonly audit: AuditService;
  readonly passwords: PasswordHasher;
  readonly accessTokens: TokenSigner;
  /** Derives each refresh token's successor. */
  readonly refreshSecret: string;
  readonly newId?: NewId;
  readonly now?: Now;
}

interface Granted {
  readonly session: Session;
  readonly user: User;
  readonly role: Role;
  readonly refreshToken: string;
}

type SignInOutcome = { kind: 'GRANTED'; granted: Granted } | { kind: 'REFUSED' } | { kind: 'BLOCKED'; seconds: number };
type RefreshOutcome = { kind: 'GRANTED'; granted: Granted } | { kind: 'INVALID' } | { kind: 'EXPIRED' };

const NOT_A_NAME = '(not a user name)';
const DEVICE_MAX_LENGTH = 200;

export type SessionService = ReturnType<typeof createSessionService>;

export function createSessionService({ openEm, outbox, audit, passwords, accessTokens, refreshSecret, newId = typeId, now = systemNow }: Deps) {
  async function signIn(input: { username: string; password: string }, client: Client): Promise<IssuedTokens> {
    const em = openEm();
    // What cannot be a name is perhaps a password in the wrong field: it is not kept.
    const username = isUsername(input.username) ? canonicalUsername(input.username) : NOT_A_NAME;
    const key = { username, address: client.address };
    assertNotBlocked(secondsBlocked(await loadAttempts(em, key, { lock: false }), now()));
    const user = await em.findOne(User, { username });
    // Also for an unknown name, and also for a deactivated user: the time that an answer takes tells nothing.
    const fits = await passwords.fits(input.password, user?.passwordHash);
    const outcome = await em.transactional((tx) => (user && fits ? admit(tx, user, key, client) : refuse(tx, user, key, client)));
    if (outcome.kind === 'BLOCKED') assertNotBlocked(outcome.seconds);
    if (outcome.kind !== 'GRANTED') throw new UserError('INVALID_CREDENTIALS', 'The user name or the password is wrong');
    return issue(outcome.granted);
  }

  async function admit(tx: EntityManager, known: User, key: AttemptKey, client: Client): Promise<SignInOutcome> {
    const at = now();
    // Guesses that ran beside this one may have used up the free ones; then the right one is not confirmed either.
    const seconds = secondsBlocked(await loadAttempts(tx, key, { lock: true }), at);
    if (seconds > 0) return { kind: 'BLOCKED', seconds };
    const isActive = await recordSignIn(tx, { userId: known.id, passwordHash: known.passwordHash, at });
    if (!isActive) return refuse(tx, known, key, client);
    await forgetAttempts(tx, key);
    const user = await tx.findOneOrFail(User, { id: known.id }, { refresh: true });
    const role = await tx.findOneOrFail(Role, { id: user.roleId });
    const session = tx.create(Session, {
      id: newId('ses'),
      userId: user.id,
      centerId: user.centerId,
      device: client.userAgent.slice(0, DEVICE_MAX_LENGTH),
      address: client.address,
      generation: 1,
      createdAt: at,
      lastUsedAt: at,
      idleExpiresAt: idleExpiry(at, absoluteExpiry(at)),
      absoluteExpiresAt: absoluteExpiry(at),
    });
    tx.persist(session);
    await tx.flush();
    const refreshToken = newRefreshToken();
    addToken(tx, session, refreshToken, at);
    audit.record(tx, { action: AuditAction.SIGN_IN, centerId: user.centerId, actorId: user.id, target: session.id, at }, client);
    const started = { sessionId: session.id, userId: user.id, username: user.username };
    await outbox.add(tx, SessionStarted, started, { centerId: user.centerId, traceId: client.traceId, actor: user.id });
    return { kind: 'GRANTED', granted: { session, user, role, refreshToken } };
  }

  async function refuse(tx: EntityManager, user: User | null, key: AttemptKey, client: Client): Promise<SignInOutcome> {
    const at = now();
    const attempts = await lockAttempts(tx, key, at);
    const seconds = secondsBlocked(attempts, at);
    if (seconds > 0) return { kind: 'BLOCKED', seconds };
    await storeAttempts(tx, key, afterFailure(attempts, at));
    const reason = user?.state === UserState.DEACTIVATED ? 'DEACTIVATED' : 'WRONG_CREDENTIALS';
    const centerId = user?.centerId ?? null;
    audit.record(tx, { action: AuditAction.SIGN_IN_REFUSED, outcome: AuditOutcome.REFUSED, centerId, actorId: user?.id ?? null, target: user?.id ?? key.username, detail: { reason }, at }, client);
    const refused = { username: key.username, reason, ...(user ? { userId: user.id } : {}) } as const;
    await outbox.add(tx, SignInRefused, refused, { centerId, traceId: client.traceId, actor: user?.id ?? 'anonymous' });
    return { kind: 'REFUSED' };
  }

  async function refresh(refreshToken: string, client: Client): Promise<IssuedTokens> {
    // The verdict's effects must stay although the answer is an error, so the error is thrown behind the transaction.
    const outcome = await openEm().transactional((tx) => rotate(tx, refreshToken, client));
    if (outcome.kind === 'GRANTED') return issue(outcome.granted);
    if (outcome.kind === 'EXPIRED') throw new UserError('SESSION_EXPIRED', 'The session has expired: sign in again');
    throw new UserError('REFRESH_TOKEN_INVALID', 'The refresh token is not valid: sign in again');
  }

  async function rotate(tx: EntityManager, refreshToken: string, client: Client): Promise<RefreshOutcome> {
    const found = await lockFamily(tx, refreshToken);
    if (!found) return { kind: 'INVALID' };
    const { token, session } = found;
    const at = now();
    const verdict = judgeRefresh(session, token, at);
    if (verdict === 'ENDED') return { kind: 'INVALID' };
    if (verdict === 'EXPIRED') {
      await end(tx, session, 'EXPIRED', { actorId: session.userId, origin: client });
      return { kind: 'EXPIRED' };
    }
    if (verdict === 'REUSED') {
      await end(tx, session, 'REFRESH_REUSED', { actorId: session.userId, origin: client });
      return { kind: 'INVALID' };
    }
    const user = await tx.findOneOrFail(User, { id: session.userId });
    if (user.state !== UserState.ACTIVE) return { kind: 'INVALID' };
    const role = await tx.findOneOrFail(Role, { id: user.roleId });
    const successor = successorOf(refreshToken, refreshSecret);
    if (verdict === 'ROTATE') {
      token.rotatedAt = at;
      session.generation += 1;
      session.lastUsedAt = at;
      session.idleExpiresAt = idleExpiry(at, session.absoluteExpiresAt);
      addToken(tx, session, successor, at);
      audit.record(tx, { action: AuditAction.SESSION_REFRESHED, centerId: session.centerId, actorId: user.id, target: session.id, at }, client);
    }
    return { kind: 'GRANTED', granted: { session, user, role, refreshToken: successor } };
  }

  function addToken(tx: EntityManager, session: Session, token: string, issuedAt: Date): void {
    tx.persist(tx.create(RefreshToken, { tokenHash: refreshTokenHash(token), sessionId: session.id, generation: session.generation, issuedAt }));
  }

  async function end(tx: EntityManager, session: Session, reason: SessionEndReason, by: { actorId: string; origin: Origin }): Promise<void> {
    session.endedAt = now();
    session.endReason = reason;
    audit.record(tx, { action: AuditAction.SESSION_ENDED, centerId: session.centerId, actorId: by.actorId, target: session.id, detail: { reason } }, by.origin);
    const ended = { sessionId: session.id, userId: session.userId, reason };
    await outbox.add(tx, SessionEnded, ended, { centerId: session.centerId, traceId: by.origin.traceId, actor: by.actorId });
  }

  async function issue({ session, user, role, refreshToken }: Granted): Promise<IssuedTokens> {
    const { token, expiresAt } = await accessTokens.sign(actorOf(user, role, session));
    return { accessToken: token, expiresAt, refreshToken, refreshExpiresAt: session.idleExpiresAt, user, role };
  }

  return {
    /** Throws INVALID_CREDENTIALS whatever was wrong, and RATE_LIMITED after too many wrong passwords. */
    signIn,
    /** Throws REFRESH_TOKEN_INVALID or SESSION_EXPIRED; a replayed token ends its session. */
    refresh,

    /** Ends the session of a refresh token, or the actor's own. True when there was one and it was live. */
    logout: ({ refreshToken, actor }: { refreshToken?: string | undefined; actor: Actor }, client: Client): Promise<boolean> =>
      openEm().transactional(async (tx) => {
        const session = refreshToken ? (await lockFamily(tx, refreshToken))?.session : await lockSession(tx, actor.sessionId);
        if (!session || session.endedAt) return false;
        await end(tx, session, 'LOGOUT', { actorId: session.userId, origin: client });
        return true;
      }),

    /** Those of the sessions that hold, each with what its user may do now. */
    async statesOf(ids: readonly string[]): Promise<SessionState[]> {
      const em = openEm();
      const live = await em.find(Session, { id: { $in: [...ids] }, endedAt: null, idleExpiresAt: { $gt: now() } });
      const users = new Map((await em.find(User, { id: { $in: live.map(({ userId }) => userId) }, state: UserState.ACTIVE })).map((user) => [user.id, user]));
      const roles = new Map((await em.findAll(Role)).map((role) => [role.id, role]));
      return live.flatMap(({ id, userId }) => {
        const role = roles.get(users.get(userId)?.roleId ?? '');
        return role ? [{ id, role }] : [];
      });
    },

    /** Ends every session of a user, within the transaction that takes his access away. */
    async endAllOf(tx: EntityManager, userId: string, by: { actorId: string; origin: Origin }): Promise<void> {
      const live = await tx.find(Session, { userId, endedAt: null }, { orderBy: { id: 'asc' }, lockMode: LockMode.PESSIMISTIC_WRITE });
      for (const session of live) await end(tx, session, 'REVOKED', by);
    },

    /** Ends sessions whose time is over, some at a time; gives how many. Sessions in use at the moment come next time. */
    endExpired: (limit = 200): Promise<number> =>
      openEm().transactional(async (tx) => {
        const origin = { traceId: newTraceId(), address: '' };
        const expired = await tx.find(Session, { endedAt: null, idleExpiresAt: { $lte: now() } }, { orderBy: { id: 'asc' }, limit, lockMode: LockMode.PESSIMISTIC_PARTIAL_WRITE });
        for (const session of expired) await end(tx, session, 'EXPIRED', { actorId: 'system', origin });
        return expired.length;
      }),
  };
}

/** The token and its session, both locked: whoever presents a token of this family meanwhile waits. */
async function lockFamily(tx: EntityManager, refreshToken: string): Promise<{ token: RefreshToken; session: Session } | undefined> {
  const token = await tx.findOne(RefreshToken, { tokenHash: refreshTokenHash(refreshToken) }, { lockMode: LockMode.PESSIMISTIC_WRITE });
  const session = token && (await lockSession(tx, token.sessionId));
  return token && session ? { token, session } : undefined;
}

const lockSession = (tx: EntityManager, id: string): Promise<Session | null> => tx.findOne(Session, { id }, { lockMode: LockMode.PESSIMISTIC_WRITE });

function assertNotBlocked(seconds: number): void {
  if (seconds > 0) throw new AppError('RATE_LIMITED', `Too many wrong passwords: try again in ${seconds} s`, { retryAfterSeconds: seconds });
}

const actorOf = (user: User, role: Role, session: Session): Actor => ({
  kind: 'user',
  userId: user.id,
  username: user.username,
  sessionId: session.id,
  role: role.name,
  centerId: user.centerId,
  permissionVersion: role.permissionVersion,
  grants: resolveGrants(role.grants),
});
