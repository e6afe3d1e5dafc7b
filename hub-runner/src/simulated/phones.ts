import { AppError, type Now } from '@vss/runtime';
import { createListeners } from '../common/listeners.js';
import type { PhoneBridge, PhoneDevice, SlotKind, UsbPort, UsbPower } from '../ports/index.js';
import { createRandom, type Random } from './random.js';
import { drift, firstVitals, type Vitals } from './telemetry.js';
import type { Timers } from './timers.js';

const MODELS: Record<SlotKind, string> = {
  AUTO: 'SIMULATED autodial phone',
  MF: 'SIMULATED mobile farm phone',
  LS: 'SIMULATED script host',
};
const BOOT_MS = 3_000;
const PORTS_PER_USB_HUB = 7;

interface Phone {
  serial: string;
  kind: SlotKind;
  slotNumber: string | null;
  usbPort: UsbPort | null;
  online: boolean;
  powered: boolean;
  vitals: Vitals;
  random: Random;
  cancelBoot: () => void;
}

interface Deps {
  seed: string;
  timers: Timers;
  now: Now;
  /** How many devices of each kind are plugged in from the start; more come as slots need them. */
  counts: Record<SlotKind, number>;
  isBusy(slotNumber: string): boolean;
  onOnline(slotNumber: string): void;
  onOffline(slotNumber: string, reason: string): void;
}

export interface SimulatedPhones {
  bridge: PhoneBridge;
  usbPower: UsbPower;
  /** Gives the slot a phone of its kind, a new one when none is free; true when it can register right away. */
  serve: (slotNumber: string, kind: SlotKind) => boolean;
  release: (slotNumber: string) => void;
  isOnline: (slotNumber: string) => boolean;
  /** Some device that serves a slot goes away for a while. */
  failOne(random: Random): void;
}

export function createSimulatedPhones(deps: Deps): SimulatedPhones {
  const { seed, timers, now } = deps;
  const phones: Phone[] = [];
  const watchers = createListeners<PhoneDevice>();
  for (const kind of ['AUTO', 'MF', 'LS'] as const) for (let i = 0; i < deps.counts[kind]; i += 1) plugIn(kind);

  function plugIn(kind: SlotKind): Phone {
    const n = phones.length;
    const serial = `SIMULATED-${kind}-${String(phones.filter((phone) => phone.kind === kind).length + 1).padStart(4, '0')}`;
    const random = createRandom(`${seed}/${serial}`);
    const isPhone = kind !== 'LS';
    const phone: Phone = {
      serial,
      kind,
      slotNumber: null,
      usbPort: isPhone ? { location: `1-${Math.floor(n / PORTS_PER_USB_HUB) + 1}`, port: (n % PORTS_PER_USB_HUB) + 1 } : null,
      online: true,
      powered: true,
      vitals: firstVitals(random, isPhone),
      random,
      cancelBoot: () => undefined,
    };
    phones.push(phone);
    return phone;
  }

  function setOnline(phone: Phone, online: boolean, reason: string): void {
    if (phone.online === online) return;
    phone.online = online;
    watchers.tell(describe(phone));
    if (phone.slotNumber === null) return;
    if (online) deps.onOnline(phone.slotNumber);
    else deps.onOffline(phone.slotNumber, reason);
  }

  function boot(phone: Phone, ms: number): void {
    phone.cancelBoot();
    phone.cancelBoot = timers.after(ms, () => phone.powered && setOnline(phone, true, ''));
  }

  function find(serial: string): Phone {
    const phone = phones.find((one) => one.serial === serial);
    if (!phone) throw new AppError('NOT_FOUND', `No device ${serial}`, { serial });
    return phone;
  }

  function at({ location, port }: UsbPort): Phone {
    const phone = phones.find(({ usbPort }) => usbPort?.location === location && usbPort.port === port);
    if (!phone) throw new AppError('NOT_FOUND', `No USB port ${port} at ${location}`, { location, port });
    return phone;
  }

  const ofSlot = (slotNumber: string): Phone | undefined => phones.find((phone) => phone.slotNumber === slotNumber);

  return {
    bridge: {
      devices: async () => phones.map(describe),
      telemetry: async () =>
        phones.filter((phone) => phone.online).map((phone) => {
          phone.vitals = drift(phone.vitals, phone.slotNumber !== null && deps.isBusy(phone.slotNumber), phone.random);
          return { serial: phone.serial, ...rounded(phone.vitals), at: now().toISOString() };
        }),
      async health(serial) {
        const phone = phones.find((one) => one.serial === serial);
        if (!phone) return { healthy: false, detail: `No device ${serial}` };
        return phone.online ? { healthy: true, detail: 'SIMULATED: online' } : { healthy: false, detail: 'SIMULATED: not reachable' };
      },
      async restart(serial, signal) {
        signal.throwIfAborted();
        const phone = find(serial);
        setOnline(phone, false, 'The device is starting anew');
        boot(phone, BOOT_MS);
      },
      watch: watchers.add,
    },
    usbPower: {
      isOn: async (port) => at(port).powered,
      async set(port, on, signal) {
        signal.throwIfAborted();
        const phone = at(port);
        if (phone.powered === on) return;
        phone.powered = on;
        if (on) return boot(phone, BOOT_MS);
        setOnline(phone, false, 'The device has no power');
      },
    },
    serve(slotNumber, kind) {
      const phone = ofSlot(slotNumber) ?? phones.find((one) => one.kind === kind && one.slotNumber === null && one.online) ?? plugIn(kind);
      if (phone.slotNumber !== slotNumber) {
        phone.slotNumber = slotNumber;
        watchers.tell(describe(phone));
      }
      return phone.online;
    },
    release(slotNumber) {
      const phone = ofSlot(slotNumber);
      if (!phone) return;
      phone.slotNumber = null;
      watchers.tell(describe(phone));
    },
    isOnline: (slotNumber) => ofSlot(slotNumber)?.online ?? false,
    failOne(random) {
      const serving = phones.filter((phone) => phone.slotNumber !== null && phone.online);
      const phone = serving[Math.floor(random.next() * serving.length)];
      if (!phone) return;
      setOnline(phone, false, 'DEVICE_OFFLINE');
      boot(phone, random.between(10_000, 30_000));
    },
  };
}

const describe = ({ serial, kind, online, slotNumber, usbPort }: Phone): PhoneDevice => ({ serial, model: MODELS[kind], kind, online, slotNumber, usbPort });

function rounded({ cpuPercent, ramPercent, temperatureCelsius, batteryPercent, linkPercent }: Vitals): Vitals {
  const tenth = (value: number): number => Math.round(value * 10) / 10;
  return {
    cpuPercent: tenth(cpuPercent),
    ramPercent: tenth(ramPercent),
    temperatureCelsius: tenth(temperatureCelsius),
    batteryPercent: batteryPercent === null ? null : tenth(batteryPercent),
    linkPercent: tenth(linkPercent),
  };
}
