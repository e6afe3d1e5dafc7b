import { delay, messageOf, withDeadline, type Logger, type Now } from '@vss/runtime';
import { SlotChecked, SlotRegistered, SlotRegistrationFailed, SlotUnregistered } from '@vss/events';
import { createLanes } from '../common/lanes.js';
import type { Journal, Origin, SlotEntry } from '../journal/index.js';
import type { PhoneBridge, PhoneDevice, Registration, RegistrationEvent, SipRegistrar, SlotKind, UsbPower } from '../ports/index.js';
import type { Reports } from '../reports/index.js';

export interface SlotSettings {
  /** One request to the registrar or a device may take this long. */
  requestMs: number;
  /** A phone that has not registered after this is reported as failed. */
  registrationMs: number;
  /** After a start of the runner a slot that was registered has this long to come back before it counts as lost. */
  comebackMs: number;
  /** Power stays off this long in a power cycle: capacitors in phones hold for about a second. */
  powerOffMs: number;
  /** A device that was started anew has this long to be healthy. */
  bootMs: number;
  askAgainMs: number;
}

interface Deps {
  hubId: string;
  journal: Journal;
  reports: Reports;
  registrar: SipRegistrar;
  phones: PhoneBridge;
  usbPower: UsbPower;
  sipPassword(slotNumber: string): string;
  logger: Logger;
  now: Now;
  settings: SlotSettings;
  /** Aborted when the runner begins to stop. */
  stopping: AbortSignal;
}

