import { idempotently, type EntityManager } from '@vss/db';
import { SlotRecover, SlotRegister, SlotUnregister } from '@vss/events';
import type { Scope } from '@vss/graphql';
import { UserError, type Now } from '@vss/runtime';
import { byActor, type Cause } from '../cause.js';
import type { CommandFailure, CommandService } from '../commands/index.js';
import { notFound } from '../errors.js';
import type { LeaseService } from '../leases/index.js';
import { HubProjection } from '../projections/index.js';
import type { TelephonySettings } from '../settings.js';
import { Slot } from './slot.entity.js';
import { lockSlot, type SlotMoves } from './slot.moves.js';
import { isRechecked, maySetAdminState, nextSlotState, onRegistrationFailure, onWrappedUp, standingFault, type SlotAdminState, type SlotFaultReason } from './slot.rules.js';

export interface SlotServiceDeps {
  readonly moves: SlotMoves;
  readonly leases: LeaseService;
  readonly commands: CommandService;
  /** Ends the call that a slot was in when it went into FAULT. */
  readonly breakOffCall: (tx: EntityManager, slot: Slot, callId: string, reason: string, cause: Cause) => Promise<void>;
  readonly now: Now;
  readonly settings: TelephonySettings;
}

export type SlotService = ReturnType<typeof createSlotService>;

