import { GRANT_SCOPES, isAsWideAs, PERMISSIONS, type Grant, type GrantScope } from '@vss/auth';
import { UserError } from '@vss/runtime';
import { z } from 'zod';

/** What one word of the source document's rights comes to. The lines `resource:action,action` are as in the seeded roles. */
interface SourceResource {
  /** For `true`: that resource's defaults, in OWN. */
  readonly all: readonly string[];
  readonly actions: Readonly<Record<string, readonly string[]>>;
}

const crud = (resource: string): SourceResource => {
  const actions = ['create', 'read', 'update', 'delete'];
  return { all: [`${resource}:${actions.join()}`], actions: Object.fromEntries(actions.map((action) => [action, [`${resource}:${action}`]])) };
};

/** The table of `docs/role-migration.md`. */
export const SOURCE_RESOURCES: Readonly<Record<string, SourceResource>> = {
  users: crud('users'),
  roles: crud('roles'),
  trunks: crud('trunks'),
  archonts: crud('centers'),
  slots: {
    all: ['slots:read,reserve,release'],
    actions: { ...crud('slots').actions, admin: ['slots:admin'], monitor: ['slots:monitor'], reserve: ['slots:reserve'], release: ['slots:release'] },
  },
  calls: {
    all: ['calls:read,start,end,answer,hold,transfer,dispose', 'cdrs:read'],
    actions: { read: ['calls:read', 'cdrs:read'], monitor: ['calls:monitor'], record: ['calls:record'], start: ['calls:start'], end: ['calls:end'] },
  },
  crm: {
    all: ['leads:read,create,update', 'notes:read', 'consents:read,create'],
    actions: { read: ['leads:read', 'notes:read', 'consents:read'], write: ['leads:update', 'consents:create'], admin: ['leads:create,delete,import', 'dispositions:update', 'suppressions:read,create,delete'] },
  },
  leads: {
    all: ['leads:read,create,update'],
    actions: { read: ['leads:read'], create: ['leads:create'], update: ['leads:update'], delete: ['leads:delete'] },
  },
  notes: { all: ['notes:create,read,update'], actions: { create: ['notes:create'], read: ['notes:read'], update: ['notes:update'] } },
  reports: { all: ['reports:read,generate'], actions: { read: ['reports:read'], generate: ['reports:generate'] } },
  pipelines: { all: ['pipelines:run,stop,create'], actions: { run: ['pipelines:run'], stop: ['pipelines:stop'], create: ['pipelines:create'] } },
  system: {
    all: ['system:configure,monitor,restart'],
    actions: { configure: ['system:configure'], monitor: ['system:monitor'], restart: ['system:restart'] },
  },
};

/** Verbs that stand where a resource should: each reaches the whole center. */
export const SOURCE_VERBS: Readonly<Record<string, readonly string[]>> = {
  read: ['users:read', 'slots:read', 'trunks:read', 'devices:read', 'calls:read', 'cdrs:read', 'campaigns:read', 'leads:read', 'notes:read', 'suppressions:read', 'events:read', 'nodes:read', 'dashboard:read'],
  report: ['reports:read,generate'],
  monitor: ['calls:monitor', 'slots:monitor', 'system:monitor'],
};

/** Every role of the document works with colleagues and in a center, which it does not name. */
export const SOURCE_BASICS: readonly string[] = ['directory:read', 'centers:read'];

const MOST_ROLES = 50;

const sourceRights = z.strictObject({
  all: z.boolean().default(false),
  permissions: z.record(z.string().max(100), z.union([z.boolean(), z.array(z.string().max(100)).max(50)])).default({}),
});
export type SourceRights = z.output<typeof sourceRights>;
const sourceRoles = z.record(z.string().max(100), sourceRights).refine((roles) => Object.keys(roles).length <= MOST_ROLES, `at most ${MOST_ROLES} roles at once`);

/** Longer texts are read by nobody. */
export const SOURCE_MAX_LENGTH = 100_000;

/** Reads `{"name": {"all": false, "permissions": {…}}}`, roles of the source document by their names. */
export const parseSourceRoles = (json: string): [name: string, rights: SourceRights][] => Object.entries(parsed(json, sourceRoles));
/** Reads `{"all": false, "permissions": {…}}`, the rights of one. */
export const parseSourceRights = (json: string): SourceRights => parsed(json, sourceRights);

