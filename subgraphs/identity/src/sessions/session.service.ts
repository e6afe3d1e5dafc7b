import { LockMode, type FilterQuery } from '@mikro-orm/core';
import type { EntityManager } from '@vss/db';
import { assertAllowed, denial, isAllowed, isWithin, type Actor, type TokenSigner } from '@vss/auth';
import { SessionEnded, SessionStarted, type Outbox } from '@vss/events';
import type { Scope } from '@vss/graphql';
import { AppError, newId as typeId, type NewId, newTraceId, type Now, systemNow, UserError } from '@vss/runtime';
import { AuditAction, type AuditService, type Origin } from '../audit/index.js';
import { loadRights, loadRightsOfAll, type Rights } from '../roles/index.js';
import { mayEnter, User, UserState } from '../users/index.js';
import { absoluteExpiry, idleExpiry, judgeRefresh, newRefreshToken, refreshTokenHash, SESSION_TIMES, successorOf, type SessionTimes } from './refresh.rules.js';
import { RefreshToken, Session, SessionEndReason } from './session.entity.js';
import { databaseTime } from './session.queries.js';

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
  readonly rights: Rights;
}

/** A session that holds, and what its user may do now. */
export interface SessionState {
  readonly id: string;
  readonly rights: Rights;
}

interface Deps {
  /** An EntityManager over all centers: who is not signed in yet has none. */
  readonly openEm: () => EntityManager;
  readonly outbox: Outbox;
  readonly audit: AuditService;
  readonly accessTokens: TokenSigner;
  /** Derives each refresh token's successor. */
  readonly secret: string;
  readonly times?: SessionTimes | undefined;
  /** Of the one clock that all copies have: theirs may be a minute apart, and the grace of a refresh is ten seconds. */
  readonly sharedTime?: ((tx: EntityManager) => Promise<Date>) | undefined;
  readonly newId?: NewId;
  readonly now?: Now;
}

/** A session that goes on, before its tokens are signed. */
export interface Granted {
  readonly session: Session;
  readonly user: User;
  readonly rights: Rights;
  readonly refreshToken: string;
}

/** Who ends a session, and from where. */
export interface EndedBy {
  readonly actorId: string;
  readonly origin: Origin;
}

type RefreshOutcome = { kind: 'GRANTED'; granted: Granted } | { kind: 'INVALID' } | { kind: 'EXPIRED' };

const DEVICE_MAX_LENGTH = 200;
const { LOGOUT, REFRESH_REUSED, REVOKED, EXPIRED } = SessionEndReason;

export type SessionService = ReturnType<typeof createSessionService>;

