import type { EntityManager } from '@vss/db';
import { PersonErased, type ErasedHolding, type Outbox } from '@vss/events';
import { eraseHoldings, type Holding, type Scope } from '@vss/graphql';
import { newId as typeId, systemNow, UserError, type NewId, type Now } from '@vss/runtime';
import { AuditAction, type AuditService } from '../audit/index.js';
import { assertReason, byOf, lockUserWithin, UserState, type Memberships, type User, type UserNews } from '../users/index.js';
import { PersonErasure, PersonErasureAnswer } from './erasure.entity.js';
import { pseudonymOf } from './erasure.rules.js';
import type { KnownPerson } from './holdings.js';

interface Deps {
  readonly outbox: Outbox;
  readonly audit: AuditService;
  readonly memberships: Memberships;
  readonly news: UserNews;
  /** What identity keeps of people beside the account. */
  readonly holdings: readonly Holding<KnownPerson>[];
  readonly newId?: NewId;
  readonly now?: Now;
}

export type ErasureService = ReturnType<typeof createErasureService>;

/** Erases a person's data (L-26): identity's own here and now, everybody else's by an event that each answers. */
export function createErasureService({ outbox, audit, memberships, news, holdings, newId = typeId, now = systemNow }: Deps) {
  async function erase(tx: EntityManager, scope: Scope, input: { userId: string; reason: string }): Promise<{ erasure: PersonErasure; user: User }> {
    const reason = assertReason(input.reason);
    const teams = await memberships.lockTeamsOf(tx, input.userId);
    const { user } = await lockUserWithin(tx, scope.actor, { id: input.userId }, 'userId');
    // Two steps that nobody undoes: first he is taken out, then what is known of him is erased.
    if (user.state === UserState.ACTIVE) throw new UserError('USER_ACTIVE', 'He can still sign in: deactivate him first', ['input', 'userId']);
    const { actorId, origin } = byOf(scope);
    const erasure = tx.create(PersonErasure, { id: newId('ers'), userId: user.id, centerId: user.centerId, reason, createdBy: actorId, createdAt: now() });
    tx.persist(erasure);
    const username = user.username;
    const pseudonym = pseudonymOf(user.id);
    await memberships.setTeams(tx, user, { before: teams, after: [] });
    Object.assign(user, blank(pseudonym), { erasedAt: now(), updatedAt: now(), version: user.version + 1, rightsVersion: user.rightsVersion + 1 });
    await tx.flush();
    const done = await eraseHoldings(tx, holdings, { userId: user.id, pseudonym, username });
    await keepAnswer(tx, { erasureId: erasure.id, subgraph: 'identity', holdings: [{ what: 'account', erased: 1, kept: 0, reason: null }, ...done] });
    audit.record(tx, { action: AuditAction.PERSON_ERASED, centerId: user.centerId, actorId, target: user.id, detail: { erasure: erasure.id, reason } }, origin);
    await news.changed(tx, [user], { actorId, origin });
    await outbox.add(tx, PersonErased, { erasureId: erasure.id, userId: user.id, pseudonym }, { centerId: user.centerId, traceId: origin.traceId, actor: actorId });
    return { erasure, user };
  }

  async function keepAnswer(tx: EntityManager, answer: { erasureId: string; subgraph: string; holdings: ErasedHolding[] }): Promise<void> {
    if (await tx.findOne(PersonErasureAnswer, { erasureId: answer.erasureId, subgraph: answer.subgraph })) return;
    tx.persist(tx.create(PersonErasureAnswer, { ...answer, answeredAt: now() }));
  }

  return {
    erase: (scope: Scope, input: { userId: string; reason: string }) => scope.em.transactional((tx) => erase(tx, scope, input)),
    keepAnswer,
  };
}

const blank = (pseudonym: string) => ({
  username: pseudonym,
  displayName: 'Erased user',
  email: '',
  phone: null,
  title: null,
  locale: null,
  timeZone: null,
  passwordHash: null,
  mustChangePassword: false,
  lastLoginAt: null,
  state: UserState.DEACTIVATED,
});
