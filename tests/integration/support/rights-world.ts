import { resolveGrants, type Actor, type Grant, type GrantScope } from '@vss/auth';
import { CallOriginate } from '@vss/events';
import { newId, systemNow } from '@vss/runtime';
import { anActor, waitFor } from '@vss/testing';
import type { Operations } from '@vss/operations';
import { startTestHub, type TestHub } from '../../../subgraphs/telephony/src/testing/hub.js';
import type { Answer, InProcessPlatform } from './platform.js';

export const SCOPES = ['OWN', 'ASSIGNED', 'TEAM', 'CENTER', 'ALL'] as const;

const allow = (scope: GrantScope, resource: string, actions: string): Grant => ({ resource, actions: actions.split(','), scope, effect: 'ALLOW' });

/** What somebody has whose rights all reach just so far. */
const grantsWithin = (scope: GrantScope): Grant[] => [
  ...['calls:read', 'cdrs:read', 'leads:read,update', 'notes:read,update'].map((line) => allow(scope, line.split(':')[0] ?? '', line.split(':')[1] ?? '')),
  ...(scope === 'OWN' ? [] : [allow(scope, 'slots', 'read')]),
  ...(scope === 'OWN' || scope === 'ASSIGNED' ? [] : [allow(scope, 'users', 'read')]),
  ...(scope === 'CENTER' || scope === 'ALL' ? ['trunks', 'roles', 'centers'].map((resource) => allow(scope, resource, 'read')) : []),
  allow('OWN', 'calls', 'start'),
  allow('OWN', 'notes', 'create'),
  allow('CENTER', 'directory', 'read'),
];

interface Named {
  readonly name: string;
  readonly id: string;
}

/** A center in which everybody has something, a second one, and who looks on. */
export interface RightsWorld {
  readonly people: readonly { readonly name: string; readonly actor: Actor }[];
  readonly rows: Readonly<Record<'CALL' | 'LEAD' | 'NOTE' | 'SLOT' | 'TRUNK' | 'USER' | 'ROLE' | 'CENTER', readonly Named[]>>;
}

/** Made through the gateway, as its people would make it. */
export async function aRightsWorld(platform: InProcessPlatform): Promise<RightsWorld> {
  const operations = platform.subgraphs.find(({ name }) => name === 'operations') as Operations;
  const centerId = await operations.ensureDefaultCenter({ name: 'Here', timeZone: 'UTC' });
  const elsewhere = newId('ctr');
  const run = mutator(platform);
  const made = await makePeople(platform, run, centerId, elsewhere);
  const { admin, op1, op2, seller1, seller2, scoped, sellerElsewhere, adminElsewhere } = made;
  const hub = await startTestHub({ broker: platform.broker, centerId, now: systemNow });
  await hub.setOnline(true);
  const trunk = await run(admin, 'trunkCreate', 'TrunkCreateInput', { name: 'T', kind: 'HUB', slotKind: 'AUTO', capacity: 14, hubId: hub.id, idempotencyKey: newId('key') }, 'trunk { id }');
  const trunkElsewhere = await run(adminElsewhere, 'trunkCreate', 'TrunkCreateInput', { name: 'T', kind: 'HUB', slotKind: 'AUTO', capacity: 1, idempotencyKey: newId('key') }, 'trunk { id }');
  const pool = platform.database.pool(1);
  await waitFor(async () => (await pool.query(`select 1 from telephony.slot where trunk_id = $1 and state <> 'READY'`, [trunk.trunk.id])).rows.length === 0, 30_000, 'READY');
  const slots = (await pool.query<{ id: string; center_id: string }>('select id, center_id from telephony.slot order by number')).rows;

  const lead = async (name: string, seller: Actor, operator: Actor | null): Promise<Named> => {
    const answer = await run(admin, 'leadCreate', 'LeadCreateInput', { clientName: name, phone: `+1202555${String(1000 + Math.floor(Math.random() * 9000))}`, assignedSellerId: seller.userId, assignedOperatorId: operator?.userId ?? null }, 'lead { id }');
    return { name: `lead ${name}`, id: answer.lead.id };
  };
  const ofTeam = await lead('of a team’s seller', seller1, op2);
  const foreign = await lead('of strangers', seller2, op2);
  const own = await Promise.all(scoped.map(({ name, actor }) => lead(`of ${name}`, actor, op2)));
  const assigned = await Promise.all(scoped.map(({ name, actor }) => lead(`assigned to ${name}`, seller2, actor)));
  const others = [await lead('of a team’s operator', seller2, op1), await lead('of the pool', seller2, null)];
  const leadElsewhere = await run(sellerElsewhere, 'leadCreate', 'LeadCreateInput', { clientName: 'E', phone: '+12025550199' }, 'lead { id }');

  const call = callMaker(run, hub);
  const calls = [await call('of a team’s operator', op1), await call('of a stranger', op2), await call('with a team’s lead', op2, ofTeam.id)];
  for (const [at, { name, actor }] of scoped.entries()) calls.push(await call(`of ${name}`, actor), await call(`with the lead of ${name}`, op2, own[at]?.id));

  const note = async (name: string, author: Actor, target: Record<string, string>): Promise<Named> => ({ name: `note ${name}`, id: (await run(author, 'noteCreate', 'NoteCreateInput', { text: name, ...target }, 'note { id }')).note.id });
  const notes = [
    await note('of a team’s operator on his call', op1, { callId: calls[0]?.id ?? '' }),
    await note('of a stranger on his call', op2, { callId: calls[1]?.id ?? '' }),
    await note('on a team’s lead', admin, { leadId: ofTeam.id }),
    await note('on a stranger’s lead', admin, { leadId: foreign.id }),
  ];
  for (const [at, { name, actor }] of scoped.entries()) notes.push(await note(`of ${name} on his call`, actor, { callId: calls[3 + 2 * at]?.id ?? '' }), await note(`on the call with the lead of ${name}`, op2, { callId: calls[4 + 2 * at]?.id ?? '' }));

  const roles = (await pool.query<Named>('select id, name from identity.role order by name limit 2')).rows;
  return {
    people: [...Object.entries({ admin, op1, op2, seller1, seller2, supervisor: made.supervisor, supervisorElsewhere: made.supervisorElsewhere }).map(([name, actor]) => ({ name, actor })), ...scoped],
    rows: {
      CALL: calls,
      LEAD: [ofTeam, foreign, ...own, ...assigned, ...others, { name: 'lead elsewhere', id: leadElsewhere.lead.id }, { name: 'no lead', id: newId('lead') }],
      NOTE: notes,
      SLOT: [slots.find(({ center_id }) => center_id === centerId), slots.find(({ center_id }) => center_id === elsewhere)].map((slot, at) => ({ name: `slot ${at}`, id: slot?.id ?? '' })),
      TRUNK: [{ name: 'trunk', id: trunk.trunk.id }, { name: 'trunk elsewhere', id: trunkElsewhere.trunk.id }],
      USER: Object.entries({ op1, op2, sellerElsewhere }).map(([name, { userId: id }]) => ({ name: `user ${name}`, id })),
      ROLE: roles.map(({ id, name }) => ({ id, name: `role ${name}` })),
      CENTER: [{ name: 'center', id: centerId }, { name: 'no center', id: newId('ctr') }],
    },
  };
}

