/** How far a right reaches, from the narrowest to the widest. */
export const GRANT_SCOPES = ['OWN', 'ASSIGNED', 'TEAM', 'CENTER', 'ALL'] as const;
export type GrantScope = (typeof GRANT_SCOPES)[number];

/** One line of a role (requirements 15). `*` stands for every resource or every action. */
export interface Grant {
  readonly resource: string;
  readonly actions: readonly string[];
  readonly scope: GrantScope;
  readonly effect: 'ALLOW' | 'DENY';
  readonly conditions?: Readonly<Record<string, unknown>>;
}

/**
 * What a role comes to: the widest scope of each allowed `resource:action`, and what is denied. This is the compact
 * form that tokens carry; deciding with it costs a few look-ups and no query.
 */
export interface ResolvedGrants {
  readonly allow: Readonly<Record<string, GrantScope>>;
  readonly deny: readonly string[];
}

/** `resource:action`, or one of the two below. */
export type Permission = string;
/** Anybody, also without a token. */
export const PUBLIC: Permission = 'public';
/** Anybody who signed in. */
export const AUTHENTICATED: Permission = 'authenticated';

export const isAsWideAs = (scope: GrantScope, needed: GrantScope): boolean =>
  GRANT_SCOPES.indexOf(scope) >= GRANT_SCOPES.indexOf(needed);

export function resolveGrants(grants: readonly Grant[]): ResolvedGrants {
  const allow: Record<string, GrantScope> = {};
  const deny: string[] = [];
  for (const grant of grants)
    for (const action of grant.actions) {
      const permission = `${grant.resource}:${action}`;
      if (grant.effect === 'DENY') deny.push(permission);
      else if (!allow[permission] || isAsWideAs(grant.scope, allow[permission])) allow[permission] = grant.scope;
    }
  return { allow, deny };
}

function forms(permission: Permission): string[] {
  const [resource = '', action = ''] = permission.split(':');
  return [permission, `${resource}:*`, `*:${action}`, '*:*'];
}

/** The widest scope in which these grants allow the permission, or undefined where they do not. Deny wins. */
export function grantedScope(grants: ResolvedGrants, permission: Permission): GrantScope | undefined {
  const asked = forms(permission);
  if (asked.some((form) => grants.deny.includes(form))) return undefined;
  let widest: GrantScope | undefined;
  for (const form of asked) {
    const scope = grants.allow[form];
    if (scope && (!widest || isAsWideAs(scope, widest))) widest = scope;
  }
  return widest;
}
