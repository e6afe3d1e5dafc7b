import type { EntityManager } from '@vss/db';
import { CallOriginate, CommandFailed, CommandStarted, CommandSucceeded, on, SlotRecover, SlotRegister, type Route } from '@vss/events';
import { byMessage, type Cause } from '../cause.js';
import { lockSlot, type Slot } from '../slots/index.js';
import type { Command } from './command.entity.js';
import type { CommandReport, CommandService } from './command.service.js';

/** What a failed command means for whoever sent it. */
export interface CommandFailure {
  readonly tx: EntityManager;
  readonly slot: Slot;
  readonly command: Command;
  readonly code: string;
  readonly cause: Cause;
}

export interface CommandConsumerDeps {
  readonly commands: CommandService;
  readonly onCallNotPlaced: (failure: CommandFailure) => Promise<void>;
  readonly onNotRegistered: (failure: CommandFailure) => Promise<void>;
  readonly onNotChecked: (failure: CommandFailure) => Promise<void>;
}

/** How far commands came. */
export function commandRoutes({ commands, onCallNotPlaced, onNotRegistered, onNotChecked }: CommandConsumerDeps): Route<EntityManager>[] {
  const followUp: Readonly<Record<string, (failure: CommandFailure) => Promise<void>>> = {
    [CallOriginate.type]: onCallNotPlaced,
    [SlotRegister.type]: onNotRegistered,
    [SlotRecover.type]: onNotChecked,
    // A hang-up that failed is followed up by the slot's deadline: the call ends either way.
  };
  const report = (status: 'STARTED' | 'SUCCEEDED') => (tx: EntityManager, { slotId, commandId }: { slotId: string; commandId: string }) =>
    commands.report(tx, slotId, commandId, { status } satisfies CommandReport);
  return [
    on(CommandStarted, report('STARTED')),
    on(CommandSucceeded, report('SUCCEEDED')),
    on(CommandFailed, async (tx: EntityManager, { hubId, slotId, commandId, code, reason }, message) => {
      const slot = await lockSlot(tx, slotId);
      if (!slot || slot.hubId !== hubId) return;
      const status = code === 'EXPIRED' ? 'EXPIRED' : 'FAILED';
      const command = await commands.report(tx, slotId, commandId, { status, failureCode: code, failureReason: reason });
      if (command) await followUp[command.type]?.({ tx, slot, command, code, cause: byMessage(message) });
    }),
  ];
}
