import { LockMode } from '@mikro-orm/core';
import { AppError, newId as typeId, systemNow, UserError, type NewId, type Now } from '@vss/runtime';
import { assertAllowed, denial } from '@vss/auth';
import { NoteCreated, NoteUpdated, type Outbox } from '@vss/events';
import { idempotently, type EntityManager } from '@vss/db';
import type { Scope } from '@vss/graphql';
import { mayStillArrive, type Arrivals } from '../arrivals/index.js';
import { CallProjection } from '../calls/index.js';
import { Lead, leadsWithin } from '../leads/index.js';
import { Note, NoteRevision } from './note.entity.js';
import { callsWithin, teamsOfAuthor } from './note.queries.js';
import { callsToWriteOn, MAX_NOTE, mayRewrite, notesToRead, parseNoteText } from './note.rules.js';

export interface NoteDraft {
  text: string;
  callId?: string | null;
  leadId?: string | null;
  idempotencyKey?: string | null;
}

interface Deps {
  outbox: Outbox;
  arrivals: Arrivals;
  newId?: NewId;
  now?: Now;
}

export type NoteService = ReturnType<typeof createNoteService>;

export function createNoteService({ outbox, arrivals, newId = typeId, now = systemNow }: Deps) {
  /** An operator who has just started a call may write before its event is here: that is waited for, outside of the transaction. */
  async function arrived(em: EntityManager, callId: string | null | undefined): Promise<void> {
    if (callId && mayStillArrive(callId, now())) await arrivals.until(callId, () => em.fork().findOne(CallProjection, { id: callId }));
  }

  /** Locked: a link that arrives meanwhile waits for the note, and then takes it along to the lead. */
  async function loadCall(tx: EntityManager, { actor }: Scope, id: string): Promise<CallProjection> {
    const reach = callsToWriteOn(actor);
    await tx.findOne(CallProjection, { id }, { lockMode: LockMode.PESSIMISTIC_READ });
    const [call] = await callsWithin(tx, actor, reach, [id]);
    if (!call) throw new AppError('NOT_FOUND', `There is no call ${id}`);
    return call;
  }

  async function loadLead(tx: EntityManager, { actor }: Scope, id: string): Promise<Lead> {
    const lead = await tx.findOne(Lead, { $and: [leadsWithin(actor, 'leads:read'), { id }] });
    if (!lead) throw new AppError('NOT_FOUND', `There is no lead ${id}`);
    return lead;
  }

  async function write(tx: EntityManager, scope: Scope, { callId, leadId, text }: NoteDraft): Promise<Note> {
    const call = callId ? await loadCall(tx, scope, callId) : undefined;
    const lead = leadId ? await loadLead(tx, scope, leadId) : undefined;
    const owner = call ?? lead;
    if (!owner) throw new UserError('NOTE_TARGET_MISSING', 'Name a call, a lead, or both', ['input']);
    if (call && lead && ((call.leadId && call.leadId !== lead.id) || call.centerId !== lead.centerId))
      throw new UserError('NOTE_TARGET_MISMATCH', 'The call belongs to another lead', ['input', 'leadId']);
    const at = now();
    const note = tx.create(Note, {
      id: newId('note'),
      centerId: owner.centerId,
      text: validText(text),
      authorId: scope.actor.userId,
      callId: call?.id ?? null,
      leadId: lead?.id ?? (await knownLead(tx, call?.leadId)),
      createdAt: at,
      updatedAt: at,
      version: 1,
    });
    const payload = { noteId: note.id, leadId: note.leadId, callId: note.callId, authorId: note.authorId };
    await outbox.add(tx, NoteCreated, payload, { centerId: note.centerId, traceId: scope.traceId, actor: scope.actor.userId });
    return note;
  }

  return {
    async create(scope: Scope, input: NoteDraft): Promise<Note> {
      const { em, actor } = scope;
      assertAllowed(actor, 'notes:create');
      await arrived(em, input.callId);
      return em.transactional(async (tx) => {
        const { idempotencyKey: key, ...draft } = input;
        if (!key) return write(tx, scope, draft);
        const run = async (): Promise<{ id: string; result: Note }> => {
          const note = await write(tx, scope, draft);
          return { id: note.id, result: note };
        };
        const load = (id: string): Promise<Note> => tx.findOneOrFail(Note, { id });
        return idempotently({ em: tx, centerId: actor.centerId, actorId: actor.userId, operation: 'noteCreate', key, input: draft, run, load });
      });
    },

    async update(scope: Scope, { id, expectedVersion, text }: { id: string; expectedVersion: number; text: string }): Promise<Note> {
      const { em, actor, traceId } = scope;
      return em.transactional(async (tx) => {
        const note = await tx.findOne(Note, { id }, { lockMode: LockMode.PESSIMISTIC_WRITE });
        if (!note || !(await isVisible(tx, scope, note))) throw new AppError('NOT_FOUND', `There is no note ${id}`);
        if (!mayRewrite(actor, note, await teamsOfAuthor(tx, actor, note)))
          throw denial(actor, 'notes:update', { needed: 'CENTER', row: { type: 'NOTE', id: note.id }, why: 'Only who wrote a note may change it' });
        if (note.version !== expectedVersion) throw new UserError('VERSION_CONFLICT', `The note has version ${note.version} by now`, ['input', 'expectedVersion']);
        tx.create(NoteRevision, { noteId: note.id, version: note.version, text: note.text, replacedBy: actor.userId, replacedAt: now() });
        tx.assign(note, { text: validText(text), updatedAt: now(), version: note.version + 1 });
        await outbox.add(tx, NoteUpdated, { noteId: note.id, authorId: note.authorId }, { centerId: note.centerId, traceId, actor: actor.userId });
        return note;
      });
    },

    /** The note, or null when this actor may not see it. */
    async find(scope: Scope, id: string): Promise<Note | null> {
      const note = await scope.em.findOne(Note, { id });
      return note && (await isVisible(scope.em, scope, note)) ? note : null;
    },
  };
}

async function isVisible(em: EntityManager, { actor }: Scope, note: Note): Promise<boolean> {
  const reach = notesToRead(actor);
  if (reach === 'CENTER') return true;
  if (note.leadId && (await em.findOne(Lead, { $and: [leadsWithin(actor, 'leads:read'), { id: note.leadId }] }))) return true;
  return note.callId !== null && (await callsWithin(em, actor, reach, [note.callId])).length > 0;
}

/** The call's lead, unless it is one that is not here: a note never hangs on nothing. */
async function knownLead(tx: EntityManager, leadId: string | null | undefined): Promise<string | null> {
  return leadId ? ((await tx.findOne(Lead, { id: leadId }))?.id ?? null) : null;
}

function validText(text: string): string {
  const valid = parseNoteText(text);
  if (valid === undefined) throw new UserError('NOTE_TEXT_INVALID', `A note has 1 to ${MAX_NOTE} characters`, ['input', 'text']);
  return valid;
}
