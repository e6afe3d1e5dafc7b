import { resolveGrants, type Actor, type ExplainedDenial, type Grant } from '@vss/auth';
import type { EntityManager } from '@vss/db';
import { lineOf, loadRights, Role, RoleVersion } from '../roles/index.js';
import { TemporaryGrant, TemporaryGrantState } from '../temporary-grants/index.js';
import { User, UserKind, UserState } from '../users/index.js';

/** Somebody whose rights are asked for. */
export interface Subject {
  /** Null for the platform itself. */
  readonly user: User | null;
  readonly actor: Actor;
  /** The lines of his role. */
  readonly lines: readonly Grant[];
  /** What he has for a time beside it. */
  readonly temporary: readonly TemporaryGrant[];
  readonly isActive: boolean;
}

/** Oneself as one is signed in: by a key one may do less than one's role says. */
export async function asSignedIn(em: EntityManager, actor: Actor, at: Date): Promise<Subject> {
  const [user, role] = [await em.findOne(User, { id: actor.userId }), await em.findOne(Role, { name: actor.role })];
  return { user, actor, lines: role?.grants ?? [], temporary: await temporaryGrantsOf(em, actor.userId, at), isActive: true };
}

/** A user with what he may do now, as his next token would say it. Undefined where there is none within the centers of the EntityManager. */
export async function loadSubject(em: EntityManager, userId: string, at: Date): Promise<Subject | undefined> {
  const user = await em.findOne(User, { id: userId });
  if (!user) return undefined;
  const { role, permissionVersion, rightsVersion, teamIds, grants } = await loadRights(em, user, at);
  const actor: Actor = {
    kind: user.kind === UserKind.SERVICE ? 'service' : 'user',
    userId: user.id,
    username: user.username,
    sessionId: '',
    role: role.name,
    centerId: user.centerId,
    teamIds,
    permissionVersion,
    rightsVersion,
    grants,
  };
  return { user, actor, lines: role.grants, temporary: await temporaryGrantsOf(em, user.id, at), isActive: user.state === UserState.ACTIVE };
}

/** The same as he was when he was denied something. Undefined where nobody knows any more what his role was. */
export async function subjectThen(em: EntityManager, { user, actor }: Subject, { role, permissionVersion, rightsVersion, at }: ExplainedDenial): Promise<Subject | undefined> {
  const version = await em.findOne(RoleVersion, { name: role, permissionVersion }, { orderBy: { version: 'desc' } });
  if (!version) return undefined;
  const temporary = await temporaryGrantsOf(em, actor.userId, at);
  const grants = resolveGrants([...version.grants, ...temporary.map(lineOf)]);
  return { user, actor: { ...actor, role, permissionVersion, rightsVersion, grants }, lines: version.grants, temporary, isActive: true };
}

/** What somebody had for a time at this instant: given before it, and neither over nor taken back. */
const temporaryGrantsOf = (em: EntityManager, userId: string, at: Date): Promise<TemporaryGrant[]> =>
  em.find(TemporaryGrant, { userId, state: { $in: HELD_ONCE }, decidedAt: { $lte: at }, endsAt: { $gt: at }, $or: [{ endedAt: null }, { endedAt: { $gt: at } }] }, { orderBy: { id: 'asc' } });

const HELD_ONCE = [TemporaryGrantState.APPROVED, TemporaryGrantState.EXPIRED, TemporaryGrantState.REVOKED];
