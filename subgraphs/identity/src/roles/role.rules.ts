import { grantedScope, isAsWideAs, type ResolvedGrants } from '@vss/auth';

/** Whether everything these grants allow is allowed to the giver as well: nobody hands out more than he holds. */
export function isWithin(given: ResolvedGrants, giver: ResolvedGrants): boolean {
  return Object.entries(given.allow).every(([permission, scope]) => {
    const own = grantedScope(giver, permission);
    return own !== undefined && isAsWideAs(own, scope);
  });
}
