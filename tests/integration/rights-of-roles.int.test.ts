import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { GrantScope } from '@vss/auth';
import { newId } from '@vss/runtime';
import { startInProcessPlatform, type Answer, type InProcessPlatform } from './support/platform.js';
import { codesOf, isDenied } from './support/probes.js';

type RoleName = 'admin' | 'operator' | 'seller' | 'supervisor';
/** What is tried: an operation, or the right alone where its feature is still to come (`remote-sessions:open`). */
type Probe = string;

interface Row {
  readonly row: string;
  readonly is: string;
  readonly may: Partial<Record<RoleName, readonly Probe[]>>;
  readonly mayNot: Partial<Record<RoleName, readonly Probe[]>>;
}

const PASSWORD = 'correct horse battery';
const LOGIN = 'mutation ($input: LoginInput!) { login(input: $input) { accessToken userErrors { code } } }';

// Of rows that do not exist: who holds the right is told so, who does not is denied before anybody looks.
const query = (field: string): Probe => `{ ${field} { __typename } }`;
const mutation = (name: string, input: string): Probe => `mutation { ${name}(input: {${input}}) { __typename } }`;
const key = 'idempotencyKey: "rights"';
const GONE = 'id: "nobody", expectedVersion: 1';
const makeUser = (role: RoleName): Probe => mutation('userCreate', `username: "${newId('name')}", password: "${PASSWORD}", email: "a@example.org", role: "${role}"`);

const USERS = [makeUser('seller'), mutation('userUpdate', GONE), mutation('userDeactivate', `${GONE}, reason: "left"`), mutation('userReactivate', `${GONE}, reason: "back"`)];
const ROLES = [mutation('roleCreate', `name: "${newId('name')}", description: "-", grants: []`), mutation('roleUpdate', GONE), mutation('roleDelete', GONE)];
const SLOT_ADMIN = mutation('slotAdminStateSet', 'slotId: "nobody", adminState: MAINTENANCE');
const TRUNK_CREATE = mutation('trunkCreate', `name: "t", capacity: 1, slotKind: AUTO, ${key}`);
const CALL_START = mutation('callStart', `slotId: "nobody", phoneNumber: "+12125550123", ${key}`);
const CALL_END = mutation('callEnd', `callId: "nobody", ${key}`);
const LEAD_CREATE = mutation('leadCreate', 'clientName: "Ada", phone: "+12125550123"');
const LEAD_UPDATE = mutation('leadUpdate', GONE);
const NOTE_CREATE = mutation('noteCreate', 'leadId: "nobody", text: "-"');
const NOTE_UPDATE = mutation('noteUpdate', 'id: "nobody", expectedVersion: 1, text: "-"');
const SLOT_RESERVE = mutation('slotReserve', `slotId: "nobody", seconds: 60, ${key}`);
const LISTS = { calls: query('calls'), cdrs: query('cdrs'), slots: query('slots'), trunks: query('trunks'), leads: query('leads'), users: query('users'), roles: query('roles'), events: query('events'), dashboard: query('dashboard'), centers: query('centers'), hubs: query('hubs'), audit: query('securityAudit'), sessions: query('sessions') };
const SYSTEM = ['system:configure', 'system:restart'];
const CENTERS = ['centers:create', 'centers:update', 'centers:delete'];

