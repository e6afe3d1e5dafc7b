import { grantedScope, isAsWideAs, resolveGrants, type Grant, type ResolvedGrants } from '@vss/auth';

/** Whether everything these grants allow is allowed to the giver as well: nobody hands out more than he holds. */
export function isWithin(given: ResolvedGrants, giver: ResolvedGrants): boolean {
  return Object.entries(given.allow).every(([permission, scope]) => {
    const own = grantedScope(giver, permission);
    return own !== undefined && isAsWideAs(own, scope);
  });
}

/** What the holders of a role may do, as it is told to those who keep it: in tokens, and when it changes. */
export const rightsOf = ({ name, permissionVersion, grants }: { readonly name: string; readonly permissionVersion: number; readonly grants: readonly Grant[] }) => ({
  role: name,
  permissionVersion,
  grants: resolveGrants(grants),
});
