import { expect, it } from 'vitest';
import { forkFor, openOrm } from '@vss/db';
import { createOutbox, ResourceSnapshotted, ResourcesRequested, payloadOf, type Message, type PayloadOf } from '@vss/events';
import { ownedRows, resourceSnapshots } from '@vss/graphql';
import { silentLogger, systemNow } from '@vss/runtime';
import { aMessage, waitFor } from '@vss/testing';
import { aCenter, broker, createLead, createNote, database, sent } from '../crm.fixture.js';
import { Lead } from './lead.entity.js';

const told = (): PayloadOf<typeof ResourceSnapshotted>[] => sent.filter(({ type }) => type === ResourceSnapshotted.type).map((message) => payloadOf(ResourceSnapshotted, message));

it('asked for, says whose every lead and note is, and nothing of what they say', async () => {
  const { seller, operator, admin, centerId } = await aCenter();
  const { lead } = await createLead(admin, { assignedSellerId: seller.userId, assignedOperatorId: operator.userId });
  const { note } = await createNote(operator, { leadId: lead.id, text: 'confidential' });
  for (const type of ['LEAD', 'NOTE', 'CALL'] as const) await broker.publish(aMessage(ResourcesRequested, { type, after: '' }));
  await waitFor(() => told().some(({ id }) => id === note.id));
  expect(told().find(({ id }) => id === lead.id)).toEqual({ type: 'LEAD', id: lead.id, centerId, ownerId: seller.userId, assigneeId: operator.userId, leadId: null, callId: null, version: 1 });
  expect(told().find(({ id }) => id === note.id)).toEqual({ type: 'NOTE', id: note.id, centerId, ownerId: operator.userId, assigneeId: null, leadId: lead.id, callId: null, version: 1 });
  expect(told().filter(({ type }) => type === 'CALL')).toEqual([]);
});

it('goes on page by page until all have been said', async () => {
  const { seller } = await aCenter();
  for (let made = 0; made < 5; made++) await createLead(seller);
  const orm = await openOrm({ target: database.target, contextName: 'snapshots-test', schema: 'crm', entities: [Lead], logger: silentLogger });
  const pool = database.pool(1);
  const route = resourceSnapshots({ outbox: createOutbox({ schema: 'crm', now: systemNow }), owned: [ownedRows('LEAD', Lead)], page: 2 });
  const said: string[] = [];
  let next: Message | undefined = aMessage(ResourcesRequested, { type: 'LEAD', after: '' }, { traceId: 'pages' });
  let pages = 0;
  while (next) {
    const asked: Message = next;
    await forkFor(orm, 'ALL').transactional((tx) => route.work(tx, asked));
    pages += 1;
    const { rows } = await pool.query<{ type: string; payload: Record<string, unknown> }>('select type, payload from crm.outbox where causation_id = $1', [asked.id]);
    said.push(...rows.filter(({ type }) => type === ResourceSnapshotted.type).map(({ payload }) => String(payload['id'])));
    const goOn = rows.find(({ type }) => type === ResourcesRequested.type);
    next = goOn && aMessage(ResourcesRequested, goOn.payload as PayloadOf<typeof ResourcesRequested>, { traceId: 'pages' });
  }
  await orm.close();
  const { rows: leads } = await pool.query<{ id: string }>('select id from crm.lead order by id');
  expect(said.toSorted()).toEqual(leads.map(({ id }) => id).toSorted());
  expect(pages).toBe(Math.floor(leads.length / 2) + 1);
});
