import { systemNow, type Now } from '@vss/runtime';
import type { HubPorts, SlotKind } from '../ports/index.js';
import { createSimulatedCalls, type SimulatedCalls } from './calls.js';
import { createSimulatedPhones } from './phones.js';
import { createRandom } from './random.js';
import { createSimulatedRegistrar } from './registrar.js';
import { createSimulatedHost } from './remote-host.js';
import { createTimers, realAfter, type After } from './timers.js';

export interface SimulatedHubOptions {
  /** The same seed gives each slot the same fortunes. */
  seed: string | number;
  /** Simulated time flows this many times as fast as ours. */
  speed?: number;
  /** Devices plugged in from the start; more come by themselves as slots need them. */
  devices?: Partial<Record<SlotKind, number>>;
  /** Mean simulated time between two faults of a device; null: none ever. */
  faultEveryMs?: number | null;
  now?: Now;
  /** Runs something later, in real time. */
  after?: After;
}

/** A hub with nothing real in it, which behaves as telephony does. See `planCall` for numbers with a known outcome. */
export function createSimulatedHub(options: SimulatedHubOptions): HubPorts {
  const { speed = 1, devices = {}, faultEveryMs = null, now = systemNow, after = realAfter } = options;
  const seed = String(options.seed);
  const timers = createTimers(speed, after);
  const phones = createSimulatedPhones({
    seed,
    timers,
    now,
    counts: { AUTO: 12, MF: 12, LS: 12, ...devices },
    isBusy: (slotNumber) => calls.isBusy(slotNumber),
    onOnline: (slotNumber) => registrar.phoneBack(slotNumber),
    onOffline: (slotNumber, reason) => {
      calls.dropSlot(slotNumber, 'DEVICE_OFFLINE');
      registrar.phoneGone(slotNumber, reason);
    },
  });
  const registrar = createSimulatedRegistrar({
    seed,
    speed,
    timers,
    now,
    serve: phones.serve,
    release: phones.release,
    isPhoneOnline: phones.isOnline,
  });
  const calls: SimulatedCalls = createSimulatedCalls({ seed, timers, now, isRegistered: registrar.isRegistered });
  const chance = createRandom(`${seed}/faults`);
  let isOpen = false;

  function faultLater(meanMs: number): void {
    timers.after(-Math.log(1 - chance.next()) * meanMs, () => {
      phones.failOne(chance);
      faultLater(meanMs);
    });
  }

  return {
    simulated: true,
    adapters: { callControl: 'SIMULATED', registrar: 'SIMULATED', phones: 'SIMULATED', usbPower: 'SIMULATED', remoteHost: 'SIMULATED' },
    callControl: calls,
    registrar,
    phones: phones.bridge,
    usbPower: phones.usbPower,
    remoteHost: createSimulatedHost(timers),
    async open() {
      isOpen = true;
      if (faultEveryMs !== null) faultLater(faultEveryMs);
    },
    isReady: () => isOpen,
    async close() {
      isOpen = false;
      calls.endAll();
      timers.clear();
    },
  };
}
