import { z } from 'zod';
import { callParty, envelope, slotKind } from '@vss/events';

/** On whose behalf something is done; reports about it carry the same. */
export const origin = z.object({ centerId: z.string().nullable(), traceId: z.string(), traceparent: z.string().optional(), causationId: z.string().nullable(), actor: z.string() });
export type Origin = z.output<typeof origin>;

export const commandResult = z.discriminatedUnion('status', [
  z.object({ status: z.literal('SUCCEEDED') }),
  z.object({ status: z.literal('FAILED'), code: z.enum(['EXPIRED', 'STALE_LEASE', 'IN_DOUBT', 'REFUSED', 'ADAPTER']), reason: z.string() }),
]);
export type CommandResult = z.output<typeof commandResult>;

const commandEntry = z.object({
  message: envelope,
  phase: z.enum(['RECEIVED', 'STARTED', 'DONE']),
  result: commandResult.nullable(),
  /** When it need not be remembered any more: no broker redelivers it by then. */
  forgetAfter: z.iso.datetime(),
});
export type CommandEntry = z.output<typeof commandEntry>;

const openCall = z.object({
  callId: z.string(),
  slotId: z.string(),
  slotNumber: z.string(),
  phoneNumber: z.string(),
  origin,
  /** ORDERED: the PBX may or may not have taken the order. */
  phase: z.enum(['ORDERED', 'STARTED', 'RANG', 'PICKED_UP']),
  /** Who asked for the end, when somebody did. */
  endedBy: callParty.nullable(),
  orderedAt: z.iso.datetime(),
  /** By this instant it has been answered or has ended, whatever the PBX says. */
  answerBy: z.iso.datetime(),
  /** By this instant it has ended, whatever the PBX says. */
  mustEndBy: z.iso.datetime(),
});
export type OpenCall = z.output<typeof openCall>;

const slotEntry = z.object({
  slotId: z.string(),
  slotNumber: z.string(),
  slotKind,
  origin,
  /** The register command that waits for its answer, and until when. */
  pending: z.object({ commandId: z.string(), until: z.iso.datetime() }).nullable(),
  /** What was last reported. */
  registered: z.boolean(),
});
export type SlotEntry = z.output<typeof slotEntry>;

const single = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('command'), id: z.string(), entry: commandEntry }),
  z.object({ kind: z.literal('command-forgotten'), id: z.string() }),
  z.object({ kind: z.literal('fence'), slotId: z.string(), token: z.number().int() }),
  z.object({ kind: z.literal('call'), call: openCall }),
  z.object({ kind: z.literal('call-closed'), callId: z.string() }),
  z.object({ kind: z.literal('slot'), slot: slotEntry }),
  z.object({ kind: z.literal('slot-removed'), slotId: z.string() }),
  z.object({ kind: z.literal('report'), message: envelope }),
  z.object({ kind: z.literal('report-sent'), id: z.string() }),
  z.object({ kind: z.literal('sequence'), aggregateId: z.string(), last: z.number().int() }),
  /** The runner was alive then. */
  z.object({ kind: z.literal('alive'), at: z.iso.datetime() }),
]);
export type JournalRecord = z.output<typeof single>;

/** One line of the file: records that become true together or not at all. */
export const journalLine = z.array(single);

export interface JournalState {
  readonly commands: Map<string, CommandEntry>;
  /** Highest fencing token seen, by slot id. */
  readonly fences: Map<string, number>;
  readonly calls: Map<string, OpenCall>;
  /** Slots that were put in service here, by slot id. */
  readonly slots: Map<string, SlotEntry>;
  /** Reports that no broker has confirmed yet, oldest first. */
  readonly reports: Map<string, z.output<typeof envelope>>;
  readonly sequences: Map<string, number>;
  aliveAt: string | null;
}

export const emptyState = (): JournalState => ({
  commands: new Map(),
  fences: new Map(),
  calls: new Map(),
  slots: new Map(),
  reports: new Map(),
  sequences: new Map(),
  aliveAt: null,
});

export function apply(state: JournalState, record: JournalRecord): void {
  switch (record.kind) {
    case 'command':
      return void state.commands.set(record.id, record.entry);
    case 'command-forgotten':
      return void state.commands.delete(record.id);
    case 'fence':
      return void state.fences.set(record.slotId, Math.max(record.token, state.fences.get(record.slotId) ?? 0));
    case 'call':
      return void state.calls.set(record.call.callId, record.call);
    case 'call-closed':
      return void state.calls.delete(record.callId);
    case 'slot':
      return void state.slots.set(record.slot.slotId, record.slot);
    case 'slot-removed':
      return void state.slots.delete(record.slotId);
    case 'report':
      state.sequences.set(record.message.aggregateId, record.message.sequence);
      return void state.reports.set(record.message.id, record.message);
    case 'report-sent':
      return void state.reports.delete(record.id);
    case 'sequence':
      return void state.sequences.set(record.aggregateId, record.last);
    case 'alive':
      state.aliveAt = record.at;
  }
}

/** The fewest records that lead to this state; what `at` makes forgettable is left out. */
export function recordsOf(state: JournalState, at: Date): JournalRecord[] {
  const isRemembered = ({ forgetAfter, phase }: CommandEntry): boolean => phase !== 'DONE' || Date.parse(forgetAfter) > at.getTime();
  return [
    ...[...state.commands].filter(([, entry]) => isRemembered(entry)).map(([id, entry]) => ({ kind: 'command', id, entry }) as const),
    ...[...state.fences].map(([slotId, token]) => ({ kind: 'fence', slotId, token }) as const),
    ...[...state.calls.values()].map((call) => ({ kind: 'call', call }) as const),
    ...[...state.slots.values()].map((slot) => ({ kind: 'slot', slot }) as const),
    ...[...state.reports.values()].map((message) => ({ kind: 'report', message }) as const),
    // After the reports, which set it too.
    ...[...state.sequences].map(([aggregateId, last]) => ({ kind: 'sequence', aggregateId, last }) as const),
    ...(state.aliveAt === null ? [] : [{ kind: 'alive', at: state.aliveAt } as const]),
  ];
}
