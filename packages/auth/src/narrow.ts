import { isAsWideAs, type GrantConditions, type GrantScope, type Permission, type ResolvedGrants } from './grants.js';

/**
 * What both of two holders may do. A permission is in it exactly where each of them has it, within the narrower scope and
 * under the conditions of both; what either is denied stays denied.
 */
export function commonGrants(one: ResolvedGrants, other: ResolvedGrants): ResolvedGrants {
  const allow: Record<Permission, GrantScope> = {};
  const conditions: Record<Permission, GrantConditions> = {};
  for (const [permission, scope] of Object.entries(one.allow))
    for (const [theirs, theirScope] of Object.entries(other.allow)) {
      const common = commonPermission(permission, theirs);
      if (!common) continue;
      const narrower = isAsWideAs(scope, theirScope) ? theirScope : scope;
      allow[common] = wider(allow[common], narrower);
      const joined = joinConditions([conditions[common], one.conditions?.[permission], other.conditions?.[theirs]]);
      if (joined) conditions[common] = joined;
    }
  const deny = [...new Set([...one.deny, ...other.deny])];
  return Object.keys(conditions).length > 0 ? { allow, deny, conditions } : { allow, deny };
}

/** What two patterns have in common: `calls:*` and `*:read` meet in `calls:read`. */
function commonPermission(one: Permission, other: Permission): Permission | undefined {
  const [theirs, others] = [one.split(':'), other.split(':')];
  const parts = theirs.map((part, at) => (part === '*' ? others[at] : others[at] === '*' || others[at] === part ? part : undefined));
  return parts.every((part) => part !== undefined) ? parts.join(':') : undefined;
}

const wider = (one: GrantScope | undefined, other: GrantScope): GrantScope => (one && isAsWideAs(one, other) ? one : other);

/** All that are given must hold. Where several lines meet in one permission the strictest of each counts: that is never too much. */
function joinConditions(given: readonly (GrantConditions | undefined)[]): GrantConditions | undefined {
  const conditions = given.filter((each) => each !== undefined);
  if (conditions.length === 0) return undefined;
  const fields = commonOf(conditions.map((each) => each.fields));
  const protocols = commonOf(conditions.map((each) => each.protocols));
  const maxConcurrent = leastOf(conditions.map((each) => each.maxConcurrent));
  const maxDurationSec = leastOf(conditions.map((each) => each.maxDurationSec));
  return { ...(fields && { fields }), ...(protocols && { protocols }), ...(maxConcurrent !== undefined && { maxConcurrent }), ...(maxDurationSec !== undefined && { maxDurationSec }) };
}

function commonOf(lists: readonly (readonly string[] | undefined)[]): readonly string[] | undefined {
  const [first, ...others] = lists.filter((list) => list !== undefined);
  return first?.filter((each) => others.every((list) => list.includes(each)));
}

function leastOf(numbers: readonly (number | undefined)[]): number | undefined {
  const given = numbers.filter((each) => each !== undefined);
  return given.length > 0 ? Math.min(...given) : undefined;
}
