/** How far a right reaches, from the narrowest to the widest. */
export const GRANT_SCOPES = ['OWN', 'ASSIGNED', 'TEAM', 'CENTER', 'ALL'] as const;
export type GrantScope = (typeof GRANT_SCOPES)[number];

/** What narrows a grant beyond its scope (requirements 15). All that are given must hold. */
export interface GrantConditions {
  /** Only these fields of what the right is about. */
  readonly fields?: readonly string[];
  /** Only these ways to reach a device: `RDP`, `VNC`, `SSH`, `TELNET`. */
  readonly protocols?: readonly string[];
  /** At most so many at a time. */
  readonly maxConcurrent?: number;
  /** None for longer than so many seconds. */
  readonly maxDurationSec?: number;
}

/** One line of a role (requirements 15). `*` stands for every resource or every action. */
export interface Grant {
  readonly resource: string;
  readonly actions: readonly string[];
  readonly scope: GrantScope;
  readonly effect: 'ALLOW' | 'DENY';
  readonly conditions?: GrantConditions;
}

/**
 * What a role comes to: the widest scope of each allowed `resource:action`, and what is denied. This is the compact
 * form that tokens carry; deciding with it costs a few look-ups and no query.
 */
export interface ResolvedGrants {
  readonly allow: Readonly<Record<string, GrantScope>>;
  readonly deny: readonly string[];
  /** What narrows an allowed `resource:action`; absent for one that nothing narrows. */
  readonly conditions?: Readonly<Record<string, GrantConditions>>;
}

/** `resource:action`, or one of the two below. */
export type Permission = string;
/** Anybody, also without a token. */
export const PUBLIC: Permission = 'public';
/** Anybody who signed in. */
export const AUTHENTICATED: Permission = 'authenticated';

export const isAsWideAs = (scope: GrantScope, needed: GrantScope): boolean =>
  GRANT_SCOPES.indexOf(scope) >= GRANT_SCOPES.indexOf(needed);

/** Whether a line counts beside what earlier lines gave: the one that reaches farther, and of two that reach as far the one without conditions. */
const counts = (grant: Grant, scope: GrantScope | undefined, conditions: GrantConditions | undefined): boolean =>
  scope === undefined || (grant.scope === scope ? conditions !== undefined : isAsWideAs(grant.scope, scope));

export function resolveGrants(grants: readonly Grant[]): ResolvedGrants {
  const allow: Record<string, GrantScope> = {};
  const conditions: Record<string, GrantConditions> = {};
  const deny: string[] = [];
  for (const grant of grants)
    for (const action of grant.actions) {
      const permission = `${grant.resource}:${action}`;
      if (grant.effect === 'DENY') deny.push(permission);
      else if (counts(grant, allow[permission], conditions[permission])) {
        allow[permission] = grant.scope;
        if (grant.conditions) conditions[permission] = grant.conditions;
        else delete conditions[permission];
      }
    }
  return Object.keys(conditions).length > 0 ? { allow, deny, conditions } : { allow, deny };
}
