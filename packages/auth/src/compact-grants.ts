import { GRANT_SCOPES, type GrantConditions, type GrantScope, type ResolvedGrants } from './grants.js';

/**
 * Grants as tokens carry them, since a token travels with every request: by scope the actions of each resource, e.g.
 * `{ "CENTER": "calls:read,monitor slots:read", "deny": "remote-sessions:*" }`: about half of the long form.
 */
export type CompactGrants = Readonly<Partial<Record<GrantScope | 'deny', string>>> & {
  /** What narrows a right, by its name. */
  readonly if?: Readonly<Record<string, GrantConditions>>;
};

function packed(permissions: readonly string[]): string {
  const actions = new Map<string, string[]>();
  for (const permission of permissions) {
    const [resource = '', action = ''] = permission.split(':');
    actions.set(resource, [...(actions.get(resource) ?? []), action]);
  }
  return [...actions].map(([resource, names]) => `${resource}:${names.join(',')}`).join(' ');
}

const unpacked = (text = ''): string[] =>
  text === ''
    ? []
    : text.split(' ').flatMap((line) => {
        const [resource = '', actions = ''] = line.split(':');
        return actions.split(',').map((action) => `${resource}:${action}`);
      });

export function compactGrants({ allow, deny, conditions }: ResolvedGrants): CompactGrants {
  const byScope = GRANT_SCOPES.map((scope) => [scope, packed(Object.keys(allow).filter((permission) => allow[permission] === scope))] as const);
  const filled = [...byScope, ['deny', packed(deny)] as const].filter(([, text]) => text !== '');
  return { ...(Object.fromEntries(filled) as CompactGrants), ...(conditions ? { if: conditions } : {}) };
}

export function expandGrants(compact: CompactGrants): ResolvedGrants {
  const allow = Object.fromEntries(GRANT_SCOPES.flatMap((scope) => unpacked(compact[scope]).map((permission) => [permission, scope])));
  const deny = unpacked(compact.deny);
  return compact.if ? { allow, deny, conditions: compact.if } : { allow, deny };
}