/** Puts slots in service and out, brings their devices back, and reports what becomes of their registrations. */
export function createSlots(deps: Deps) {
  const { hubId, journal, reports, registrar, phones, usbPower, logger, now, settings, stopping } = deps;
  const lanes = createLanes();
  const ask = <T>(what: string, work: (signal: AbortSignal) => Promise<T>): Promise<T> => withDeadline(settings.requestMs, what, work, stopping);
  const byNumber = (slotNumber: string): SlotEntry | undefined => [...journal.state.slots.values()].find((slot) => slot.slotNumber === slotNumber);
  const about = (slot: SlotEntry) => ({ hubId, slotId: slot.slotId, at: now().toISOString() });

  async function registered(slot: SlotEntry, { contact, expiresAt }: Registration): Promise<void> {
    const payload = { ...about(slot), commandId: slot.pending?.commandId ?? null, contact, expiresAt: expiresAt.toISOString() };
    await reports.appendSurely([reports.report(SlotRegistered, payload, slot.origin)], { kind: 'slot', slot: { ...slot, pending: null, registered: true } });
  }

  async function failed(slot: SlotEntry, reason: string, retryable: boolean): Promise<void> {
    const payload = { ...about(slot), commandId: slot.pending?.commandId ?? null, reason, retryable };
    await reports.appendSurely([reports.report(SlotRegistrationFailed, payload, slot.origin)], { kind: 'slot', slot: { ...slot, pending: null, registered: false } });
  }

  async function lost(slot: SlotEntry, reason: string): Promise<void> {
    if (!slot.registered) return;
    await reports.appendSurely([reports.report(SlotUnregistered, { ...about(slot), reason }, slot.origin)], { kind: 'slot', slot: { ...slot, registered: false } });
  }

  const onEvent = (event: RegistrationEvent): void => {
    void lanes
      .run(event.slotNumber, async () => {
        const slot = byNumber(event.slotNumber);
        if (!slot) return;
        if (event.kind === 'registered') return registered(slot, event.registration);
        return event.kind === 'lost' ? lost(slot, event.reason) : failed(slot, event.reason, event.retryable);
      })
      .catch((error: unknown) => logger.error({ err: error, slotNumber: event.slotNumber }, 'A registration was not reported'));
  };

  const provision = (slot: SlotEntry): Promise<void> =>
    ask('Provisioning a slot', (signal) => registrar.provision({ number: slot.slotNumber, kind: slot.slotKind, password: deps.sipPassword(slot.slotNumber) }, signal));
  const registrationOf = (slotNumber: string) => ask('Asking for a registration', (signal) => registrar.registration(slotNumber, signal));

  /** After a start: the registrar may have forgotten the slot, and its phone may have come or gone meanwhile. */
  async function comeBack(slot: SlotEntry): Promise<void> {
    while (!stopping.aborted) {
      try {
        await provision(slot);
        const registration = await registrationOf(slot.slotNumber);
        if (registration) await lanes.run(slot.slotNumber, () => registered(journal.state.slots.get(slot.slotId) ?? slot, registration));
        return;
      } catch (error) {
        if (stopping.aborted) return;
        logger.warn({ slotNumber: slot.slotNumber }, `A slot cannot be put in service yet: ${messageOf(error)}`);
        await delay(settings.askAgainMs, stopping).catch(() => undefined);
      }
    }
  }

  async function deviceOf(slotNumber: string): Promise<PhoneDevice | undefined> {
    const devices = await ask('Listing devices', (signal) => phones.devices(signal));
    return devices.find((device) => device.slotNumber === slotNumber);
  }

  async function healthOf(device: PhoneDevice | undefined): Promise<{ healthy: boolean; detail: string }> {
    if (!device) return { healthy: false, detail: 'No device serves the slot' };
    return ask('Checking a device', (signal) => phones.health(device.serial, signal));
  }

  /** Cuts the power and gives it back; a device without a switchable port is told to start anew. */
  async function restart(device: PhoneDevice, signal: AbortSignal): Promise<void> {
    const { usbPort, serial } = device;
    if (!usbPort) return ask('Restarting a device', (deadline) => phones.restart(serial, deadline));
    await ask('Switching power', (deadline) => usbPower.set(usbPort, false, deadline));
    try {
      await delay(settings.powerOffMs, signal);
    } finally {
      await withDeadline(settings.requestMs, 'Switching power', (deadline) => usbPower.set(usbPort, true, deadline));
    }
  }

  let stopWatching = (): void => undefined;
  const comebackUntil = { at: 0, waiting: new Set<string>() };

  return {
    async register(slot: { slotId: string; slotNumber: string; slotKind: SlotKind }, commandId: string, origin: Origin): Promise<void> {
      const { slotNumber } = slot;
      const until = new Date(now().getTime() + settings.registrationMs).toISOString();
      const wasRegistered = journal.state.slots.get(slot.slotId)?.registered ?? false;
      const entry: SlotEntry = { slotId: slot.slotId, slotNumber, slotKind: slot.slotKind, origin, pending: { commandId, until }, registered: wasRegistered };
      await lanes.run(slotNumber, () => journal.append({ kind: 'slot', slot: entry }));
      await provision(entry);
      const registration = await registrationOf(slotNumber);
      await lanes.run(slotNumber, async () => {
        const current = byNumber(slotNumber);
        if (registration && current?.pending?.commandId === commandId) await registered(current, registration);
      });
    },
    async unregister(slotId: string, slotNumber: string): Promise<void> {
      await ask('Taking a slot out of service', (signal) => registrar.remove(slotNumber, signal));
      await lanes.run(slotNumber, async () => {
        const slot = journal.state.slots.get(slotId);
        if (slot) await lost(slot, 'The slot was taken out of service');
        await journal.append({ kind: 'slot-removed', slotId });
      });
    },
    /** Checks the slot's device, after a restart of it where asked. What it finds is the answer, well or not. */
    async recover({ slotId, slotNumber, cyclePower }: { slotId: string; slotNumber: string; cyclePower: boolean }, commandId: string, origin: Origin, signal: AbortSignal): Promise<void> {
      const device = await deviceOf(slotNumber);
      if (cyclePower && device) await restart(device, signal);
      const giveUpAt = now().getTime() + (cyclePower ? settings.bootMs : 0);
      let health = await healthOf(device);
      while (!health.healthy && now().getTime() < giveUpAt) {
        await delay(settings.askAgainMs, signal);
        health = await healthOf(device);
      }
      await reports.appendSurely([reports.report(SlotChecked, { hubId, slotId, commandId, ...health, at: now().toISOString() }, origin)]);
    },
    /** After a recovery that was broken off: power must not stay off, and what the device is like now is told. */
    async afterBrokenRecovery({ slotId, slotNumber }: { slotId: string; slotNumber: string }, commandId: string, origin: Origin): Promise<void> {
      const device = await deviceOf(slotNumber);
      const usbPort = device?.usbPort;
      if (usbPort) await ask('Switching power', (deadline) => usbPower.set(usbPort, true, deadline));
      const health = await healthOf(device);
      await reports.appendSurely([reports.report(SlotChecked, { hubId, slotId, commandId, ...health, at: now().toISOString() }, origin)]);
    },
    start(): void {
      stopWatching = registrar.watch(onEvent);
      comebackUntil.at = now().getTime() + settings.comebackMs;
      for (const slot of journal.state.slots.values()) {
        if (slot.registered) comebackUntil.waiting.add(slot.slotId);
        void comeBack(slot);
      }
    },
    /** Reports what did not come in time; to be called every second or so. */
    sweep(): void {
      const at = now().getTime();
      for (const { slotNumber, pending } of journal.state.slots.values())
        if (pending && Date.parse(pending.until) <= at)
          void lanes.run(slotNumber, async () => {
            const slot = byNumber(slotNumber);
            if (slot?.pending?.commandId === pending.commandId) await failed(slot, 'The phone did not register in time', true);
          });
      if (at < comebackUntil.at) return;
      for (const slotId of comebackUntil.waiting) {
        comebackUntil.waiting.delete(slotId);
        const slot = journal.state.slots.get(slotId);
        if (slot?.registered) void lostUnlessThere(slot);
      }
    },
    async stop(): Promise<void> {
      stopWatching();
      await lanes.idle();
    },
    idle: (): Promise<void> => lanes.idle(),
  };

  async function lostUnlessThere(slot: SlotEntry): Promise<void> {
    const registration = await registrationOf(slot.slotNumber).catch(() => undefined);
    if (!registration) await lanes.run(slot.slotNumber, () => lost(journal.state.slots.get(slot.slotId) ?? slot, 'The slot was not registered any more after the runner had started'));
  }
}

export type Slots = ReturnType<typeof createSlots>;
