import { decisionByGrants } from './decide.js';
import { isAsWideAs, type GrantConditions, type GrantScope, type Permission, type ResolvedGrants } from './grants.js';
import { PERMISSIONS } from './permissions.js';

/** A permission as somebody holds it. */
export interface Right {
  readonly scope: GrantScope;
  /** Absent: without any. */
  readonly conditions?: GrantConditions;
}

/** What these grants give of a permission, or undefined where they do not. Where several lines give it, the widest counts. */
export function heldRight(grants: ResolvedGrants, permission: Permission): Right | undefined {
  const { allowed, held, conditions } = decisionByGrants(grants, permission);
  if (!allowed || !held) return undefined;
  return conditions ? { scope: held, conditions } : { scope: held };
}

/** The widest scope in which these grants allow the permission, or undefined where they do not. Deny wins. */
export const grantedScope = (grants: ResolvedGrants, permission: Permission): GrantScope | undefined => heldRight(grants, permission)?.scope;

/** Whether who holds `held` can do everything that `given` lets one do. */
export const isWithinRight = (given: Right, held: Right | undefined): boolean =>
  held !== undefined && isAsWideAs(held.scope, given.scope) && areAtLeastAsStrict(given.conditions, held.conditions);

function areAtLeastAsStrict(given: GrantConditions = {}, held: GrantConditions = {}): boolean {
  const isPart = (part: readonly string[] | undefined, whole: readonly string[] | undefined): boolean => !whole || (part?.every((each) => whole.includes(each)) ?? false);
  const isAtMost = (value = Infinity, limit = Infinity): boolean => value <= limit;
  return (
    isPart(given.fields, held.fields) &&
    isPart(given.protocols, held.protocols) &&
    isAtMost(given.maxConcurrent, held.maxConcurrent) &&
    isAtMost(given.maxDurationSec, held.maxDurationSec)
  );
}

/** Every permission of the catalogue that these grants give, wildcards written out. */
export function rightsIn(grants: ResolvedGrants): Map<Permission, Right> {
  const rights = new Map<Permission, Right>();
  for (const permission of PERMISSIONS.keys()) {
    const right = heldRight(grants, permission);
    if (right) rights.set(permission, right);
  }
  return rights;
}

/**
 * What of these grants the giver does not hold himself, or not as far: he may not hand it out. A wildcard also stands for
 * what a later version brings, so that only who holds it, or a wider one, gives it.
 */
export function rightsBeyond(given: ResolvedGrants, giver: ResolvedGrants): Permission[] {
  const beyond = new Set<Permission>();
  const check = (permission: Permission, right: Right | undefined): void => {
    if (right && !isWithinRight(right, heldRight(giver, permission))) beyond.add(permission);
  };
  for (const form of Object.keys(given.allow)) check(form, heldRight(given, form));
  for (const [permission, right] of rightsIn(given)) check(permission, right);
  return [...beyond].sort();
}

/** Nobody hands out more than he holds. */
export const isWithin = (given: ResolvedGrants, giver: ResolvedGrants): boolean => rightsBeyond(given, giver).length === 0;

/** What becomes of one permission. */
export interface RightChange {
  readonly permission: Permission;
  readonly before?: Right;
  readonly after?: Right;
}

/** What somebody can do with the new grants that he could not with the old, and the other way round. A permission that reaches farther under a new condition is in both. */
export function rightChanges(before: ResolvedGrants, after: ResolvedGrants): { gained: RightChange[]; lost: RightChange[] } {
  const gained: RightChange[] = [];
  const lost: RightChange[] = [];
  for (const permission of PERMISSIONS.keys()) {
    const [had, has] = [heldRight(before, permission), heldRight(after, permission)];
    const change = { permission, ...(had ? { before: had } : {}), ...(has ? { after: has } : {}) };
    if (has && !isWithinRight(has, had)) gained.push(change);
    if (had && !isWithinRight(had, has)) lost.push(change);
  }
  return { gained, lost };
}

/** Whether a permission is held by `*:*` alone: an administrator's use of what is not his work. */
export function isOverride(grants: ResolvedGrants, permission: Permission): boolean {
  const decision = decisionByGrants(grants, permission);
  return decision.allowed && decision.isOverride;
}

/** Whether who holds these grants can do everything everywhere, and so put everything right again. */
export const isAdministrators = (grants: ResolvedGrants): boolean => grants.allow['*:*'] === 'ALL' && grants.deny.length === 0;
