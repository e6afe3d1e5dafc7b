import { decide, denial, scopeOf, type Permission } from '@vss/auth';
import type { Scope } from '@vss/graphql';
import { AppError } from '@vss/runtime';
import { loadTeamIds } from '../roles/index.js';
import { TeamMember } from './team.entity.js';
import type { User } from './user.entity.js';

/** Whether a right to see others reaches this user; oneself one sees without any. */
export async function reachesUser(scope: Scope, user: User, permission: Permission): Promise<boolean> {
  const { actor } = scope;
  if (actor.userId === user.id) return true;
  const teamIds = scopeOf(actor, permission) === 'TEAM' ? ((await scope.batch.load('teams of users', user.id, (ids) => loadTeamIds(scope.em, ids))) ?? []) : [];
  return decide(actor, permission, { row: { centerId: user.centerId, ownerIds: [user.id], assigneeIds: [], teamIds } }).allowed;
}

/** The guard let anybody signed in pass; whose account it is, only the row tells. A list is denied once, not once a row. */
export async function seen<T>(scope: Scope, user: User, value: T): Promise<T> {
  if (await reachesUser(scope, user, 'users:read')) return value;
  const known = scope.verdicts.get('row users:read');
  if (known instanceof AppError) throw known;
  const refused = denial(scope.actor, 'users:read', { coordinate: 'User', needed: 'CENTER', row: { type: 'USER', id: user.id }, at: scope.now() });
  scope.verdicts.set('row users:read', refused);
  scope.onDenied?.({ actor: scope.actor, permission: 'users:read', operation: `User ${user.id}`, traceId: scope.traceId });
  throw refused;
}

/** Contact data: in full for himself and for who may write to people, masked for everybody else who sees the account. */
export async function contact(scope: Scope, user: User, value: string | null | undefined, masked: (value: string) => string): Promise<string | null> {
  if (!(await seen(scope, user, value))) return null;
  return value ? ((await reachesUser(scope, user, 'users:read-contact')) ? value : masked(value)) : null;
}

/** The ids of those whom the right to list users reaches; undefined: all of the center. */
export async function listedIds({ em, actor }: Scope): Promise<string[] | undefined> {
  if (scopeOf(actor, 'users:read') !== 'TEAM') return undefined;
  const members = await em.find(TeamMember, { teamId: { $in: [...actor.teamIds] } });
  return [...new Set([actor.userId, ...members.map(({ userId }) => userId)])];
}
