import { LockMode } from '@mikro-orm/core';
import type { EntityManager } from '@vss/db';
import type { MessageDefinition, Outbox } from '@vss/events';
import type { NewId, Now } from '@vss/runtime';
import type { Cause } from '../cause.js';
import type { TelephonySettings } from '../settings.js';
import type { Slot } from '../slots/index.js';
import { Command } from './command.entity.js';
import { isEnd, mayBecome, type CommandStatus } from './command.rules.js';

/** Time to look into what went wrong. */
const KEPT_MS = 7 * 86_400_000;

export interface NewCommand {
  readonly slot: Slot;
  readonly callId?: string;
  /** What the command carries besides the fields of every command. */
  readonly fields: Readonly<Record<string, unknown>>;
  readonly deadlineMs: number;
}

export interface CommandReport {
  readonly status: CommandStatus;
  readonly failureCode?: string;
  readonly failureReason?: string;
}

export type CommandService = ReturnType<typeof createCommandService>;

export function createCommandService({ outbox, newId, now, settings }: { outbox: Outbox; newId: NewId; now: Now; settings: TelephonySettings }) {
  return {
    /** Stores a command and its message. The hub gets it after the commit, through the outbox. */
    async send(tx: EntityManager, definition: MessageDefinition, { slot, callId, fields, deadlineMs }: NewCommand, cause: Cause): Promise<Command> {
      if (!slot.hubId) throw new Error(`Slot ${slot.number} has no hub to send ${definition.type} to`);
      const at = now();
      const deadlineAt = new Date(at.getTime() + deadlineMs);
      const id = newId('cmd');
      const payload = { commandId: id, hubId: slot.hubId, slotId: slot.id, fencingToken: slot.fencingToken, deadlineAt: deadlineAt.toISOString(), ...fields };
      const messageId = await outbox.add(tx, definition, payload, { ...cause, centerId: slot.centerId });
      const command = tx.create(Command, {
        id,
        centerId: slot.centerId,
        hubId: slot.hubId,
        slotId: slot.id,
        callId: callId ?? null,
        type: definition.type,
        status: 'QUEUED',
        payload,
        fencingToken: slot.fencingToken,
        actorId: cause.actor,
        createdAt: at,
        deadlineAt,
        giveUpAt: new Date(deadlineAt.getTime() + settings.graceMs),
        messageId,
        dispatchedAt: null,
        startedAt: null,
        endedAt: null,
        failureCode: null,
        failureReason: null,
      });
      tx.persist(command);
      return command;
    },

    /** Takes a report in. Gives the command where the report moved it on, null where it told nothing new. */
    async report(tx: EntityManager, slotId: string, commandId: string, { status, failureCode, failureReason }: CommandReport): Promise<Command | null> {
      const command = await tx.findOne(Command, { id: commandId, slotId }, { lockMode: LockMode.PESSIMISTIC_WRITE, refresh: true });
      if (!command || !mayBecome(command.status, status)) return null;
      const at = now();
      command.status = status;
      command.failureCode = failureCode ?? null;
      command.failureReason = failureReason ?? null;
      command.dispatchedAt ??= at;
      if (status === 'STARTED') {
        command.startedAt = at;
        command.giveUpAt = new Date(at.getTime() + settings.recoverMs + settings.graceMs);
      }
      if (isEnd(status)) command.endedAt = at;
      return command;
    },

    /** Notes which commands have left, and ends those whose silence has lasted too long. At most `limit` of each. */
    async settle(tx: EntityManager, limit: number): Promise<number> {
      await tx.execute(
        `with sent as (
           select c.id, o.published_at from telephony.command c join telephony.outbox o on o.id = c.message_id
           where c.status = 'QUEUED' and o.published_at is not null limit ? for update of c skip locked)
         update telephony.command c set status = 'DISPATCHED', dispatched_at = sent.published_at from sent where c.id = sent.id`,
        [limit],
      );
      const late = await tx.find(
        Command,
        { endedAt: null, giveUpAt: { $lte: now() } },
        { limit, lockMode: LockMode.PESSIMISTIC_PARTIAL_WRITE, refresh: true },
      );
      for (const command of late) {
        command.status = 'EXPIRED';
        command.endedAt = now();
        command.failureCode = 'EXPIRED';
        command.failureReason = 'Nothing was heard of it in time';
      }
      return late.length;
    },

    /** What lasts of a command is in the call, its CDR and the event log. At most `limit` of them. */
    async forget(tx: EntityManager, limit: number): Promise<void> {
      const before = new Date(now().getTime() - KEPT_MS);
      await tx.execute('delete from telephony.command where id in (select id from telephony.command where ended_at < ? limit ? for update skip locked)', [before.toISOString(), limit]);
    },
  };
}