function parsed<Schema extends z.ZodType>(json: string, schema: Schema): z.output<Schema> {
  if (json.length > SOURCE_MAX_LENGTH) throw invalid(`The text is longer than ${SOURCE_MAX_LENGTH} characters`);
  const result = schema.safeParse(valueOf(json));
  if (!result.success) throw invalid(`These are no rights of the source document: ${result.error.issues.slice(0, 5).map(({ path, message }) => `${path.join('.') || 'the whole'}: ${message}`).join('; ')}`);
  return result.data;
}

function valueOf(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    throw invalid('This is no JSON');
  }
}

const invalid = (message: string): UserError => new UserError('SOURCE_INVALID', message, ['input', 'json']);

/** The grants that these rights come to, by the table. The document knows no scopes: `scopeOf` says which is meant. */
export function grantsFromSource({ all, permissions }: SourceRights): Grant[] {
  const words = Object.entries(permissions).filter(([, value]) => value !== false);
  const isWatching = words.some(([word]) => Object.hasOwn(SOURCE_VERBS, word));
  const hasOwnLeads = permissions['crm'] === true || permissions['leads'] === true;
  const scopeOf = (word: string, value: true | readonly string[]): GrantScope => {
    if (all) return 'ALL';
    if (isWatching) return 'CENTER';
    if (value === true) return 'OWN';
    return hasOwnLeads && word !== 'calls' ? 'OWN' : 'ASSIGNED';
  };
  const widest = new Map<string, GrantScope>();
  const add = (lines: readonly string[], wanted: GrantScope): void => {
    for (const permission of lines.flatMap(permissionsIn)) {
      const scope = possibleScope(permission, wanted);
      const known = widest.get(permission);
      if (!known || isAsWideAs(scope, known)) widest.set(permission, scope);
    }
  };
  add(SOURCE_BASICS, 'OWN');
  for (const [word, value] of words) if (value !== false) add(linesOf(word, value), scopeOf(word, value));
  return [...grouped(widest), ...(all ? [{ resource: '*', actions: ['*'], scope: 'ALL', effect: 'ALLOW' } as const] : [])];
}

function linesOf(word: string, value: true | readonly string[]): readonly string[] {
  const verb = own(SOURCE_VERBS, word);
  if (verb && value === true) return verb;
  const resource = own(SOURCE_RESOURCES, word);
  if (!resource) throw invalid(`The source document knows no right ${JSON.stringify(word)}: only ${[...Object.keys(SOURCE_RESOURCES), ...Object.keys(SOURCE_VERBS)].join(', ')}`);
  if (value === true) return resource.all;
  return value.flatMap((action) => {
    const lines = own(resource.actions, action);
    if (!lines) throw invalid(`${word} knows no action ${JSON.stringify(action)}: only ${Object.keys(resource.actions).join(', ')}`);
    return lines;
  });
}

/** A word of the document may be `constructor`. */
const own = <T>(table: Readonly<Record<string, T>>, word: string): T | undefined => (Object.hasOwn(table, word) ? table[word] : undefined);

function permissionsIn(line: string): string[] {
  const [resource = '', actions = ''] = line.split(':');
  return actions.split(',').map((action) => `${resource}:${action}`);
}

/** The scope that is wanted or, where the permission means nothing in it, the next wider one. */
function possibleScope(permission: string, wanted: GrantScope): GrantScope {
  const scopes = PERMISSIONS.get(permission)?.scopes ?? GRANT_SCOPES;
  return scopes.find((scope) => isAsWideAs(scope, wanted)) ?? scopes.at(-1) ?? wanted;
}

function grouped(scopes: ReadonlyMap<string, GrantScope>): Grant[] {
  const lines = new Map<string, { resource: string; actions: string[]; scope: GrantScope; effect: 'ALLOW' }>();
  for (const [permission, scope] of scopes) {
    const [resource = '', action = ''] = permission.split(':');
    const key = `${resource} ${scope}`;
    const line = lines.get(key) ?? { resource, actions: [], scope, effect: 'ALLOW' };
    line.actions.push(action);
    lines.set(key, line);
  }
  return [...lines.values()];
}