type Run = ReturnType<typeof mutator>;

/** Runs a mutation as somebody; what it refuses is a mistake of the test's. */
function mutator(platform: InProcessPlatform) {
  return async (actor: Actor, name: string, type: string, input: Record<string, unknown>, selection: string) => {
    const answer = (await platform.ask(actor, `mutation ($input: ${type}!) { done: ${name}(input: $input) { ${selection} userErrors { message } } }`, { input })) as Answer & { data?: { done: never } };
    // eslint-disable-next-line @typescript-eslint/no-explicit-any -- its shape is the selection's
    const done = answer.data?.done as any;
    if (!done || done.userErrors.length > 0) throw new Error(`${name}: ${JSON.stringify(answer)}`);
    return done;
  };
}

async function makePeople(platform: InProcessPlatform, run: Run, centerId: string, elsewhere: string) {
  const person = async (role: string, home = centerId, grants?: readonly Grant[]): Promise<Actor> => {
    const username = newId('name');
    const [user] = await platform.identity.ensureUsers([{ username, password: 'correct horse battery', role: grants ? 'operator' : role, displayName: username, email: `${username}@example.org`, centerId: home }]);
    return anActor({ role, centerId: home, userId: user?.id ?? '', username, ...(grants ? { grants } : {}) });
  };
  const admin = await person('admin');
  const scoped = [];
  for (const scope of SCOPES) {
    const name = `reads-${scope.toLowerCase()}`;
    const grants = grantsWithin(scope);
    await run(admin, 'roleCreate', 'RoleCreateInput', { name, description: name, grants }, 'role { id }');
    const actor = await person(name, centerId, grants);
    await run(admin, 'userUpdate', 'UserUpdateInput', { id: actor.userId, expectedVersion: 1, role: name }, 'user { id }');
    scoped.push({ name, actor });
  }
  const [op1, op2, seller1, seller2, supervisor] = [await person('operator'), await person('operator'), await person('seller'), await person('seller'), await person('supervisor')];
  const { team } = await run(admin, 'teamCreate', 'TeamCreateInput', { name: 'Team' }, 'team { id }');
  const members = [op1, seller1, ...scoped.map(({ actor }) => actor)].map(({ userId }) => userId);
  await run(admin, 'teamMembersSet', 'TeamMembersSetInput', { id: team.id, expectedVersion: 1, userIds: members }, 'team { id }');
  const inTeam = (actor: Actor): Actor => ({ ...actor, teamIds: [team.id], grants: actor.role.startsWith('reads-') ? resolveGrants(grantsWithin(SCOPES.find((scope) => actor.role === `reads-${scope.toLowerCase()}`) ?? 'OWN')) : actor.grants });
  return {
    admin, op2, seller2, supervisor,
    op1: inTeam(op1), seller1: inTeam(seller1), scoped: scoped.map(({ name, actor }) => ({ name, actor: inTeam(actor) })),
    sellerElsewhere: await person('seller', elsewhere), supervisorElsewhere: await person('supervisor', elsewhere), adminElsewhere: await person('admin', elsewhere),
  };
}

/** Calls that were made and have ended: each has its record. */
function callMaker(run: Run, hub: TestHub) {
  return async (name: string, operator: Actor, leadId?: string): Promise<Named> => {
    const input = { slotSelector: {}, phoneNumber: '+12125550123', idempotencyKey: newId('key'), ...(leadId ? { leadId } : {}) };
    const { call } = await run(operator, 'callStart', 'CallStartInput', input, 'call { id }');
    await hub.finished(await hub.next(CallOriginate, ({ callId }) => callId === call.id));
    return { name: `call ${name}`, id: call.id };
  };
}
