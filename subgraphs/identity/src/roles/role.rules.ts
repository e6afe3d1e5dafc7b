import { resolveGrants, type Grant } from '@vss/auth';

/** What the holders of a role may do, as it is told to those who keep it: in tokens, and when it changes. */
export const rightsOf = ({ name, permissionVersion, grants }: { readonly name: string; readonly permissionVersion: number; readonly grants: readonly Grant[] }) => ({
  role: name,
  permissionVersion,
  grants: resolveGrants(grants),
});
