import type { GrantConditions, GrantScope, Permission } from './grants.js';

export type ConditionName = keyof GrantConditions;

/** One thing that may be done, as editors of roles show it and as every wall knows it. */
export interface PermissionEntry {
  readonly permission: Permission;
  readonly resource: string;
  readonly action: string;
  readonly description: string;
  /** The scopes in which it means something, from the narrowest. A grant in another one is refused. */
  readonly scopes: readonly GrantScope[];
  /** The conditions that are enforced on it. A grant with another one is refused: it would promise what nobody keeps. */
  readonly conditions: readonly ConditionName[];
  /** Its feature is still to come: roles hold it already, nothing asks for it. */
  readonly planned: boolean;
}

type Actions = Readonly<Record<string, Omit<PermissionEntry, 'permission' | 'resource' | 'action'>>>;

const right = (description: string, scopes: readonly GrantScope[], conditions: readonly ConditionName[] = []) => ({ description, scopes, conditions, planned: false });
const later = (...entry: Parameters<typeof right>) => ({ ...right(...entry), planned: true });

/** Rows that are somebody's. */
const ROWS = ['OWN', 'ASSIGNED', 'TEAM', 'CENTER', 'ALL'] as const;
/** Rows that are given to somebody, or open to his whole center. */
const GIVEN = ['ASSIGNED', 'TEAM', 'CENTER', 'ALL'] as const;
const PEOPLE = ['OWN', 'TEAM', 'CENTER', 'ALL'] as const;
const OTHERS = ['TEAM', 'CENTER', 'ALL'] as const;
const CENTERS = ['CENTER', 'ALL'] as const;
/** What belongs to no center. */
const PLATFORM = ['ALL'] as const;

