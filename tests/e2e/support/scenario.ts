import { randomUUID } from 'node:crypto';
import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import { parse } from 'graphql';
import { expect } from 'vitest';
import { CallDocument, CallsDocument, CallEndDocument, CallStartDocument, CallUpdatedDocument, DashboardDocument, EventsDocument, LeadCreateDocument, LeadDocument, LeadsDocument, MeDocument, NoteCreateDocument, SlotsDocument, SlotUpdatedDocument, UserCreateDocument, type VssClient } from '@vss/sdk';
import { until } from './until.js';
import { PASSWORD, type Platform } from './platform.js';

/** One operation across all five subgraphs, as in the README. */
const WATCH: TypedDocumentNode<Watched, { after?: string | null }> = parse(/* GraphQL */ `
  subscription Watch($after: Cursor) {
    callUpdated(after: $after) {
      cursor
      call {
        id
        status
        slot {
          number
          telemetry {
            batteryPercent
          }
          center {
            name
          }
        }
        notes {
          nodes {
            text
          }
        }
        operator {
          displayName
        }
      }
    }
  }
`);

interface Watched {
  callUpdated: {
    call: {
      id: string;
      status: string;
      slot: { number: string; telemetry: { batteryPercent: number | null } | null; center: { name: string } };
      notes: { nodes: { text: string }[] };
      operator: { displayName: string };
    };
  };
}

export interface ScenarioOptions {
  /** A number whose far end rings, answers and talks until we hang up. */
  answeringNumber: string;
  /** The slot to call from; any free one otherwise. */
  slotNumber?: string;
}

/** Follows one stream until an event fits; gives what came by then. */
export async function collectUntil<T>(stream: AsyncIterator<T>, fits: (event: T) => boolean, what: string, deadlineMs = 30_000): Promise<T[]> {
  const seen: T[] = [];
  const deadline = Date.now() + deadlineMs;
  for (;;) {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error(`${what} did not come; seen: ${JSON.stringify(seen)}`)), deadline - Date.now());
    });
    const { value, done } = await Promise.race([stream.next(), late]).finally(() => clearTimeout(timer));
    if (done) throw new Error(`The stream ended before ${what}`);
    seen.push(value);
    if (fits(value)) return seen;
  }
}

const claimsOf = (token: string): Record<string, unknown> => JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as Record<string, unknown>;