const TABLE: readonly Row[] = [
  { row: 'R-120', is: 'an administrator may everything', may: { admin: ['recordings:play', 'calls:start', 'calls:barge', 'webhooks:update'] }, mayNot: { operator: ['recordings:play', 'webhooks:update'], seller: ['calls:barge'], supervisor: ['calls:barge', 'webhooks:update'] } },
  { row: 'R-121', is: 'users are administered', may: { admin: [LISTS.users, ...USERS] }, mayNot: { operator: USERS, seller: USERS, supervisor: USERS } },
  { row: 'R-122', is: 'roles are administered', may: { admin: [LISTS.roles, ...ROLES] }, mayNot: { operator: [LISTS.roles, ...ROLES], seller: [LISTS.roles, ...ROLES], supervisor: ROLES } },
  { row: 'R-123', is: 'slots are administered', may: { admin: [LISTS.slots, SLOT_ADMIN, 'slots:create', 'slots:update', 'slots:delete'] }, mayNot: { operator: [SLOT_ADMIN, 'slots:create', 'slots:update', 'slots:delete'], supervisor: [SLOT_ADMIN, 'slots:update'], seller: [SLOT_ADMIN, LISTS.slots] } },
  { row: 'R-124', is: 'trunks are administered', may: { admin: [LISTS.trunks, TRUNK_CREATE, 'trunks:update', 'trunks:delete'] }, mayNot: { operator: [TRUNK_CREATE, 'trunks:update'], supervisor: [TRUNK_CREATE, 'trunks:delete'], seller: [TRUNK_CREATE, LISTS.trunks] } },
  { row: 'R-125', is: 'an administrator reads, monitors and records calls', may: { admin: [LISTS.calls, 'calls:monitor', 'calls:record'] }, mayNot: { operator: ['calls:monitor', 'calls:record'], seller: ['calls:monitor', 'calls:record'], supervisor: ['calls:record'] } },
  { row: 'R-126', is: 'centers are administered', may: { admin: [LISTS.centers, ...CENTERS] }, mayNot: { operator: CENTERS, seller: CENTERS, supervisor: CENTERS } },
  { row: 'R-127', is: 'the system is configured, monitored and restarted', may: { admin: [...SYSTEM, query('deadLetters')] }, mayNot: { operator: [...SYSTEM, query('deadLetters')], seller: [...SYSTEM, query('deadLetters')], supervisor: SYSTEM } },
  { row: 'R-128', is: 'an administrator reads, writes and administers the CRM', may: { admin: [LISTS.leads, LEAD_CREATE, LEAD_UPDATE, NOTE_CREATE, 'leads:delete'] }, mayNot: { operator: [LEAD_CREATE, 'leads:delete'], seller: ['leads:delete'], supervisor: [LEAD_CREATE, LEAD_UPDATE, NOTE_CREATE] } },
  { row: 'R-129', is: 'reports are read and made', may: { admin: ['reports:read', 'reports:generate'], supervisor: ['reports:generate'] }, mayNot: { operator: ['reports:read', 'reports:generate'], seller: ['reports:generate'] } },
  { row: 'R-130', is: 'pipelines are run, stopped and made', may: { admin: ['pipelines:run', 'pipelines:stop', 'pipelines:create'] }, mayNot: { operator: ['pipelines:run'], seller: ['pipelines:run'], supervisor: ['pipelines:run', 'pipelines:stop', 'pipelines:create'] } },
  { row: 'R-131', is: 'an administrator connects to every slot and controls it', may: { admin: ['remote-sessions:open', 'remote-sessions:control', 'remote-sessions:end'] }, mayNot: { operator: ['remote-sessions:end'], seller: ['remote-sessions:open', 'remote-sessions:control'], supervisor: ['remote-sessions:open', 'remote-sessions:control'] } },
  { row: 'R-132', is: 'an administrator reads all logs and the security audit, and configures nodes and routes', may: { admin: [LISTS.audit, LISTS.events, LISTS.sessions, 'nodes:update', 'routes:update'] }, mayNot: { operator: [LISTS.audit, LISTS.events, LISTS.sessions, 'nodes:update'], seller: [LISTS.audit, LISTS.events, 'routes:update'], supervisor: [LISTS.audit, LISTS.sessions, 'nodes:update', 'routes:update'] } },

  { row: 'R-140', is: 'an operator has calls, slots, leads and notes', may: { operator: [LISTS.calls, LISTS.slots, SLOT_RESERVE, LISTS.leads, LEAD_UPDATE, NOTE_CREATE, 'notes:read'] }, mayNot: { operator: [LEAD_CREATE, NOTE_UPDATE, SLOT_ADMIN], seller: [SLOT_RESERVE], supervisor: [SLOT_RESERVE, NOTE_CREATE] } },
  { row: 'R-141', is: 'an operator connects to slots given to him', may: { operator: ['remote-sessions:open', 'remote-sessions:control'] }, mayNot: { operator: ['remote-sessions:join', 'remote-sessions:end'], seller: ['remote-sessions:open'] } },
  { row: 'R-142', is: 'an operator lists slots, starts and ends calls, sees live calls and leads, and writes notes', may: { operator: [LISTS.slots, CALL_START, CALL_END, LISTS.calls, LISTS.leads, NOTE_CREATE] }, mayNot: { seller: [CALL_START, CALL_END, LISTS.slots], supervisor: [CALL_START, CALL_END, NOTE_CREATE] } },
  { row: 'R-143', is: 'an operator takes inbound calls and works on leads', may: { operator: ['calls:answer', LEAD_UPDATE, LISTS.leads] }, mayNot: { seller: ['calls:answer'], supervisor: ['calls:answer', LEAD_UPDATE] } },
  { row: 'R-144', is: 'an operator runs scripts that others published', may: { operator: ['scripts:run'], admin: ['scripts:create'] }, mayNot: { operator: ['scripts:create'], seller: ['scripts:run'], supervisor: ['scripts:run'] } },
  { row: 'R-145', is: 'an operator makes and removes no users', may: { operator: [query('me')], admin: USERS }, mayNot: { operator: [...USERS, LISTS.users] } },
  { row: 'R-146', is: 'an operator changes no settings', may: { operator: [LISTS.hubs, LISTS.trunks] }, mayNot: { operator: ['system:configure', TRUNK_CREATE, SLOT_ADMIN, 'routes:update'] } },
  { row: 'R-147', is: 'an operator restarts nothing', may: { admin: ['system:restart'] }, mayNot: { operator: ['system:restart', mutation('slotRecover', `slotId: "nobody", ${key}`)] } },
  { row: 'R-148', is: 'an operator administers no centers', may: { operator: [LISTS.centers] }, mayNot: { operator: CENTERS } },

  { row: 'R-150', is: 'a seller has leads, notes and the calls on them', may: { seller: [LISTS.leads, LEAD_CREATE, LEAD_UPDATE, LISTS.calls, NOTE_CREATE, NOTE_UPDATE] }, mayNot: { seller: ['calls:end', 'leads:import'], operator: [NOTE_UPDATE] } },
  { row: 'R-151', is: 'a seller sees no screen of a slot (X-17: the clearer of two texts)', may: { operator: ['remote-sessions:open'] }, mayNot: { seller: ['remote-sessions:read', 'remote-sessions:open', 'remote-sessions:join', 'streams:watch'] } },
  { row: 'R-152', is: 'a seller manages his leads and notes and has figures of them', may: { seller: [LISTS.leads, LEAD_UPDATE, NOTE_CREATE, LISTS.calls, LISTS.dashboard] }, mayNot: { seller: [LISTS.events], operator: [LEAD_CREATE] } },
  { row: 'R-153', is: 'a seller makes leads, sees their calls and listens to their recordings (X-18)', may: { seller: [LEAD_CREATE, LEAD_UPDATE, LISTS.cdrs, 'recordings:play', 'reports:read'] }, mayNot: { operator: ['recordings:play'], seller: ['recordings:delete'] } },
  { row: 'R-154', is: 'a seller manages no slots', may: { operator: [LISTS.slots] }, mayNot: { seller: [LISTS.slots, SLOT_RESERVE, SLOT_ADMIN, mutation('slotRelease', 'leaseId: "nobody"')] } },
  { row: 'R-155', is: 'a seller starts no calls', may: { operator: [CALL_START] }, mayNot: { seller: [CALL_START, CALL_END] } },
  { row: 'R-156', is: 'a seller does not connect remotely', may: { operator: ['remote-sessions:open'] }, mayNot: { seller: ['remote-sessions:open', 'remote-sessions:control', 'remote-sessions:join'] } },
  { row: 'R-157', is: 'a seller has the CRM and nothing else', may: { seller: [LISTS.leads] }, mayNot: { seller: [LISTS.slots, LISTS.trunks, LISTS.hubs, LISTS.users, LISTS.events, LISTS.audit, 'campaigns:read', 'system:monitor'] } },

  { row: 'R-160', is: 'a supervisor reads, reports and monitors', may: { supervisor: [LISTS.calls, LISTS.users, LISTS.slots, LISTS.leads, 'calls:monitor', 'slots:monitor', 'reports:generate'] }, mayNot: { supervisor: ['calls:whisper', 'calls:barge', LEAD_UPDATE], operator: ['calls:monitor'] } },
  { row: 'R-161', is: 'a supervisor looks on at remote sessions, hands off (X-27)', may: { supervisor: ['remote-sessions:read', 'remote-sessions:join'] }, mayNot: { supervisor: ['remote-sessions:open', 'remote-sessions:control'], seller: ['remote-sessions:join'] } },
  { row: 'R-162', is: 'a supervisor sees the whole dashboard, calls, slots, users, records and logs', may: { supervisor: [LISTS.dashboard, LISTS.calls, LISTS.slots, LISTS.cdrs, LISTS.users, LISTS.events, LISTS.hubs, 'reports:read'] }, mayNot: { operator: [LISTS.users, LISTS.events], seller: [LISTS.events, LISTS.hubs] } },
  { row: 'R-163', is: 'a supervisor analyses, exports and finds faults', may: { supervisor: ['reports:generate', query('deadLetters'), '{ dashboard { operators { __typename } } }'] }, mayNot: { operator: ['reports:generate', query('deadLetters')], seller: [query('deadLetters')] } },
  { row: 'R-164', is: 'a supervisor changes no settings', may: { supervisor: [LISTS.trunks] }, mayNot: { supervisor: [...SYSTEM, TRUNK_CREATE, SLOT_ADMIN, 'routes:update', 'nodes:update'] } },
  { row: 'R-165', is: 'a supervisor manages no users', may: { supervisor: [LISTS.users, LISTS.roles] }, mayNot: { supervisor: [...USERS, ...ROLES] } },
  { row: 'R-166', is: 'a supervisor starts no calls', may: { supervisor: [LISTS.calls] }, mayNot: { supervisor: [CALL_START, CALL_END, 'calls:answer'] } },
  { row: 'R-167', is: 'a supervisor administers no centers', may: { supervisor: [LISTS.centers] }, mayNot: { supervisor: CENTERS } },
];

