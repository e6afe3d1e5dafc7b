import { resolveGrants, type Grant, type GrantScope, type ResolvedGrants } from './grants.js';

/** A role that every installation has. Identity seeds its grants; an administrator may make further roles. */
export interface SystemRole {
  readonly name: string;
  readonly description: string;
  readonly grants: readonly Grant[];
}

/** Reads `leads:read,update` lines; each takes the scope it stands under. */
const within = (scope: GrantScope, ...lines: readonly string[]): Grant[] =>
  lines.map((line) => {
    const [resource = '', actions = ''] = line.split(':');
    return { resource, actions: actions.split(','), scope, effect: 'ALLOW' };
  });

/** The four roles of the source document (requirements 6), with its `true` values and bare verbs written out (X-15…X-30). */
export const SYSTEM_ROLES: readonly SystemRole[] = [
  { name: 'admin', description: 'Runs the platform: everything, in every center.', grants: within('ALL', '*:*') },
  {
    name: 'operator',
    description: 'Calls people: takes slots, makes and ends his own calls, works on the leads given to him and on the open pool.',
    grants: [
      ...within('CENTER', 'slots:read,release', 'notes:create', 'suppressions:create', 'trunks:read', 'devices:read', 'centers:read', 'directory:read'),
      ...within('ASSIGNED', 'slots:reserve', 'leads:read,update', 'notes:read'),
      ...within('OWN', 'calls:read,start,end', 'cdrs:read', 'dashboard:read'),
    ],
  },
  {
    name: 'seller',
    description: 'Sells: his own leads, their calls and notes. No slots, and no calls of his own.',
    grants: [
      ...within('CENTER', 'centers:read', 'directory:read'),
      // Calls on his own leads, whoever makes them.
      ...within('ASSIGNED', 'calls:read', 'cdrs:read'),
      ...within('OWN', 'leads:read,create,update', 'notes:create,read,update', 'dashboard:read'),
    ],
  },
  {
    name: 'supervisor',
    description: 'Watches the whole center live and changes none of it.',
    grants: within('CENTER', 'users:read', 'roles:read', 'slots:read,monitor', 'trunks:read', 'calls:read,monitor', 'cdrs:read', 'leads:read', 'notes:read', 'suppressions:read', 'devices:read', 'events:read', 'reports:read,generate', 'system:monitor', 'dashboard:read', 'centers:read', 'directory:read'),
  },
];

/** What one of the seeded roles comes to. Throws where there is no such role. */
export function grantsOfRole(name: string): ResolvedGrants {
  const role = SYSTEM_ROLES.find((each) => each.name === name);
  if (!role) throw new Error(`No role is called ${name}`);
  return resolveGrants(role.grants);
}
