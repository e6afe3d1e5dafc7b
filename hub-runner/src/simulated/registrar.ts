import type { Now } from '@vss/runtime';
import { createListeners } from '../common/listeners.js';
import type { Registration, RegistrationEvent, SipRegistrar, SlotKind } from '../ports/index.js';
import { createRandom } from './random.js';
import type { Timers } from './timers.js';

/** Real time, whatever the speed: a registration is renewed when half of this has passed. */
const REGISTRATION_MS = 600_000;
const REFUSED_PROBABILITY = 0.01;

interface Deps {
  seed: string;
  speed: number;
  timers: Timers;
  now: Now;
  /** Finds the slot a phone; false while that phone is not there. */
  serve(slotNumber: string, kind: SlotKind): boolean;
  release(slotNumber: string): void;
  isPhoneOnline: (slotNumber: string) => boolean;
}

export interface SimulatedRegistrar extends SipRegistrar {
  isRegistered: (slotNumber: string) => boolean;
  /** The slot's phone has come back: it registers by itself. */
  phoneBack(slotNumber: string): void;
  phoneGone(slotNumber: string, reason: string): void;
}

export function createSimulatedRegistrar(deps: Deps): SimulatedRegistrar {
  const { seed, speed, timers, now } = deps;
  const random = createRandom(`${seed}/registrar`);
  const slots = new Map<string, { registration: Registration | undefined; cancelNext: () => void }>();
  const watchers = createListeners<RegistrationEvent>();

  function register(slotNumber: string): void {
    const slot = slots.get(slotNumber);
    if (!slot || !deps.isPhoneOnline(slotNumber)) return;
    if (!slot.registration && random.chance(REFUSED_PROBABILITY)) {
      watchers.tell({ kind: 'refused', slotNumber, reason: 'The phone did not answer in time', retryable: true });
      return;
    }
    slot.registration = { contact: `sip:${slotNumber}@simulated.invalid`, expiresAt: new Date(now().getTime() + REGISTRATION_MS) };
    slot.cancelNext = timers.after((REGISTRATION_MS / 2) * speed, () => register(slotNumber));
    watchers.tell({ kind: 'registered', slotNumber, registration: slot.registration });
  }

  function registerSoon(slotNumber: string): void {
    const slot = slots.get(slotNumber);
    if (!slot) return;
    slot.cancelNext();
    slot.cancelNext = timers.after(random.between(200, 1_500), () => register(slotNumber));
  }

  return {
    async provision({ number, kind }, signal) {
      signal.throwIfAborted();
      const known = slots.get(number);
      if (known?.registration) return;
      if (!known) slots.set(number, { registration: undefined, cancelNext: () => undefined });
      if (deps.serve(number, kind)) registerSoon(number);
    },
    async remove(slotNumber) {
      const slot = slots.get(slotNumber);
      if (!slot) return;
      slot.cancelNext();
      slots.delete(slotNumber);
      deps.release(slotNumber);
      if (slot.registration) watchers.tell({ kind: 'lost', slotNumber, reason: 'The slot was taken out of service' });
    },
    async registration(slotNumber) {
      return slots.get(slotNumber)?.registration;
    },
    watch: watchers.add,
    isRegistered: (slotNumber) => slots.get(slotNumber)?.registration !== undefined,
    phoneBack: registerSoon,
    phoneGone(slotNumber, reason) {
      const slot = slots.get(slotNumber);
      if (!slot) return;
      slot.cancelNext();
      const had = slot.registration;
      slot.registration = undefined;
      if (had) watchers.tell({ kind: 'lost', slotNumber, reason });
    },
  };
}
