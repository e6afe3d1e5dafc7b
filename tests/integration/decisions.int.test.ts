import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Actor } from '@vss/auth';
import { waitFor } from '@vss/testing';
import { startInProcessPlatform, type Answer, type InProcessPlatform } from './support/platform.js';
import { aRightsWorld, type RightsWorld } from './support/rights-world.js';

/** An operation may ask for no more of the same kind. */
const SOME = 20;

let platform: InProcessPlatform;
beforeAll(async () => {
  platform = await startInProcessPlatform();
}, 60_000);
afterAll(() => platform.stop());

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- its shape is the query's
const dataOf = (answer: Answer): any => answer.data;

describe('X-33: what permissionCheck says of a row is what its owner does', () => {
  let world: RightsWorld;
  beforeAll(async () => {
    world = await aRightsWorld(platform);
    const known = world.rows.CALL.length + world.rows.NOTE.length + world.rows.LEAD.length - 1;
    const pool = platform.database.pool(1);
    // Each call has its lead by now, and each row has been told of.
    await waitFor(async () => (await pool.query(`select 1 from identity.resource_fact where type in ('CALL', 'NOTE', 'LEAD')`)).rowCount === known, 20_000, 'the facts');
    await waitFor(async () => (await pool.query('select 1 from telephony.cdr')).rowCount === world.rows.CALL.length, 20_000, 'the records');
  }, 120_000);

  /** The ids that a list shows, or none where it is denied. */
  const listed = async (actor: Actor, field: string, node = 'id'): Promise<Set<string>> => new Set((dataOf(await platform.ask(actor, `{ list: ${field}(first: 200) { nodes { ${node} } } }`))?.list?.nodes ?? []).map((each: Record<string, string>) => each['id']));
  const isFound = async (actor: Actor, field: string, id: string, selection = 'id'): Promise<boolean> => {
    const answer = await platform.ask(actor, `query ($id: ID!) { one: ${field}(id: $id) { ${selection} } }`, { id });
    return !answer.errors && dataOf(answer).one !== null;
  };
  /** With a version that never stands: who may change the row is told so, and nothing changes. */
  const mayChange = async (actor: Actor, mutation: string, input: Record<string, unknown>): Promise<boolean> => {
    const type = `${mutation[0]?.toUpperCase()}${mutation.slice(1)}Input`;
    const answer = await platform.ask(actor, `mutation ($input: ${type}!) { done: ${mutation}(input: $input) { userErrors { code } } }`, { input: { ...input, expectedVersion: 999 } });
    return dataOf(answer)?.done?.userErrors[0]?.code === 'VERSION_CONFLICT';
  };

  /** What the owners answer, by permission and row. */
  async function answersOf(actor: Actor): Promise<Map<string, boolean>> {
    const said = new Map<string, boolean>();
    const { CALL, LEAD, NOTE, SLOT, TRUNK, USER, ROLE, CENTER } = world.rows;
    const { rows: records } = await platform.database.pool(1).query<{ id: string; call_id: string }>('select id, call_id from telephony.cdr');
    const lists = { calls: await listed(actor, 'calls'), cdrs: await listed(actor, 'cdrs'), leads: await listed(actor, 'leads'), slots: await listed(actor, 'slots'), trunks: await listed(actor, 'trunks') };
    for (const { id } of CALL) {
      said.set(`calls:read CALL ${id}`, lists.calls.has(id));
      said.set(`cdrs:read CALL ${id}`, lists.cdrs.has(records.find(({ call_id }) => call_id === id)?.id ?? ''));
    }
    for (const { id } of LEAD) {
      said.set(`leads:read LEAD ${id}`, lists.leads.has(id));
      said.set(`leads:update LEAD ${id}`, await mayChange(actor, 'leadUpdate', { id, status: 'LOST' }));
    }
    for (const { id } of NOTE) {
      said.set(`notes:read NOTE ${id}`, await isFound(actor, 'note', id));
      said.set(`notes:update NOTE ${id}`, await mayChange(actor, 'noteUpdate', { id, text: 'x' }));
    }
    for (const { id } of SLOT) said.set(`slots:read SLOT ${id}`, lists.slots.has(id));
    for (const { id } of TRUNK) said.set(`trunks:read TRUNK ${id}`, lists.trunks.has(id));
    for (const { id } of USER) said.set(`users:read USER ${id}`, await isFound(actor, 'user', id, 'state'));
    for (const { id } of USER) said.set(`directory:read USER ${id}`, await isFound(actor, 'user', id));
    for (const { id } of ROLE) said.set(`roles:read ROLE ${id}`, await isFound(actor, 'role', id));
    for (const { id } of CENTER) said.set(`centers:read CENTER ${id}`, await isFound(actor, 'center', id));
    return said;
  }

  /** What identity says of all of them, some at a time. */
  async function checksOf(asker: Actor, questions: readonly string[], asUserId?: string): Promise<Map<string, boolean>> {
    const checks = new Map<string, boolean>();
    for (let from = 0; from < questions.length; from += SOME) {
      const some = questions.slice(from, from + SOME);
      const fields = some.map((question, at) => {
        const [permission, type, id] = question.split(' ');
        return `q${at}: permissionCheck(permission: "${permission}", resource: {type: ${type}, id: "${id}"}${asUserId ? `, asUserId: "${asUserId}"` : ''}) { allowed }`;
      });
      const data = dataOf(await platform.ask(asker, `{ ${fields.join(' ')} }`));
      for (const [at, question] of some.entries()) checks.set(question, data[`q${at}`].allowed);
    }
    return checks;
  }

  it('for every role and every scope, on own, assigned, team, center and foreign rows', async () => {
    const names = new Map(Object.values(world.rows).flatMap((rows) => rows.map(({ id, name }) => [id, name])));
    const nameOf = (question: string): string => question.replace(/\S+$/, (id) => names.get(id) ?? id);
    const wrong: string[] = [];
    const seen = new Set<string>();
    const admin = world.people.find(({ name }) => name === 'admin');
    for (const { name, actor } of world.people) {
      const answers = await answersOf(actor);
      const checks = await checksOf(actor, [...answers.keys()]);
      const asOther = admin ? await checksOf(admin.actor, [...answers.keys()], actor.userId) : checks;
      for (const [question, answer] of answers) {
        seen.add(`${question.split(' ')[0]} ${answer}`);
        if (checks.get(question) !== answer) wrong.push(`${name}, ${nameOf(question)}: the owner says ${answer}`);
        if (asOther.get(question) !== answer) wrong.push(`${name} as the administrator asks, ${nameOf(question)}: the owner says ${answer}`);
      }
    }
    expect(wrong).toEqual([]);
    // Each was allowed to somebody and refused to somebody.
    const permissions = ['calls:read', 'cdrs:read', 'leads:read', 'leads:update', 'notes:read', 'notes:update', 'slots:read', 'trunks:read', 'users:read', 'directory:read', 'roles:read', 'centers:read'];
    expect(permissions.filter((permission) => !seen.has(`${permission} true`) || !seen.has(`${permission} false`))).toEqual([]);
  }, 180_000);

  it('also where identity had to be told anew whose the rows are', async () => {
    const pool = platform.database.pool(1);
    const facts = async (): Promise<unknown[]> => (await pool.query('select type, id, center_id, owner_id, assignee_id, lead_id, call_id from identity.resource_fact order by type, id')).rows;
    const before = await facts();
    await pool.query('delete from identity.resource_fact');
    await platform.identity.requestResources();
    await waitFor(async () => (await facts()).length >= before.length, 20_000, 'the facts');
    expect(await facts()).toEqual(before);
    expect(new Set(before.map((fact) => (fact as { type: string }).type))).toEqual(new Set(['CENTER', 'CALL', 'LEAD', 'NOTE', 'SLOT', 'TRUNK']));
  }, 60_000);
});