/** The acceptance scenario R-170…R-179, the same on simulated and on real hardware. */
export async function callFromLoginToCdr(platform: Pick<Platform, 'as' | 'ask'>, { answeringNumber, slotNumber }: ScenarioOptions): Promise<void> {
  // a sign-in gives a token with role and rights, and is remembered.
  const operator = await platform.as('operator');
  const { me } = await operator.request(MeDocument);
  expect(me).toMatchObject({ username: 'operator', role: { name: 'operator' } });
  expect(Date.now() - Date.parse(me.lastLoginAt ?? '')).toBeLessThan(60_000);
  expect(claimsOf((await operator.accessToken()) ?? '')).toMatchObject({ role: 'operator', sub: me.id, grants: { OWN: expect.stringMatching(/\bcalls:[\w,]*\bstart\b/) } });

  // no token, no data; a token that was tampered with, no request.
  expect((await platform.ask('{ slots { nodes { id } } }')).errors?.[0]?.extensions).toMatchObject({ code: 'UNAUTHENTICATED' });
  const forged = `${(await operator.accessToken())?.slice(0, -4)}AAAA`;
  expect((await platform.ask('{ me { id } }', {}, forged)).errors?.[0]?.extensions).toMatchObject({ code: 'UNAUTHENTICATED' });

  const [seller, supervisor, admin] = await Promise.all([platform.as('seller'), platform.as('supervisor'), platform.as('admin')]);
  const lead = await aLead(seller, answeringNumber);

  // only free, ready slots are offered.
  const slot = await aFreeSlot(operator, slotNumber);

  // the supervisor watches everybody's calls and slots, R-173: the operator his own, from all five subgraphs.
  // From the cursor of a query on, so that nothing is missed while the streams open.
  const callsBefore = (await supervisor.request(CallsDocument, { first: 1 })).calls.liveCursor;
  const slotsBefore = (await supervisor.request(SlotsDocument, { first: 1 })).slots.liveCursor;
  const supervisorCalls = supervisor.subscribe(CallUpdatedDocument, { after: callsBefore });
  const supervisorSlots = supervisor.subscribe(SlotUpdatedDocument, { after: slotsBefore });
  const watch = operator.subscribe(WATCH, { after: callsBefore });

  // start. The answer comes when call and command are stored.
  const input = { slotId: slot.id, phoneNumber: answeringNumber, idempotencyKey: randomUUID() };
  const { callStart } = await operator.request(CallStartDocument, { input });
  expect(callStart.userErrors).toEqual([]);
  const callId = callStart.call?.id ?? '';
  // The same request again is the same call; another body under its key is refused.
  expect((await operator.request(CallStartDocument, { input })).callStart.call?.id).toBe(callId);
  const reused = await operator.request(CallStartDocument, { input: { ...input, phoneNumber: '+12125550199' } });
  expect(reused.callStart.userErrors[0]?.code).toBe('IDEMPOTENCY_KEY_REUSED');

  const operatorSaw = await collectUntil(watch, ({ callUpdated: { call } }) => call?.id === callId && call?.status === 'ANSWERED', 'the answer');
  const answered = operatorSaw.at(-1)?.callUpdated.call;
  expect(answered).toMatchObject({ slot: { number: slot.number, center: { name: expect.any(String) } }, operator: { displayName: expect.any(String) }, notes: { nodes: [] } });

  // a note on the call hangs on the lead with that number.
  const text = `Interested, call again ${randomUUID()}`;
  const { noteCreate } = await operator.request(NoteCreateDocument, { input: { callId, text } });
  expect(noteCreate).toMatchObject({ userErrors: [], note: { text, lead: { id: lead.id } } });

  // the supervisor's figures count it.
  await until(async () => ((await supervisor.request(DashboardDocument)).dashboard.calls.active >= 1 ? true : undefined), 'an active call on the dashboard');

  // the end closes the call, frees the slot and writes one record.
  const { callEnd } = await operator.request(CallEndDocument, { input: { callId } });
  expect(callEnd.userErrors).toEqual([]);
  const supervisorSaw = await collectUntil(supervisorCalls, ({ callUpdated: { call } }) => call?.id === callId && call?.status === 'ENDED', 'the end');
  const statuses = supervisorSaw.filter(({ callUpdated }) => callUpdated.call?.id === callId).map(({ callUpdated }) => callUpdated.call?.status);
  expect(dedupe(statuses)).toEqual(['QUEUED', 'DIALING', 'RINGING', 'ANSWERED', 'ENDED']);
  const slotSaw = await collectUntil(supervisorSlots, ({ slotUpdated: { slot: seen } }) => seen?.id === slot.id && seen?.state === 'POSTCALL', 'the slot after the call');
  const states = slotSaw.filter(({ slotUpdated }) => slotUpdated.slot?.id === slot.id).map(({ slotUpdated }) => slotUpdated.slot?.state);
  // What the slot did before the call may have its place in the stream after the cursor.
  expect(dedupe(states.slice(states.indexOf('CALLING')))).toEqual(['CALLING', 'ACTIVE_CALL', 'POSTCALL']);
  await collectUntil(supervisorSlots, ({ slotUpdated: { slot: seen } }) => seen?.id === slot.id && seen?.state === 'READY', 'the slot READY again');

  const { call } = await operator.request(CallDocument, { id: callId });
  expect(call).toMatchObject({ status: 'ENDED', outcome: 'ANSWERED', lead: { id: lead.id }, slot: { id: slot.id }, cdr: { outcome: 'ANSWERED' } });
  expect(call.legs.length).toBeGreaterThanOrEqual(1);
  expect(call.notes?.nodes.map((note) => note.text)).toContain(text);

  // the seller sees the lead's calls and notes; another seller sees nothing of it.
  const history = (await seller.request(LeadDocument, { id: lead.id })).lead;
  expect(history.calls?.nodes.map(({ id }) => id)).toContain(callId);
  expect(history.notes.nodes.map((note) => note.text)).toContain(text);
  await anotherSellerSeesNothing(platform, admin, { leadId: lead.id, callId });

  // the log holds it, by module.
  await until(async () => {
    const { events } = await supervisor.request(EventsDocument, { filter: { module: 'OTTB', aggregateId: callId } });
    return events.nodes.some(({ type }) => type === 'telephony.call.ended') ? true : undefined;
  }, 'the call in the event log');

  for (const client of [operator, seller, supervisor, admin]) await client.logout();
}

const dedupe = <T>(values: T[]): T[] => values.filter((value, index) => value !== values[index - 1]);

async function aLead(seller: VssClient, phone: string): Promise<{ id: string }> {
  const { leadCreate } = await seller.request(LeadCreateDocument, { input: { clientName: 'Ada Lovelace', phone } });
  expect(leadCreate).toMatchObject({ userErrors: [], lead: { phone, assignedSeller: { username: 'seller' } } });
  return { id: leadCreate.lead?.id ?? '' };
}

function aFreeSlot(operator: VssClient, number: string | undefined): Promise<{ id: string; number: string }> {
  return until(async () => {
    const { slots } = await operator.request(SlotsDocument, { first: 200, filter: { state: 'READY', availability: 'FREE' } });
    expect(slots.nodes.every(({ state, availability }) => state === 'READY' && availability === 'FREE')).toBe(true);
    return slots.nodes.find((slot) => !number || slot.number === number);
  }, `a free slot ${number ?? ''}`);
}

async function anotherSellerSeesNothing(platform: Pick<Platform, 'as' | 'ask'>, admin: VssClient, { leadId, callId }: { leadId: string; callId: string }): Promise<void> {
  const username = `seller-${randomUUID().slice(0, 8)}`;
  const created = await admin.request(UserCreateDocument, { input: { username, password: PASSWORD, email: `${username}@example.com`, role: 'seller' } });
  expect(created.userCreate.userErrors).toEqual([]);
  const stranger = await platform.as(username);
  expect((await stranger.request(LeadsDocument)).leads.nodes).toEqual([]);
  await expect(stranger.request(LeadDocument, { id: leadId })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  const token = await stranger.accessToken();
  const answer = await platform.ask('query ($id: ID!) { call(id: $id) { id phoneNumber } }', { id: callId }, token);
  expect(answer.errors?.[0]?.extensions).toMatchObject({ code: 'NOT_FOUND' });
}