export function createSessionService({ openEm, outbox, audit, accessTokens, secret, times = SESSION_TIMES, sharedTime = databaseTime, newId = typeId, now = systemNow }: Deps) {
  async function open(tx: EntityManager, user: User, client: Client, how: Readonly<Record<string, unknown>>): Promise<Granted> {
    const at = now();
    const absoluteExpiresAt = absoluteExpiry(at, times);
    const session = tx.create(Session, {
      id: newId('ses'),
      userId: user.id,
      centerId: user.centerId,
      device: client.userAgent.slice(0, DEVICE_MAX_LENGTH),
      address: client.address,
      generation: 1,
      createdAt: at,
      lastUsedAt: at,
      idleExpiresAt: idleExpiry(at, absoluteExpiresAt, times),
      absoluteExpiresAt,
    });
    tx.persist(session);
    await tx.flush();
    const refreshToken = newRefreshToken();
    addToken(tx, session, refreshToken, at);
    audit.record(tx, { action: AuditAction.SIGN_IN, centerId: user.centerId, actorId: user.id, target: session.id, detail: { ...how }, at }, client);
    const started = { sessionId: session.id, userId: user.id, username: user.username };
    await outbox.add(tx, SessionStarted, started, { centerId: user.centerId, traceId: client.traceId, actor: user.id });
    return { session, user, rights: await loadRights(tx, user, at), refreshToken };
  }

  async function refresh(refreshToken: string, client: Client): Promise<IssuedTokens> {
    // The verdict's effects must stay although the answer is an error, so the error is thrown behind the transaction.
    const arrivedAt = now();
    const outcome = await openEm().transactional(async (tx) => rotate(tx, refreshToken, client, await askedAt(tx, arrivedAt)));
    if (outcome.kind === 'GRANTED') return issue(outcome.granted);
    if (outcome.kind === 'EXPIRED') throw new UserError('SESSION_EXPIRED', 'The session has expired: sign in again');
    throw new UserError('REFRESH_TOKEN_INVALID', 'The refresh token is not valid: sign in again');
  }

  /** When a request came, by the shared clock, however long it has waited since for a connection. */
  async function askedAt(tx: EntityManager, arrivedAt: Date): Promise<Date> {
    const shared = await sharedTime(tx);
    return new Date(shared.getTime() - (now().getTime() - arrivedAt.getTime()));
  }

  async function rotate(tx: EntityManager, refreshToken: string, client: Client, asked: Date): Promise<RefreshOutcome> {
    const found = await lockFamily(tx, refreshToken);
    if (!found) return { kind: 'INVALID' };
    const { token, session } = found;
    const verdict = judgeRefresh(session, token, asked);
    if (verdict === 'ENDED') return { kind: 'INVALID' };
    if (verdict === 'EXPIRED' || verdict === 'REUSED') {
      await end(tx, session, verdict === 'EXPIRED' ? EXPIRED : REFRESH_REUSED, { actorId: session.userId, origin: client });
      return { kind: verdict === 'EXPIRED' ? 'EXPIRED' : 'INVALID' };
    }
    const at = now();
    const user = await tx.findOneOrFail(User, { id: session.userId });
    if (!mayEnter(user)) return { kind: 'INVALID' };
    const rights = await loadRights(tx, user, at);
    const successor = successorOf(refreshToken, secret);
    if (verdict === 'ROTATE') {
      token.rotatedAt = await sharedTime(tx);
      session.generation += 1;
      session.lastUsedAt = at;
      session.idleExpiresAt = idleExpiry(at, session.absoluteExpiresAt, times);
      addToken(tx, session, successor, at);
      audit.record(tx, { action: AuditAction.SESSION_REFRESHED, centerId: session.centerId, actorId: user.id, target: session.id, at }, client);
    }
    return { kind: 'GRANTED', granted: { session, user, rights, refreshToken: successor } };
  }

  function addToken(tx: EntityManager, session: Session, token: string, issuedAt: Date): void {
    tx.persist(tx.create(RefreshToken, { tokenHash: refreshTokenHash(token), sessionId: session.id, generation: session.generation, issuedAt }));
  }

  async function end(tx: EntityManager, session: Session, reason: SessionEndReason, by: EndedBy): Promise<void> {
    session.endedAt = now();
    session.endReason = reason;
    audit.record(tx, { action: AuditAction.SESSION_ENDED, centerId: session.centerId, actorId: by.actorId, target: session.id, detail: { reason } }, by.origin);
    const ended = { sessionId: session.id, userId: session.userId, reason };
    await outbox.add(tx, SessionEnded, ended, { centerId: session.centerId, traceId: by.origin.traceId, actor: by.actorId });
  }

  async function issue({ session, user, rights, refreshToken }: Granted): Promise<IssuedTokens> {
    const { token, expiresAt } = await accessTokens.sign(actorOf(user, rights, session), { notAfter: rights.validUntil });
    return { accessToken: token, expiresAt, refreshToken, refreshExpiresAt: session.idleExpiresAt, user, rights };
  }

  /** Ends every session of a user, within the transaction that takes his access away; gives how many. */
  async function endAllOf(tx: EntityManager, userId: string, by: EndedBy, { except }: { except?: string } = {}): Promise<number> {
    const where: FilterQuery<Session> = { userId, endedAt: null, ...(except ? { id: { $ne: except } } : {}) };
    const live = await tx.find(Session, where, { orderBy: { id: 'asc' }, lockMode: LockMode.PESSIMISTIC_WRITE });
    for (const session of live) await end(tx, session, REVOKED, by);
    return live.length;
  }

  /** One's own sessions; those of others by the right, but of nobody who may do more than oneself. */
  async function assertMayEnd(tx: EntityManager, actor: Actor, userId: string): Promise<void> {
    if (userId === actor.userId) return;
    assertAllowed(actor, 'sessions:revoke', 'CENTER');
    const user = await tx.findOneOrFail(User, { id: userId });
    const rights = await loadRights(tx, user, now());
    if (!isWithin(rights.grants, actor.grants)) throw denial(actor, 'sessions:revoke', { needed: 'CENTER', row: { type: 'USER', id: userId }, why: `${user.username} may do more than the role ${actor.role}`, at: now() });
  }

  return {
    /** Begins a session, in the transaction that found the user to be who he says; `how`, for the audit. `issue` its tokens behind the commit. */
    open,
    issue,
    /** Throws REFRESH_TOKEN_INVALID or SESSION_EXPIRED; a replayed token ends its session. */
    refresh,

    /** Ends the session of a refresh token, or the actor's own. True when there was one and it was live. */
    logout: ({ refreshToken, actor }: { refreshToken?: string | undefined; actor: Actor }, client: Client): Promise<boolean> =>
      openEm().transactional(async (tx) => {
        const session = refreshToken ? (await lockFamily(tx, refreshToken))?.session : await lockSession(tx, actor.sessionId);
        if (!session || session.endedAt) return false;
        await end(tx, session, LOGOUT, { actorId: session.userId, origin: client });
        return true;
      }),

    /** Those of the sessions that hold, each with what its user may do now. */
    async statesOf(ids: readonly string[]): Promise<SessionState[]> {
      const em = openEm();
      const live = await em.find(Session, { id: { $in: [...ids] }, endedAt: null, idleExpiresAt: { $gt: now() } });
      const users = await em.find(User, { id: { $in: live.map(({ userId }) => userId) }, state: UserState.ACTIVE });
      const rights = await loadRightsOfAll(em, users, now());
      return live.flatMap(({ id, userId }) => {
        const held = rights.get(userId);
        return held ? [{ id, rights: held }] : [];
      });
    },

    endAllOf,

    /** Ends one session of somebody, by himself or by who may; one that has ended stays as it is. */
    revoke: (scope: Scope, id: string): Promise<Session> =>
      scope.em.transactional(async (tx) => {
        const session = await lockSession(tx, id);
        if (!session || !maySee(scope.actor, session.userId)) throw new AppError('NOT_FOUND', 'There is no such session');
        await assertMayEnd(tx, scope.actor, session.userId);
        if (!session.endedAt) await end(tx, session, REVOKED, endedBy(scope));
        return session;
      }),

    /** Ends all sessions of somebody, perhaps but the one that asks; gives how many. */
    revokeAll: (scope: Scope, { userId, exceptCurrent }: { userId: string; exceptCurrent: boolean }): Promise<number> =>
      scope.em.transactional(async (tx) => {
        const user = await tx.findOne(User, { id: userId });
        if (!user || !maySee(scope.actor, userId)) throw new AppError('NOT_FOUND', 'There is no such user');
        await assertMayEnd(tx, scope.actor, userId);
        return endAllOf(tx, userId, endedBy(scope), exceptCurrent ? { except: scope.actor.sessionId } : {});
      }),

    /** Ends sessions whose time is over, some at a time; gives how many. Sessions in use at the moment come next time. */
    endExpired: (limit = 200): Promise<number> =>
      openEm().transactional(async (tx) => {
        const origin = { traceId: newTraceId(), address: '' };
        const expired = await tx.find(Session, { endedAt: null, idleExpiresAt: { $lte: now() } }, { orderBy: { id: 'asc' }, limit, lockMode: LockMode.PESSIMISTIC_PARTIAL_WRITE });
        for (const session of expired) await end(tx, session, EXPIRED, { actorId: 'system', origin });
        return expired.length;
      }),
  };
}

