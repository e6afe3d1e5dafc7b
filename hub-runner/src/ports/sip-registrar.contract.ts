import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RegistrationEvent, SipRegistrar, SlotKind } from './sip-registrar.js';

export interface SipRegistrarRig {
  registrar: SipRegistrar;
  slot: { number: string; kind: SlotKind; password: string };
  /** Has the slot's phone register, when it does not do so by itself. */
  startPhone(): Promise<void>;
  close(): Promise<void>;
}

/** What every registrar must do for us. */
export function sipRegistrarContract(name: string, makeRig: () => Promise<SipRegistrarRig>): void {
  describe(`SipRegistrar: ${name}`, () => {
    let rig: SipRegistrarRig;
    const never = new AbortController().signal;
    const events: RegistrationEvent[] = [];
    const waiting = new Set<() => void>();
    beforeAll(async () => {
      rig = await makeRig();
      rig.registrar.watch((event) => {
        events.push(event);
        for (const look of waiting) look();
      });
    });
    afterAll(() => rig.close());
    const next = (kind: RegistrationEvent['kind']): Promise<RegistrationEvent> =>
      new Promise((resolve) => {
        const look = (): void => {
          const found = events.find((event) => event.kind === kind);
          if (!found) return;
          waiting.delete(look);
          resolve(found);
        };
        waiting.add(look);
        look();
      });

    it('registers a slot that was provisioned, once or twice, and forgets it when it is removed', async () => {
      const { registrar, slot } = rig;
      expect(await registrar.registration(slot.number, never)).toBeUndefined();
      await registrar.provision(slot, never);
      await registrar.provision(slot, never);
      await rig.startPhone();
      const event = await next('registered');
      expect(event).toMatchObject({ slotNumber: slot.number, registration: { contact: expect.stringMatching(/^sip:.*@/) as unknown } });
      const registration = await registrar.registration(slot.number, never);
      expect(registration?.expiresAt.getTime()).toBeGreaterThan(Date.now());
      await registrar.remove(slot.number, never);
      expect(await next('lost')).toMatchObject({ slotNumber: slot.number });
      expect(await registrar.registration(slot.number, never)).toBeUndefined();
      await registrar.remove(slot.number, never);
    });
  });
}
