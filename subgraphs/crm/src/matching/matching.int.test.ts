import { describe, expect, it } from 'vitest';
import { newId } from '@vss/runtime';
import { CallEnded, CallQueued, LeadMatched, type Message } from '@vss/events';
import { aMessage, waitFor } from '@vss/testing';
import { aCall, aCenter, begin, broker, createLead, database, sent } from '../crm.fixture.js';

describe('a call without a lead', () => {
  const matches = (callId: string): Message[] => sent.filter((message) => message.type === LeadMatched.type && message.aggregateId === callId);

  it('X-38: is proposed the lead with its number, once', async () => {
    const { admin, operator, centerId } = await aCenter();
    const { lead } = await createLead(admin);
    const call = aCall(centerId, { operatorId: operator.userId, phoneNumber: lead.phone });
    const queued = aMessage(CallQueued, { call }, { centerId });
    await broker.publish(queued);
    await broker.publish(queued);
    const other = await begin(aCall(centerId, { operatorId: operator.userId, phoneNumber: lead.phone }));
    await waitFor(() => matches(other.id).length);
    expect(matches(call.id).map((message) => message.payload)).toEqual([{ leadId: lead.id, callId: call.id }]);
  });

  it('is proposed no lead of another operator or center', async () => {
    const { admin, operator, operator2, centerId } = await aCenter();
    const { lead } = await createLead(admin, { assignedOperatorId: operator2.userId });
    const { lead: pool } = await createLead(admin);
    const foreign = await begin(aCall(centerId, { operatorId: operator.userId, phoneNumber: lead.phone }));
    const elsewhere = await begin(aCall(newId('ctr'), { operatorId: operator.userId, phoneNumber: pool.phone }));
    const own = await begin(aCall(centerId, { operatorId: operator2.userId, phoneNumber: lead.phone }));
    await waitFor(() => matches(own.id).length);
    expect([matches(foreign.id), matches(elsewhere.id)]).toEqual([[], []]);
  });
});

describe('a call', () => {
  it('keeps what becomes of a call', async () => {
    const { centerId, operator } = await aCenter();
    const call = await begin(aCall(centerId, { operatorId: operator.userId }));
    await broker.publish(aMessage(CallEnded, { call: { ...call, status: 'ENDED', outcome: 'BUSY', version: 3 } }, { centerId }));
    const { rows } = await database.pool(1).query('select status, outcome, version from crm.call_projection where id = $1', [call.id]);
    expect(rows).toEqual([{ status: 'ENDED', outcome: 'BUSY', version: 3 }]);
  });
});
