import { afterAll, beforeAll } from 'vitest';
import { newId, silentLogger } from '@vss/runtime';
import type { Actor } from '@vss/auth';
import { CallQueued, createInProcessBroker, UserCreated, UserUpdated, type Message } from '@vss/events';
import { aCall, aMessage, anActor, ask, startTestDatabase, type Answer, type CallSnapshot, type TestDatabase } from '@vss/testing';
import { createCrm, migrations, type Crm } from './index.js';

/** crm over a database of the importing test file's own, with a broker on which the other subgraphs' events are sent by hand. */
export let database: TestDatabase;
export let crm: Crm;
export const broker = createInProcessBroker({ logger: silentLogger });
export const sent: Message[] = [];

beforeAll(async () => {
  database = await startTestDatabase({ migrations: [migrations] });
  crm = await createCrm({ target: database.target, broker, logger: silentLogger });
  await crm.start();
  await broker.subscribe({ group: 'test', patterns: ['crm.#', 'identity.access.denied', 'platform.#'], handler: async (message) => void sent.push(message), onDead: async () => undefined });
});

afterAll(async () => {
  await crm?.stop();
  await broker.close();
  await database?.stop();
});

export { aCall };
export type Call = CallSnapshot;
export const begin = async (call: Call): Promise<Call> => {
  await broker.publish(aMessage(CallQueued, { call }, { centerId: call.centerId }));
  return call;
};

/** A center with two sellers, two operators, a supervisor and an administrator, all known to crm. */
export async function aCenter() {
  const centerId = newId('ctr');
  const of = (role: string): Actor => anActor({ role, centerId });
  const people = { seller: of('seller'), seller2: of('seller'), operator: of('operator'), operator2: of('operator'), supervisor: of('supervisor'), admin: of('admin') };
  for (const { userId: id, role } of Object.values(people))
    await broker.publish(aMessage(UserCreated, { user: { id, centerId, username: id, displayName: id, role, active: true, teamIds: [], version: 1 } }, { centerId }));
  return { centerId, ...people };
}

let versions = 1;
/** Puts somebody into these teams and out of all others. */
export const intoTeams = ({ userId: id, centerId, role }: Actor, teamIds: string[]): Promise<void> =>
  broker.publish(aMessage(UserUpdated, { user: { id, centerId, username: id, displayName: id, role, active: true, teamIds, version: (versions += 1) } }, { centerId }));

/** Who has these rights for what is of his teams. */
export const aLeader = (centerId: string, teamIds: readonly string[], ...lines: readonly string[]): Actor =>
  anActor({ role: 'leader', centerId, teamIds, grants: lines.map((line) => ({ resource: line.split(':')[0] ?? '', actions: line.split(':')[1]?.split(',') ?? [], scope: 'TEAM', effect: 'ALLOW' })) });

const LEAD = 'lead { id clientName phone status version assignedSeller { id } assignedOperator { id } }';
export const USER_ERRORS = 'userErrors { code field }';
export const codeOf = (answer: Answer): unknown => answer.errors?.[0]?.extensions?.['code'];

let phones = 0;
export const aPhone = (): string => `+1202555${String(1000 + (phones += 1))}`;

export async function createLead(actor: Actor, input: Record<string, unknown> = {}) {
  const answer = await ask(crm, actor, `mutation ($input: LeadCreateInput!) { leadCreate(input: $input) { ${LEAD} ${USER_ERRORS} } }`, {
    input: { clientName: 'Ada', phone: aPhone(), ...input },
  });
  return { ...answer, lead: answer.data?.leadCreate?.lead, userErrors: answer.data?.leadCreate?.userErrors };
}
export async function updateLead(actor: Actor, input: Record<string, unknown>) {
  const answer = await ask(crm, actor, `mutation ($input: LeadUpdateInput!) { leadUpdate(input: $input) { ${LEAD} ${USER_ERRORS} } }`, { input });
  return { ...answer, lead: answer.data?.leadUpdate?.lead, userErrors: answer.data?.leadUpdate?.userErrors };
}
export async function createNote(actor: Actor, input: Record<string, unknown>) {
  const answer = await ask(crm, actor, `mutation ($input: NoteCreateInput!) { noteCreate(input: $input) { note { id text version author { id } call { id } lead { id } } ${USER_ERRORS} } }`, {
    input: { text: 'called', ...input },
  });
  return { ...answer, note: answer.data?.noteCreate?.note, userErrors: answer.data?.noteCreate?.userErrors };
}
export const notesOfLead = async (actor: Actor, id: string): Promise<string[]> =>
  (await ask(crm, actor, 'query ($id: ID!) { lead(id: $id) { notes { nodes { text } totalCount } } }', { id })).data.lead.notes.nodes.map(({ text }: { text: string }) => text);
export const entities = async (actor: Actor, representations: object[], fragment: string): Promise<Answer> =>
  ask(crm, actor, `query ($r: [_Any!]!) { _entities(representations: $r) { ${fragment} } }`, { r: representations });