/** Brings slots into service and keeps them there. Everything takes a slot whose row is locked. */
export function createSlotService({ moves, leases, commands, breakOffCall, now, settings }: SlotServiceDeps) {
  const after = (ms: number): Date => new Date(now().getTime() + ms);

  /** Asks the hub to bring the slot's phone to register. From ASSIGNED, or from READY to renew. */
  async function register(tx: EntityManager, slot: Slot, trigger: 'REGISTRATION_SENT' | 'REGISTRATION_EXPIRING' | 'REGISTRATION_LOST', cause: Cause, why?: string): Promise<void> {
    const fields = { slotNumber: slot.number, slotKind: slot.kind, centerId: slot.centerId };
    const command = await commands.send(tx, SlotRegister, { slot, fields, deadlineMs: settings.registeringMs }, cause);
    slot.commandId = command.id;
    await moves.move(tx, slot, { trigger, commandId: command.id, deadlineAt: command.deadlineAt, ...(why !== undefined && { why }) }, cause);
  }

  async function enterService(tx: EntityManager, slot: Slot, cause: Cause): Promise<void> {
    slot.registrationFailures = 0;
    await moves.move(tx, slot, { trigger: 'SERVICE_ENTERED', deadlineAt: now() }, cause);
    await register(tx, slot, 'REGISTRATION_SENT', cause);
  }

  /** Has the hub take the slot's credentials away. */
  async function unregister(tx: EntityManager, slot: Slot, cause: Cause): Promise<void> {
    if (slot.hubId) await commands.send(tx, SlotUnregister, { slot, fields: { slotNumber: slot.number }, deadlineMs: settings.recoverMs }, cause);
  }

  async function leaveService(tx: EntityManager, slot: Slot, cause: Cause): Promise<void> {
    if (slot.state === 'READY') await unregister(tx, slot, cause);
    await leases.end(tx, slot, 'OUT_OF_SERVICE');
    await moves.move(tx, slot, { trigger: 'SERVICE_LEFT', deadlineAt: null }, cause);
  }

  /** Just before the registration ends, or at once where so little is left. */
  const renewalAt = (expiresAt: Date): Date => new Date(Math.max(now().getTime() + 1_000, expiresAt.getTime() - settings.registrationMarginMs));

  async function registered(tx: EntityManager, slot: Slot, expiresAt: Date, cause: Cause): Promise<void> {
    if (expiresAt <= now()) return;
    // A phone that registers by itself while the platform waits to ask it again.
    if (slot.state === 'ASSIGNED') await moves.move(tx, slot, { trigger: 'REGISTRATION_SENT', deadlineAt: null }, cause);
    if (slot.state === 'REGISTERING') {
      // The old registration, told once more before the phone has renewed it: the new one is still to come.
      if (isNearlyOver(slot, expiresAt)) return;
      slot.registrationFailures = 0;
      // Taken out of service meanwhile: it leaves at the next look and not when it would be renewed.
      const deadlineAt = slot.adminState === 'IN_SERVICE' ? renewalAt(expiresAt) : now();
      return moves.move(tx, slot, { trigger: 'REGISTERED', registrationExpiresAt: expiresAt, deadlineAt }, cause);
    }
    if (!holdsRegistration(slot) || slot.registrationExpiresAt?.getTime() === expiresAt.getTime()) return;
    slot.registrationExpiresAt = expiresAt;
    if (slot.state === 'READY') slot.deadlineAt = renewalAt(expiresAt);
    await moves.changed(tx, slot, cause);
  }

  const isNearlyOver = (slot: Slot, expiresAt: Date): boolean => expiresAt.getTime() - slot.stateSince.getTime() <= settings.registrationMarginMs;

  const holdsRegistration = (slot: Slot): boolean => slot.state !== 'IDLE' && slot.state !== 'FAULT';

  async function registrationFailed(tx: EntityManager, slot: Slot, retryable: boolean, why: string, cause: Cause): Promise<void> {
    if (slot.state !== 'REGISTERING') return;
    slot.registrationFailures += 1;
    const next = onRegistrationFailure(slot.registrationFailures, retryable, settings.registrationBackoffMs);
    if (next.trigger === 'REGISTRATION_FAILED') return moves.move(tx, slot, { trigger: next.trigger, why, deadlineAt: after(next.retryAfterMs) }, cause);
    await leases.end(tx, slot, 'SLOT_FAULT');
    await moves.move(tx, slot, { trigger: next.trigger, why, faultReason: 'SIP_LOST', deadlineAt: after(settings.faultRecheckMs) }, cause);
  }

  async function fault(tx: EntityManager, slot: Slot, reason: SlotFaultReason, why: string, cause: Cause): Promise<void> {
    if (slot.faultReason) {
      const standing = standingFault(slot.faultReason, reason);
      if (standing === slot.faultReason) return;
      slot.faultReason = standing;
      slot.deadlineAt = isRechecked(standing) ? after(settings.faultRecheckMs) : null;
      return moves.changed(tx, slot, cause);
    }
    const { callId } = slot;
    await leases.end(tx, slot, 'SLOT_FAULT');
    await moves.move(tx, slot, { trigger: 'FAULTED', why, faultReason: reason, deadlineAt: isRechecked(reason) ? after(settings.faultRecheckMs) : null }, cause);
    if (callId !== null) await breakOffCall(tx, slot, callId, reason, cause);
  }

  /** Back to IDLE, and from there into service at the next look. */
  const checkPassed = (tx: EntityManager, slot: Slot, why: string, cause: Cause): Promise<void> =>
    moves.move(tx, slot, { trigger: 'CHECK_PASSED', why, deadlineAt: now() }, cause);

  async function check(tx: EntityManager, slot: Slot, cyclePower: boolean, cause: Cause): Promise<void> {
    const command = await commands.send(tx, SlotRecover, { slot, fields: { slotNumber: slot.number, cyclePower }, deadlineMs: settings.recoverMs }, cause);
    slot.commandId = command.id;
    slot.deadlineAt = command.giveUpAt;
  }

  async function wrapUp(tx: EntityManager, slot: Slot, cause: Cause): Promise<void> {
    const trigger = onWrappedUp(slot, now());
    const deadlineAt = trigger === 'WRAPPED_UP' && slot.registrationExpiresAt ? renewalAt(slot.registrationExpiresAt) : now();
    if (trigger !== 'WRAPPED_UP') await leases.end(tx, slot, 'OUT_OF_SERVICE');
    if (slot.adminState !== 'IN_SERVICE') await unregister(tx, slot, cause);
    await moves.move(tx, slot, { trigger, deadlineAt }, cause);
  }

  /** The command to register failed as a whole; the same as a failed registration. */
  async function notRegistered({ tx, slot, command, code, cause }: CommandFailure): Promise<void> {
    if (slot.commandId === command.id) await registrationFailed(tx, slot, true, code, cause);
  }

  /** The check could not be made. It is tried again where the platform may do so by itself. */
  async function notChecked({ slot, command }: CommandFailure): Promise<void> {
    if (slot.commandId === command.id && slot.faultReason) slot.deadlineAt = isRechecked(slot.faultReason) ? after(settings.faultRecheckMs) : null;
  }

  return {
    register,
    notRegistered,
    notChecked,
    enterService,
    leaveService,
    registered,
    registrationFailed,
    fault,
    checkPassed,
    check,
    wrapUp,

    /** The hub says that the phone is not registered any more. */
    async registrationLost(tx: EntityManager, slot: Slot, why: string, cause: Cause): Promise<void> {
      if (slot.state === 'READY' && slot.adminState === 'IN_SERVICE') return register(tx, slot, 'REGISTRATION_LOST', cause, why);
      if (slot.registrationExpiresAt === null || slot.state === 'READY') return;
      // In a call, which may well go on: the wrap-up sees to it.
      slot.registrationExpiresAt = null;
      await moves.changed(tx, slot, cause);
    },

    setAdminState: (scope: Scope, input: { slotId: string; adminState: SlotAdminState; expectedVersion?: number | null }): Promise<Slot> =>
      scope.em.transactional(async (tx) => {
        const slot = await lockSlot(tx, input.slotId);
        if (!slot) throw notFound('slot');
        if (input.expectedVersion != null && input.expectedVersion !== slot.version)
          throw new UserError('VERSION_CONFLICT', `Slot ${slot.number} is at version ${slot.version}`, ['input', 'expectedVersion'], true);
        if (!maySetAdminState(slot.adminState, input.adminState)) throw new UserError('SLOT_RETIRED', `Slot ${slot.number} is retired`, ['input', 'adminState']);
        if (slot.adminState === input.adminState) return slot;
        slot.adminState = input.adminState;
        const cause = byActor(scope);
        await moves.changed(tx, slot, cause);
        if (input.adminState === 'IN_SERVICE') slot.deadlineAt = slot.state === 'IDLE' ? now() : slot.deadlineAt;
        // What is in a call, or about to be registered, leaves at its next step.
        else if (nextSlotState(slot.state, 'SERVICE_LEFT')) await leaveService(tx, slot, cause);
        return slot;
      }),

    recover: (scope: Scope, { idempotencyKey, ...input }: { slotId: string; cyclePower: boolean; idempotencyKey: string }): Promise<Slot> =>
      scope.em.transactional((tx) =>
        idempotently({
          em: tx,
          centerId: scope.actor.centerId,
          actorId: scope.actor.userId,
          operation: 'slotRecover',
          key: idempotencyKey,
          input,
          load: (id) => tx.findOneOrFail(Slot, { id }),
          run: async () => {
            const slot = await lockSlot(tx, input.slotId);
            if (!slot) throw notFound('slot');
            if (slot.state !== 'FAULT') throw new UserError('SLOT_NOT_FAULTED', `Slot ${slot.number} is ${slot.state}`, ['input', 'slotId']);
            if (!(await isHubOnline(tx, slot))) throw new UserError('HUB_OFFLINE', `The hub of slot ${slot.number} is not there`, ['input', 'slotId'], true);
            await check(tx, slot, input.cyclePower, byActor(scope));
            return { id: slot.id, result: slot };
          },
        }),
      ),
  };
}

/** Undefined for a slot that no hub serves yet. */
export async function hubOnline(tx: EntityManager, slot: Slot): Promise<boolean | undefined> {
  if (slot.hubId === null) return undefined;
  return (await tx.findOne(HubProjection, { id: slot.hubId }))?.online ?? false;
}

const isHubOnline = async (tx: EntityManager, slot: Slot): Promise<boolean> => (await hubOnline(tx, slot)) === true;