/** Whether the actor may know of the sessions of this user. */
export const maySee = (actor: Actor, userId: string): boolean => actor.userId === userId || isAllowed(actor, 'sessions:read', 'CENTER');

const endedBy = ({ actor, traceId, request }: Scope): EndedBy => ({ actorId: actor.userId, origin: { traceId, address: request.address } });

/** The token and its session, both locked: whoever presents a token of this family meanwhile waits. */
async function lockFamily(tx: EntityManager, refreshToken: string): Promise<{ token: RefreshToken; session: Session } | undefined> {
  const token = await tx.findOne(RefreshToken, { tokenHash: refreshTokenHash(refreshToken) }, { lockMode: LockMode.PESSIMISTIC_WRITE });
  const session = token && (await lockSession(tx, token.sessionId));
  return token && session ? { token, session } : undefined;
}

const lockSession = (tx: EntityManager, id: string): Promise<Session | null> => tx.findOne(Session, { id }, { lockMode: LockMode.PESSIMISTIC_WRITE });

const actorOf = (user: User, { role, permissionVersion, teamIds, grants }: Rights, session: Session): Actor => ({
  kind: 'user',
  userId: user.id,
  username: user.username,
  sessionId: session.id,
  role: role.name,
  centerId: user.centerId,
  teamIds,
  permissionVersion,
  rightsVersion: user.rightsVersion,
  grants,
});
