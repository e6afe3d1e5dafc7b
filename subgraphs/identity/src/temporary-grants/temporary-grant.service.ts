import { LockMode, type FilterQuery } from '@mikro-orm/core';
import { assertAllowed, denial, isAllowed, isAsWideAs, type Actor, type GrantScope } from '@vss/auth';
import type { EntityManager } from '@vss/db';
import { RightsChanged, TemporaryGrantApproved, TemporaryGrantEnded, TemporaryGrantRefused, TemporaryGrantRequested, TemporaryGrantRevoked, type Outbox } from '@vss/events';
import type { Scope } from '@vss/graphql';
import { AppError, newId as typeId, newTraceId, systemNow, UserError, type NewId, type Now } from '@vss/runtime';
import { AuditAction, AuditOutcome, type AuditService } from '../audit/index.js';
import { assertWithinActor, loadRights, rightsNews } from '../roles/index.js';
import { assertReason, byOf, User, UserKind, UserState, type By } from '../users/index.js';
import { TemporaryGrant, TemporaryGrantState } from './temporary-grant.entity.js';
import { countOpenRequests, isAnyOverdue } from './temporary-grant.queries.js';
import { assertMinutes, assertOfUse, assertRight, expiryAt, lapseAt, LONGEST_MINUTES, MOST_REQUESTS, stateAt } from './temporary-grant.rules.js';

export interface TemporaryGrantRequest {
  readonly permission: string;
  readonly scope?: GrantScope | null | undefined;
  readonly reason: string;
  readonly minutes: number;
  /** Absent: for oneself. */
  readonly userId?: string | null | undefined;
}

export interface TemporaryGrantDecision {
  readonly id: string;
  readonly reason?: string | null | undefined;
}

interface Deps {
  /** An EntityManager over all centers, to end what is over. */
  readonly openEm: () => EntityManager;
  readonly outbox: Outbox;
  readonly audit: AuditService;
  readonly longestMinutes?: number | undefined;
  readonly newId?: NewId;
  readonly now?: Now;
}

const EVENTS = {
  REQUESTED: [TemporaryGrantRequested, AuditAction.TEMPORARY_GRANT_REQUESTED, AuditOutcome.ALLOWED],
  APPROVED: [TemporaryGrantApproved, AuditAction.TEMPORARY_GRANT_APPROVED, AuditOutcome.ALLOWED],
  REFUSED: [TemporaryGrantRefused, AuditAction.TEMPORARY_GRANT_REFUSED, AuditOutcome.REFUSED],
  REVOKED: [TemporaryGrantRevoked, AuditAction.TEMPORARY_GRANT_REVOKED, AuditOutcome.ALLOWED],
  EXPIRED: [TemporaryGrantEnded, AuditAction.TEMPORARY_GRANT_ENDED, AuditOutcome.ALLOWED],
  LAPSED: [TemporaryGrantEnded, AuditAction.TEMPORARY_GRANT_ENDED, AuditOutcome.ALLOWED],
} as const;
const BATCH = 100;

/** The rows that an actor may know of: those about him or asked for by him, and with a wider right his center's. */
export function visibleGrants(actor: Actor): FilterQuery<TemporaryGrant> {
  const isWide = isAsWideAs(assertAllowed(actor, 'temporary-grants:read'), 'CENTER');
  return isWide ? {} : { $or: [{ userId: actor.userId }, { requestedById: actor.userId }] };
}

export type TemporaryGrantService = ReturnType<typeof createTemporaryGrantService>;