const CATALOGUE: Readonly<Record<string, Actions>> = {
  // identity
  users: {
    read: right('List users, and see their state and latest sign-in', OTHERS),
    'read-contact': right('See email addresses and phone numbers of others unmasked', OTHERS),
    create: right('Make and invite users', CENTERS),
    update: right('Change, deactivate and reactivate users, and give them roles', CENTERS),
    delete: right('Erase the personal data of a user', CENTERS),
    export: right('Take the personal data of others out, as a document for them', CENTERS),
  },
  teams: {
    read: right('See teams and who is in them', OTHERS),
    create: right('Make teams', CENTERS),
    update: right('Rename teams and say who is in them', CENTERS),
    delete: right('Dissolve teams', CENTERS),
  },
  directory: { read: right('See name and role of colleagues', CENTERS) },
  roles: {
    read: right('See every role with its grants and history', CENTERS),
    create: right('Make roles that may do no more than oneself', PLATFORM),
    update: right('Change roles that may do no more than oneself', PLATFORM),
    delete: right('Delete roles that nobody has', PLATFORM),
  },
  'temporary-grants': {
    read: right('See who asked for a right for a time, and what became of it', ['OWN', 'CENTER', 'ALL']),
    request: right('Ask for a right for a time: OWN for oneself, CENTER for others as well', ['OWN', 'CENTER', 'ALL']),
    approve: right('Give, refuse and take back rights for a time, within one’s own', CENTERS),
  },
  permissions: { explain: right('Ask what somebody else may do, and why', CENTERS) },
  sessions: {
    read: right('See where others are signed in', CENTERS),
    revoke: right('Sign others out', CENTERS),
    confirm: right('Ask which sessions hold; for gateways', PLATFORM),
  },
  'signing-keys': {
    read: right('See the keys that sign access tokens', PLATFORM),
    rotate: right('Change the key that signs access tokens', PLATFORM),
  },
  'api-keys': {
    read: right('See API keys without their secret', CENTERS),
    create: right('Make API keys no wider than oneself', CENTERS),
    update: right('Narrow and rotate API keys', CENTERS),
    revoke: right('Revoke API keys', CENTERS),
  },
  audit: {
    read: right('Read the security audit', CENTERS, ['fields']),
    verify: right('Check that the audit is whole, and sign its head', CENTERS),
    export: right('Take the audit out as a file', CENTERS),
  },
  // telephony
  calls: {
    read: right('See calls, live and past', ROWS, ['fields']),
    start: right('Call somebody', ['OWN', 'CENTER', 'ALL']),
    end: right('Hang up: one’s own calls in OWN, those of others in CENTER', ROWS),
    answer: later('Take inbound calls', ['OWN', 'CENTER', 'ALL']),
    hold: later('Hold and resume a call', ROWS),
    transfer: later('Hand a call over', ROWS),
    dispose: later('Say how a call went', ROWS),
    monitor: later('Listen to a call unheard', OTHERS),
    whisper: later('Speak to one’s colleague in a call, unheard by the other side', OTHERS),
    barge: later('Join a call, heard by all', OTHERS),
    record: later('Start and stop the recording of a call', ROWS),
  },
  cdrs: { read: right('See call detail records', ROWS, ['fields']) },
  recordings: {
    read: later('See that a call was recorded', ROWS),
    play: later('Listen to a recording; each time is written down', ROWS),
    delete: later('Delete recordings before their time', CENTERS),
  },
  slots: {
    read: right('See slots and their state', GIVEN, ['fields']),
    reserve: right('Take a slot for oneself', GIVEN, ['maxConcurrent', 'maxDurationSec']),
    release: right('Give a slot back: one’s own, and in ALL those of others', ROWS),
    monitor: later('See what goes on in slots, live', CENTERS),
    create: later('Add slots', CENTERS),
    update: later('Change slots', CENTERS),
    delete: later('Remove slots', CENTERS),
    admin: right('Take slots in and out of service', CENTERS),
  },
  trunks: {
    read: right('See trunks and their slots', CENTERS, ['fields']),
    create: right('Add trunks', CENTERS),
    update: later('Change trunks', CENTERS),
    delete: later('Remove trunks', CENTERS),
  },
  routes: { read: later('See SIP routes', CENTERS), update: later('Change SIP routes', CENTERS) },
  campaigns: {
    read: later('See campaigns and how they go', GIVEN),
    create: later('Plan campaigns', CENTERS),
    update: later('Change campaigns', CENTERS),
    run: later('Start, pause and stop campaigns', CENTERS),
    halt: later('Stop all campaigns at once', CENTERS),
  },
  agents: { read: later('See who is ready for calls', PEOPLE), update: later('Say whether one is ready for calls', PEOPLE) },
  // devices
  devices: {
    read: right('See hubs, devices and what they report', CENTERS, ['fields']),
    update: later('Change hubs and devices', CENTERS),
    power: later('Switch devices off and on', GIVEN),
    recover: later('Have a device recovered', GIVEN),
  },
  scripts: {
    read: later('See scripts and their runs', GIVEN),
    run: later('Run published scripts on slots', GIVEN),
    create: later('Write and publish scripts', CENTERS),
  },
  'remote-sessions': {
    read: later('See who is connected to which slot, and the logs of it', ROWS),
    open: later('Connect to a slot’s screen or shell', GIVEN, ['protocols', 'maxConcurrent', 'maxDurationSec']),
    control: later('Use keyboard and mouse of a connected slot', GIVEN, ['protocols', 'maxConcurrent', 'maxDurationSec']),
    join: later('Look on at somebody’s connection, hands off', OTHERS),
    end: later('End connections of others', OTHERS),
  },
  streams: { watch: later('Watch the picture of a slot', GIVEN) },
  // crm
  leads: {
    read: right('See leads', ROWS, ['fields']),
    create: right('Add leads', ['OWN', 'CENTER', 'ALL']),
    update: right('Change leads', ROWS),
    delete: later('Remove leads', CENTERS),
    import: later('Bring in leads from a file', CENTERS),
  },
  notes: {
    read: right('Read notes', ROWS, ['fields']),
    create: right('Write notes on calls and leads that one sees', ['OWN', 'CENTER', 'ALL']),
    update: right('Change notes; what they said before is kept', ROWS),
  },
  consents: { read: later('See who agreed to be called', ROWS), create: later('Write down that somebody agreed, or no longer does', ROWS) },
  dispositions: { read: later('See the list of call results', CENTERS), update: later('Change the list of call results', CENTERS) },
  suppressions: {
    read: right('See the numbers that must not be called', CENTERS),
    create: right('Have a number called no more', CENTERS),
    delete: right('Let a number be called again', CENTERS),
  },
  // operations
  centers: {
    read: right('See centers', CENTERS),
    create: later('Set up centers', PLATFORM),
    update: later('Change centers', CENTERS),
    delete: later('Close centers', PLATFORM),
  },
  nodes: {
    read: later('See the computers of the platform', CENTERS),
    create: later('Add computers', PLATFORM),
    update: later('Change computers', PLATFORM),
    delete: later('Remove computers', PLATFORM),
  },
  pipelines: {
    read: later('See pipelines and their runs', CENTERS),
    create: later('Make pipelines', CENTERS),
    run: later('Start pipelines', CENTERS),
    stop: later('Stop pipelines', CENTERS),
  },
  system: {
    monitor: right('See how the platform itself does', CENTERS),
    configure: later('Change settings of the platform', PLATFORM),
    restart: later('Restart components', PLATFORM),
  },
  messages: { redrive: right('Have messages that failed handled again', CENTERS) },
  events: { read: right('Read the event log', CENTERS, ['fields']) },
  dashboard: { read: right('See figures at a glance, of what one may read', ['OWN', 'TEAM', 'CENTER', 'ALL']) },
  reports: {
    read: later('Read reports', ['OWN', 'TEAM', 'CENTER', 'ALL']),
    generate: later('Make reports and take them out as files', OTHERS),
  },
  webhooks: { read: later('See webhooks and what was delivered', CENTERS), update: later('Add, change and remove webhooks', CENTERS) },
  // gateway
  documents: { open: right('Send operations that are not in the list of persisted ones', CENTERS) },
};

/** Every permission that there is, by its name. A wall that asks for one that is not here does not start. */
export const PERMISSIONS: ReadonlyMap<Permission, PermissionEntry> = new Map(
  Object.entries(CATALOGUE).flatMap(([resource, actions]) =>
    Object.entries(actions).map(([action, entry]) => {
      const permission = `${resource}:${action}`;
      return [permission, { permission, resource, action, ...entry }];
    }),
  ),
);

/** The permissions that a line of a role is about; `*` stands for every resource or every action. */
export const permissionsOf = (resource: string, action: string): PermissionEntry[] =>
  [...PERMISSIONS.values()].filter((entry) => (resource === '*' || entry.resource === resource) && (action === '*' || entry.action === action));
