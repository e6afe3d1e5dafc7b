import { describe, expect, it } from 'vitest';
import { createListeners } from '../../common/listeners.js';
import { phoneBridgeContract } from '../../ports/phone-bridge.contract.js';
import type { Registration, RegistrationEvent, SipRegistrar } from '../../ports/index.js';
import { parseDeviceFile } from './device-file.js';
import { createStaticPhones } from './phone-bridge.js';

const registration: Registration = { contact: 'sip:6001@10.0.0.5', expiresAt: new Date('2030-01-01T00:00:00Z') };

phoneBridgeContract('device list', async () => {
  const events = createListeners<RegistrationEvent>();
  const registered = new Set<string>();
  const registrar: SipRegistrar = {
    provision: async () => undefined,
    remove: async () => undefined,
    registration: async (slotNumber) => (registered.has(slotNumber) ? registration : undefined),
    watch: events.add,
  };
  const devices = parseDeviceFile(JSON.stringify([{ serial: 'A1', model: 'Pixel 4a', kind: 'AUTO', slotNumber: '6001' }]));
  return {
    phones: createStaticPhones({ devices, registrar }),
    slotNumber: '6001',
    connect: async (slotNumber) => {
      registered.add(slotNumber);
      events.tell({ kind: 'registered', slotNumber, registration });
    },
    disconnect: async (slotNumber) => {
      registered.delete(slotNumber);
      events.tell({ kind: 'lost', slotNumber, reason: 'gone' });
    },
  };
});

describe('the device list', () => {
  it('knows a phone that registered before the runner started', async () => {
    const events = createListeners<RegistrationEvent>();
    const registrar: SipRegistrar = { provision: async () => undefined, remove: async () => undefined, registration: async () => registration, watch: events.add };
    const phones = createStaticPhones({ devices: parseDeviceFile(JSON.stringify([{ serial: 'A1', model: 'Pixel 4a', kind: 'AUTO', slotNumber: '6001' }])), registrar });
    expect(await phones.devices(new AbortController().signal)).toMatchObject([{ serial: 'A1', online: true }]);
    const told: boolean[] = [];
    phones.watch(({ online }) => told.push(online));
    events.tell({ kind: 'lost', slotNumber: '6001', reason: 'gone' });
    expect(told).toEqual([false]);
  });
});

describe('the device file', () => {
  const device = { serial: 'A1', model: 'Pixel 4a', kind: 'AUTO' };
  it('lists devices', () => {
    expect(parseDeviceFile(JSON.stringify([{ ...device, slotNumber: '6001', usbPort: { location: '1-1.4', port: 2 } }, { ...device, serial: 'A2' }]))).toEqual([
      { ...device, slotNumber: '6001', usbPort: { location: '1-1.4', port: 2 } },
      { ...device, serial: 'A2', slotNumber: null, usbPort: null },
    ]);
  });
  it.each([
    ['{', 'not JSON'],
    [JSON.stringify([{ ...device, kind: 'ROBOT' }]), '0.kind'],
    [JSON.stringify([device, device]), 'names A1 twice'],
    [JSON.stringify([{ ...device, slotNumber: '6001' }, { ...device, serial: 'A2', slotNumber: '6001' }]), 'names 6001 twice'],
    [JSON.stringify([{ ...device, usbPort: { location: '1-1; rm', port: 1 } }]), 'usbPort.location'],
  ])('is refused: %s', (text, complaint) => {
    expect(() => parseDeviceFile(text)).toThrow(complaint);
  });
});