describe('what the four roles may, as users who signed in', () => {
  let platform: InProcessPlatform;
  const tokens = new Map<string, string>();
  const centerId = newId('ctr');
  const signIn = async (role: RoleName): Promise<string> => {
    const username = newId('name');
    await platform.identity.ensureUsers([{ username, password: PASSWORD, role, displayName: `The ${role}`, email: `${username}@example.org`, centerId }]);
    const { data } = await platform.askWith(undefined, LOGIN, { input: { username, password: PASSWORD } });
    return (data as { login: { accessToken: string } }).login.accessToken;
  };
  beforeAll(async () => {
    platform = await startInProcessPlatform();
    for (const role of ['admin', 'operator', 'seller', 'supervisor'] as const) tokens.set(role, await signIn(role));
  });
  afterAll(() => platform.stop());

  const ask = (role: string, text: string, variables = {}): Promise<Answer> => platform.askWith(tokens.get(role), text, variables);
  const check = async (role: string, permission: string): Promise<{ allowed: boolean; scope: GrantScope | null }> => {
    const { data } = await ask(role, 'query ($permission: String!) { permissionCheck(permission: $permission) { allowed scope } }', { permission });
    return (data as { permissionCheck: { allowed: boolean; scope: GrantScope | null } }).permissionCheck;
  };
  const isOperation = (probe: Probe): boolean => probe.includes('{');
  async function verdictOf(role: string, probe: Probe): Promise<string> {
    if (!isOperation(probe)) return (await check(role, probe)).allowed ? 'allowed' : 'denied';
    const answer = await ask(role, probe);
    const isBroken = codesOf(answer).some((code) => ['INTERNAL_SERVER_ERROR', 'GRAPHQL_VALIDATION_FAILED', 'GRAPHQL_PARSE_FAILED'].includes(code));
    if (isBroken) return JSON.stringify(answer.errors);
    return isDenied(answer) ? 'denied' : 'allowed';
  }

  it.each(TABLE)('$row: $is', async ({ may, mayNot }) => {
    const tries = (Object.entries({ allowed: may, denied: mayNot }) as ['allowed' | 'denied', Row['may']][]).flatMap(([expected, byRole]) =>
      Object.entries(byRole).flatMap(([role, probes]) => probes.map((probe) => ({ role, probe, expected }))),
    );
    const wrong: string[] = [];
    for (const { role, probe, expected } of tries) {
      const verdict = await verdictOf(role, probe);
      if (verdict !== expected) wrong.push(`${role}: ${probe} is ${verdict} and should be ${expected}`);
    }
    expect(wrong).toEqual([]);
    expect(new Set(tries.map(({ expected }) => expected)).size).toBe(2);
  });

  it('R-141, X-45, X-46: an operator connects by RDP, VNC and SSH, five times at once, for an hour each', async () => {
    expect(await check('operator', 'remote-sessions:open')).toEqual({ allowed: true, scope: 'ASSIGNED' });
    const { data } = await ask('operator', '{ me { role { grants { resource actions conditions { protocols maxConcurrent maxDurationSec } } } } }');
    const { grants } = (data as { me: { role: { grants: { resource: string; actions: string[]; conditions: object | null }[] } } }).me.role;
    expect(grants.filter(({ resource, actions }) => resource === 'remote-sessions' && actions.includes('open'))).toEqual([
      { resource: 'remote-sessions', actions: ['open', 'control'], conditions: { protocols: ['RDP', 'VNC', 'SSH'], maxConcurrent: 5, maxDurationSec: 3600 } },
    ]);
  });

  it('R-158, X-16: a seller sees nothing of another seller: no lead, no note, no figure', async () => {
    const other = await signIn('seller');
    const made = await ask('seller', 'mutation { leadCreate(input: {clientName: "Ada Byron", phone: "+12125550142"}) { lead { id version } userErrors { code } } }');
    const { lead } = (made.data as { leadCreate: { lead: { id: string; version: number } } }).leadCreate;
    const asOther = (text: string, variables = {}): Promise<Answer> => platform.askWith(other, text, variables);
    expect(await ask('seller', 'query ($id: ID!) { lead(id: $id) { clientName } }', { id: lead.id })).toMatchObject({ data: { lead: { clientName: 'Ada Byron' } } });
    expect(await asOther('{ leads { totalCount nodes { id } } dashboard { leads { total } } }')).toMatchObject({ data: { leads: { totalCount: 0, nodes: [] }, dashboard: { leads: { total: 0 } } } });
    for (const text of [
      'query ($id: ID!) { lead(id: $id) { id } }',
      'mutation ($id: ID!) { leadUpdate(input: {id: $id, expectedVersion: 1, clientName: "x"}) { lead { id } } }',
      'mutation ($id: ID!) { noteCreate(input: {leadId: $id, text: "x"}) { note { id } } }',
    ])
      expect(codesOf(await asOther(text, { id: lead.id }))).toEqual(['NOT_FOUND']);
  });
});

