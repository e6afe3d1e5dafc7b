import { resolveGrants, type Grant, type GrantConditions, type GrantScope, type ResolvedGrants } from './grants.js';

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

const on = (conditions: GrantConditions, grants: readonly Grant[]): Grant[] => grants.map((grant) => ({ ...grant, conditions }));

/** A denial takes a right away altogether, also one that somebody is given for a time. */
const never = (...lines: readonly string[]): Grant[] => within('ALL', ...lines).map((grant) => ({ ...grant, effect: 'DENY' }));

/**
 * What administering is (R-121…R-132). `*:*` gives the rest; every use of what is not in this list is marked in the
 * audit as an override: an administrator can call people and listen to recordings, but it is not his work.
 */
const ADMINISTRATION = [
  'users:*', 'teams:*', 'directory:*', 'roles:*', 'temporary-grants:*', 'permissions:*', 'sessions:*', 'signing-keys:*', 'api-keys:*', 'audit:*',
  'slots:create,read,update,delete,admin,monitor', 'trunks:*', 'routes:*', 'campaigns:*', 'agents:*',
  'calls:read,monitor,record', 'cdrs:*', 'recordings:read',
  'devices:*', 'scripts:*', 'remote-sessions:*', 'streams:*',
  'leads:*', 'notes:*', 'consents:*', 'dispositions:*', 'suppressions:*',
  'centers:*', 'nodes:*', 'pipelines:*', 'system:*', 'messages:*', 'events:*', 'dashboard:*', 'reports:*', 'webhooks:*', 'documents:*',
];

/** Five connections of an hour each; Telnet only where somebody adds it. */
const OPERATORS_CONNECTIONS: GrantConditions = { protocols: ['RDP', 'VNC', 'SSH'], maxConcurrent: 5, maxDurationSec: 3600 };

/** The four roles of the source document (requirements 6), with its `true` values and bare verbs written out (X-15…X-30). */
export const SYSTEM_ROLES: readonly SystemRole[] = [
  { name: 'admin', description: 'Runs the platform: everything, in every center.', grants: [...within('ALL', ...ADMINISTRATION), ...within('ALL', '*:*')] },
  {
    name: 'operator',
    description: 'Calls people: takes slots, makes and ends his own calls, works on the leads given to him and on the open pool.',
    grants: [
      ...within('CENTER', 'slots:read,release', 'notes:create', 'suppressions:create', 'trunks:read', 'devices:read', 'centers:read', 'directory:read', 'dispositions:read'),
      ...within('ASSIGNED', 'slots:reserve', 'leads:read,update', 'notes:read', 'consents:read,create', 'campaigns:read', 'scripts:read,run'),
      ...within('OWN', 'calls:read,start,end,answer,hold,transfer,dispose', 'cdrs:read', 'dashboard:read', 'agents:read,update', 'remote-sessions:read', 'temporary-grants:read,request'),
      ...on(OPERATORS_CONNECTIONS, within('ASSIGNED', 'remote-sessions:open,control')),
    ],
  },
  {
    name: 'seller',
    description: 'Sells: his own leads, their calls and notes. No slots, and no calls of his own.',
    grants: [
      ...within('CENTER', 'centers:read', 'directory:read', 'dispositions:read'),
      // Calls on his own leads, whoever makes them.
      ...within('ASSIGNED', 'calls:read', 'cdrs:read'),
      ...within('OWN', 'leads:read,create,update', 'notes:create,read,update', 'consents:read,create', 'dashboard:read', 'reports:read', 'recordings:read,play', 'temporary-grants:read'),
      // of the two texts the restriction is the clearer.
      ...never('remote-sessions:*'),
    ],
  },
  {
    name: 'supervisor',
    description: 'Watches the whole center live and changes none of it.',
    grants: within(
      'CENTER',
      'users:read', 'teams:read', 'roles:read', 'directory:read', 'permissions:explain', 'temporary-grants:read,request',
      'slots:read,monitor', 'trunks:read', 'calls:read,monitor', 'cdrs:read', 'campaigns:read,halt', 'agents:read',
      'devices:read', 'remote-sessions:read,join', 'streams:watch',
      'leads:read', 'notes:read', 'consents:read', 'dispositions:read', 'suppressions:read',
      'centers:read', 'nodes:read', 'system:monitor', 'events:read', 'reports:read,generate', 'dashboard:read',
    ),
  },
];

/** What one of the seeded roles comes to. Throws where there is no such role. */
export function grantsOfRole(name: string): ResolvedGrants {
  const role = SYSTEM_ROLES.find((each) => each.name === name);
  if (!role) throw new Error(`No role is called ${name}`);
  return resolveGrants(role.grants);
}
