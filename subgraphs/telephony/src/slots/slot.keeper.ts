import { LockMode } from '@mikro-orm/core';
import type { EntityManager } from '@vss/db';
import { delay, type Logger, newTraceId, type Now } from '@vss/runtime';
import type { Cause } from '../cause.js';
import type { CommandService } from '../commands/index.js';
import type { LeaseService } from '../leases/index.js';
import { Slot } from './slot.entity.js';
import { dueStep } from './slot.rules.js';
import { hubOnline, type SlotService } from './slot.service.js';

const BATCH = 200;

export interface SlotKeeperDeps {
  /** An EntityManager over all centers. */
  readonly fork: () => EntityManager;
  readonly slots: SlotService;
  readonly leases: LeaseService;
  readonly commands: CommandService;
  readonly giveUpCall: (tx: EntityManager, slot: Slot, cause: Cause) => Promise<void>;
  readonly logger: Logger;
  readonly now: Now;
  readonly lookEveryMs: number;
}

export interface SlotKeeper {
  start(): void;
  stop(): Promise<void>;
  /** One look at everything that is due; tells how much was done. For tests, and for the loop itself. */
  look(): Promise<number>;
}

/**
 * Looks at each slot whose deadline has passed or whose hub is away: what does not move by events is moved here, so that
 * no slot, call, lease or command stands still for ever. Any number of instances may run; each takes the rows that no other holds.
 */
export function createSlotKeeper({ fork, slots, leases, commands, giveUpCall, logger, now, lookEveryMs }: SlotKeeperDeps): SlotKeeper {
  async function step(tx: EntityManager, slot: Slot, isHubOnline: boolean | undefined, cause: Cause): Promise<void> {
    const due = dueStep(slot, isHubOnline);
    switch (due.do) {
      case 'NOTHING':
        slot.deadlineAt = null;
        return;
      case 'FAULT':
        return slots.fault(tx, slot, due.reason, due.reason, cause);
      case 'ENTER_SERVICE':
        return slots.enterService(tx, slot, cause);
      case 'REGISTER':
        return slots.register(tx, slot, 'REGISTRATION_SENT', cause);
      case 'LEAVE_SERVICE':
        return slots.leaveService(tx, slot, cause);
      case 'REGISTRATION_TIMED_OUT':
        return slots.registrationFailed(tx, slot, true, 'TIMED_OUT', cause);
      case 'REFRESH_REGISTRATION':
        return slots.register(tx, slot, 'REGISTRATION_EXPIRING', cause);
      case 'END_CALL':
        return giveUpCall(tx, slot, cause);
      case 'WRAP_UP':
        return slots.wrapUp(tx, slot, cause);
      case 'CHECK':
        return slots.check(tx, slot, false, cause);
    }
  }

  /** False when another instance has it, or there is nothing to be done any more. */
  const lookAt = (id: string): Promise<boolean> =>
    fork().transactional(async (tx) => {
      const slot = await tx.findOne(Slot, { id }, { lockMode: LockMode.PESSIMISTIC_PARTIAL_WRITE, refresh: true });
      if (!slot) return false;
      const isHubOnline = await hubOnline(tx, slot);
      const isDue = slot.deadlineAt !== null && slot.deadlineAt <= now();
      if (!isDue && isHubOnline !== false) return false;
      await step(tx, slot, isHubOnline, systemCause());
      return true;
    });

  const systemCause = (): Cause => ({ actor: 'system', traceId: newTraceId() });

  /** One that fails must not keep the others from their turn. */
  async function each(ids: readonly string[], work: (id: string) => Promise<unknown>): Promise<number> {
    let done = 0;
    for (const id of ids)
      try {
        if ((await work(id)) !== false) done += 1;
      } catch (error) {
        logger.error({ err: error, slotId: id }, 'A slot that was due could not be moved on');
      }
    return done;
  }

  async function look(): Promise<number> {
    const em = fork();
    const due = await em.execute<{ id: string }[]>(
      `select id from telephony.slot where deadline_at <= ?
         or state not in ('IDLE', 'FAULT') and hub_id in (select id from telephony.hub_projection where not online)
       order by deadline_at limit ?`,
      [now().toISOString(), BATCH],
    );
    const moved = await each(due.map(({ id }) => id), lookAt);
    const expired = await each(await leases.due(em, BATCH), (id) => fork().transactional((tx) => leases.expire(tx, id, systemCause())));
    const settled = await fork().transactional((tx) => commands.settle(tx, BATCH));
    await commands.forget(em, BATCH);
    return moved + expired + settled;
  }

  /** What is still due after a look has failed, or another instance has it: neither is to be tried at once again. */
  async function msToNext(): Promise<number> {
    const at = now();
    const [next] = await fork().execute<{ at: string | Date | null }[]>('select min(deadline_at) as at from telephony.slot where deadline_at > ?', [at.toISOString()]);
    return next?.at ? Math.min(lookEveryMs, new Date(next.at).getTime() - at.getTime()) : lookEveryMs;
  }

  const stopping = new AbortController();
  let running: Promise<void> = Promise.resolve();

  async function loop(): Promise<void> {
    while (!stopping.signal.aborted) {
      let pauseMs = lookEveryMs;
      try {
        // What it moved may be due again, and a full batch may have left more behind.
        pauseMs = (await look()) > 0 ? 0 : await msToNext();
      } catch (error) {
        logger.error({ err: error }, 'The look at due slots failed');
      }
      await delay(pauseMs, stopping.signal).catch(() => undefined);
    }
  }

  return {
    look,
    start() {
      running = loop();
    },
    async stop() {
      stopping.abort();
      await running;
    },
  };
}