describe('R-170, R-171, R-183: signing in, and who is made to', () => {
  let platform: InProcessPlatform;
  let admin: string;
  const login = async (username: string, password: string): Promise<{ accessToken: string | null; user: unknown; userErrors: { code: string }[] }> => {
    const { data } = await platform.askWith(undefined, 'mutation ($input: LoginInput!) { login(input: $input) { accessToken user { username role { name } } userErrors { code } } }', { input: { username, password } });
    return (data as { login: { accessToken: string | null; user: unknown; userErrors: { code: string }[] } }).login;
  };
  beforeAll(async () => {
    platform = await startInProcessPlatform();
    const username = newId('name');
    await platform.identity.ensureUsers([{ username, password: PASSWORD, role: 'admin', displayName: 'Root', email: 'root@example.org', centerId: newId('ctr') }]);
    admin = (await login(username, PASSWORD)).accessToken ?? '';
  });
  afterAll(() => platform.stop());

  const CREATE = 'mutation ($input: UserCreateInput!) { userCreate(input: $input) { user { id role { name } } userErrors { code field } } }';
  const input = (more: object = {}): object => ({ username: newId('name'), password: PASSWORD, email: 'new@example.org', role: 'operator', ...more });

  it('R-183: an administrator makes a user: hashed password, role, a line of the audit; nobody else does', async () => {
    const username = newId('name');
    const made = await platform.askWith(admin, CREATE, { input: input({ username }) });
    const { user } = (made.data as { userCreate: { user: { id: string } } }).userCreate;
    expect(user).toMatchObject({ role: { name: 'operator' } });
    const [row] = (await platform.database.pool().query<{ password_hash: string }>('select password_hash from identity.user_account where id = $1', [user.id])).rows;
    expect(row?.password_hash).toMatch(/^\$argon2id\$/);
    expect(await platform.askWith(admin, 'query ($id: String!) { securityAudit(filter: { action: USER_CREATED, target: $id }) { nodes { outcome actor { role { name } } } } }', { id: user.id })).toMatchObject({
      data: { securityAudit: { nodes: [{ outcome: 'ALLOWED', actor: { role: { name: 'admin' } } }] } },
    });
    const operator = (await login(username, PASSWORD)).accessToken ?? '';
    expect(codesOf(await platform.askWith(operator, CREATE, { input: input() }))).toEqual(['FORBIDDEN']);
    expect(codesOf(await platform.askWith(undefined, CREATE, { input: input() }))).toEqual(['UNAUTHENTICATED']);
  });

  it('R-183, X-35: the password of the source document’s example is refused, by name of the field', async () => {
    expect(await platform.askWith(admin, CREATE, { input: input({ password: 'secure123' }) })).toMatchObject({ data: { userCreate: { user: null, userErrors: [{ code: 'PASSWORD_WEAK', field: ['input', 'password'] }] } } });
  });

  it('R-170: the password is checked, role and rights go into the token, last_login is updated; a wrong one gets nothing', async () => {
    const username = newId('name');
    await platform.askWith(admin, CREATE, { input: input({ username }) });
    expect(await login(username, 'not the password')).toMatchObject({ accessToken: null, user: null, userErrors: [{ code: 'INVALID_CREDENTIALS' }] });
    const before = Date.now();
    const { accessToken, user } = await login(username, PASSWORD);
    expect(user).toEqual({ username, role: { name: 'operator' } });
    const claims = JSON.parse(Buffer.from(accessToken?.split('.')[1] ?? '', 'base64url').toString()) as Record<string, unknown>;
    expect(claims).toMatchObject({ role: 'operator', grants: { OWN: expect.stringMatching(/\bcalls:[\w,]*\bstart\b/) } });
    const { data } = await platform.askWith(accessToken ?? '', '{ me { lastLoginAt } }');
    expect(Date.parse((data as { me: { lastLoginAt: string } }).me.lastLoginAt)).toBeGreaterThanOrEqual(before - 1000);
  });

  it('R-171: a request carries its token, and each service decides by what it says; without it nothing is told', async () => {
    const username = newId('name');
    await platform.askWith(admin, CREATE, { input: input({ username }) });
    const { accessToken } = await login(username, PASSWORD);
    const ONE_OF_EACH = '{ me { username } slots { totalCount } leads { totalCount } hubs { totalCount } dashboard { role } }';
    expect(await platform.askWith(accessToken ?? '', ONE_OF_EACH)).toMatchObject({ data: { me: { username }, dashboard: { role: 'operator' } } });
    expect((await platform.askWith(accessToken ?? '', ONE_OF_EACH)).errors).toBeUndefined();
    expect(new Set(codesOf(await platform.askWith(undefined, ONE_OF_EACH)))).toEqual(new Set(['UNAUTHENTICATED']));
    expect(new Set(codesOf(await platform.askWith(`${accessToken ?? ''}x`, ONE_OF_EACH)))).toEqual(new Set(['UNAUTHENTICATED']));
  });
});