export function createTemporaryGrantService({ openEm, outbox, audit, longestMinutes = LONGEST_MINUTES, newId = typeId, now = systemNow }: Deps) {
  /** Writes down what has become of it, with everything that has to know. */
  async function become(tx: EntityManager, grant: TemporaryGrant, state: TemporaryGrantState, by: By): Promise<TemporaryGrant> {
    grant.state = state;
    const [event, action, outcome] = EVENTS[state];
    const { id, centerId, userId, requestedById, permission, scope, minutes, reason, decisionReason = null, endsAt } = grant;
    const context = { centerId, traceId: by.origin.traceId, actor: by.actorId };
    await outbox.add(tx, event, { temporaryGrant: { id, userId, requestedById, permission, scope, state, endsAt: endsAt.toISOString() } }, context);
    const actorId = by.actorId === SYSTEM ? null : by.actorId;
    audit.record(tx, { action, outcome, centerId, actorId, target: id, detail: { userId, permission, scope, minutes, state, reason, decisionReason } }, by.origin);
    return grant;
  }

  /** What the user may do has changed with this transaction: his tokens tell what was. */
  async function changeRights(tx: EntityManager, user: User, by: By): Promise<void> {
    user.rightsVersion += 1;
    await tx.flush();
    const news = rightsNews(user.id, await loadRights(tx, user, now()));
    await outbox.add(tx, RightsChanged, news, { centerId: user.centerId, traceId: by.origin.traceId, actor: by.actorId });
  }

  async function request(tx: EntityManager, scope: Scope, input: TemporaryGrantRequest): Promise<TemporaryGrant> {
    const { actor } = scope;
    const wanted = assertRight(input.permission, input.scope);
    const reason = assertReason(input.reason);
    const minutes = assertMinutes(input.minutes, longestMinutes);
    const userId = input.userId ?? actor.userId;
    if (userId !== actor.userId) assertAllowed(actor, 'temporary-grants:request', 'CENTER');
    const user = await tx.findOne(User, { id: userId });
    if (!user) throw new AppError('NOT_FOUND', 'There is no such user');
    if (user.kind !== UserKind.PERSON || user.state !== UserState.ACTIVE) throw new UserError('INPUT_INVALID', 'Only a person who may sign in is given a right for a time', ['input', 'userId']);
    assertOfUse((await loadRights(tx, user, now())).grants, input.permission, wanted);
    if ((await countOpenRequests(tx, user.id)) >= MOST_REQUESTS) throw new UserError('LIMIT_REACHED', `${MOST_REQUESTS} requests for this user wait for an answer already`, ['input']);
    const at = now();
    const row = { centerId: user.centerId, userId, requestedById: actor.userId, permission: input.permission, scope: wanted, reason, minutes, state: TemporaryGrantState.REQUESTED };
    const grant = tx.create(TemporaryGrant, { ...row, id: newId('tgr'), requestedAt: at, endsAt: lapseAt(at) });
    tx.persist(grant);
    return become(tx, grant, TemporaryGrantState.REQUESTED, byOf(scope));
  }

  async function lock(tx: EntityManager, actor: Actor, id: string): Promise<TemporaryGrant> {
    const grant = await tx.findOne(TemporaryGrant, { $and: [{ id }, visibleGrants(actor)] }, { lockMode: LockMode.PESSIMISTIC_WRITE });
    if (!grant) throw new AppError('NOT_FOUND', 'There is no such temporary grant');
    return grant;
  }

  /** A request that still stands, locked, to be answered by somebody whom it is not about. */
  async function lockToAnswer(tx: EntityManager, actor: Actor, id: string): Promise<TemporaryGrant> {
    const grant = await lock(tx, actor, id);
    assertState(grant, now(), TemporaryGrantState.REQUESTED);
    if (actor.kind !== 'user') throw denial(actor, 'temporary-grants:approve', { why: 'A person answers to a request for a right, no program' });
    if (grant.userId === actor.userId || grant.requestedById === actor.userId) throw new UserError('OWN_REQUEST', 'Somebody else has to answer: nobody gives himself a right', ['input', 'id']);
    return grant;
  }

  async function approve(tx: EntityManager, scope: Scope, { id, reason }: TemporaryGrantDecision): Promise<TemporaryGrant> {
    const { actor } = scope;
    const grant = await lockToAnswer(tx, actor, id);
    await assertWithinActor(tx, actor, 'temporary-grants:approve', { allow: { [grant.permission]: grant.scope }, deny: [] }, `Who holds ${grant.permission} in ${grant.scope}`);
    const user = await tx.findOne(User, { id: grant.userId }, { lockMode: LockMode.PESSIMISTIC_WRITE });
    if (user?.state !== UserState.ACTIVE) throw new UserError('STATE_CONFLICT', 'The user may not sign in any more: refuse the request', ['input', 'id']);
    decide(grant, actor, reason);
    grant.endsAt = expiryAt(now(), grant.minutes);
    await become(tx, grant, TemporaryGrantState.APPROVED, byOf(scope));
    await changeRights(tx, user, byOf(scope));
    return grant;
  }

  const decide = (grant: TemporaryGrant, actor: Actor, reason: string | null | undefined): void =>
    void Object.assign(grant, { decidedById: actor.userId, decidedAt: now(), decisionReason: reason == null ? null : assertReason(reason) });

  /** Whom it is about, and who asked for it, may give it up; others need the right to take it back. */
  async function revoke(tx: EntityManager, scope: Scope, { id, reason }: TemporaryGrantDecision): Promise<TemporaryGrant> {
    const { actor } = scope;
    const grant = await lock(tx, actor, id);
    const isOwn = grant.userId === actor.userId || grant.requestedById === actor.userId;
    if (!isOwn && !isAllowed(actor, 'temporary-grants:approve', 'CENTER')) throw denial(actor, 'temporary-grants:approve', { needed: 'CENTER' });
    assertState(grant, now(), TemporaryGrantState.REQUESTED, TemporaryGrantState.APPROVED);
    const wasHeld = grant.state === TemporaryGrantState.APPROVED;
    if (reason != null) grant.decisionReason = assertReason(reason);
    return end(tx, grant, TemporaryGrantState.REVOKED, byOf(scope), wasHeld);
  }

  async function end(tx: EntityManager, grant: TemporaryGrant, state: TemporaryGrantState, by: By, wasHeld: boolean): Promise<TemporaryGrant> {
    Object.assign(grant, { endedAt: now(), endedById: by.actorId });
    await become(tx, grant, state, by);
    const user = wasHeld && (await tx.findOne(User, { id: grant.userId }, { lockMode: LockMode.PESSIMISTIC_WRITE }));
    if (user) await changeRights(tx, user, by);
    return grant;
  }

  return {
    request: (scope: Scope, input: TemporaryGrantRequest): Promise<TemporaryGrant> => scope.em.transactional((tx) => request(tx, scope, input)),
    approve: (scope: Scope, input: TemporaryGrantDecision): Promise<TemporaryGrant> => scope.em.transactional((tx) => approve(tx, scope, input)),
    refuse: (scope: Scope, { id, reason }: TemporaryGrantDecision): Promise<TemporaryGrant> =>
      scope.em.transactional(async (tx) => {
        const grant = await lockToAnswer(tx, scope.actor, id);
        decide(grant, scope.actor, reason);
        return become(tx, grant, TemporaryGrantState.REFUSED, byOf(scope));
      }),
    revoke: (scope: Scope, input: TemporaryGrantDecision): Promise<TemporaryGrant> => scope.em.transactional((tx) => revoke(tx, scope, input)),

    /** Ends what is over by the clock. Every process does, and none waits for another. */
    async endOverdue(): Promise<void> {
      if (!(await isAnyOverdue(openEm(), now()))) return;
      for (let ended = BATCH; ended === BATCH; )
        ended = await openEm().transactional(async (tx) => {
          const at = now();
          const open = { state: { $in: [TemporaryGrantState.REQUESTED, TemporaryGrantState.APPROVED] }, endsAt: { $lte: at } };
          const overdue = await tx.find(TemporaryGrant, open, { orderBy: { userId: 'asc', id: 'asc' }, limit: BATCH, lockMode: LockMode.PESSIMISTIC_PARTIAL_WRITE });
          const by = { actorId: SYSTEM, origin: { traceId: newTraceId(), address: '' } };
          for (const grant of overdue) await end(tx, grant, stateAt(grant, at), by, grant.state === TemporaryGrantState.APPROVED);
          return overdue.length;
        });
    },
  };
}

const SYSTEM = 'system';

function assertState(grant: TemporaryGrant, at: Date, ...allowed: readonly TemporaryGrantState[]): void {
  const state = stateAt(grant, at);
  if (!allowed.includes(state)) throw new UserError('STATE_CONFLICT', `It is ${state} by now`, ['input', 'id']);
}
