import { describe, expect, it } from 'vitest';
import { faultsAfterPresence, faultsAfterReading, healthNews, type DeviceFault } from './health.rules.js';

const at = (temperatureCelsius: number | null, batteryPercent: number | null = null) => ({ temperatureCelsius, batteryPercent });

describe('the faults of a device', () => {
  it.each<[before: DeviceFault[], celsius: number | null, after: DeviceFault[]]>([
    [[], 69.9, []],
    [[], 70, ['OVERHEAT']],
    [['OVERHEAT'], 66, ['OVERHEAT']],
    [['OVERHEAT'], 64.9, []],
    [['OVERHEAT'], null, ['OVERHEAT']],
  ])('%j at %s °C become %j', (before, celsius, after) => expect(faultsAfterReading(before, at(celsius))).toEqual(after));

  it.each<[before: DeviceFault[], percent: number | null, after: DeviceFault[]]>([
    [[], 6, []],
    [[], 5, ['BATTERY']],
    [['BATTERY'], 9, ['BATTERY']],
    [['BATTERY'], 10, []],
    [['BATTERY', 'OVERHEAT'], 50, ['OVERHEAT']],
  ])('%j at %s %% battery become %j', (before, percent, after) => expect(faultsAfterReading(before, at(null, percent)).sort()).toEqual([...after].sort()));

  it('hold DEVICE_OFFLINE while its hub cannot reach it', () => {
    expect(faultsAfterPresence(['OVERHEAT'], false)).toEqual(['DEVICE_OFFLINE', 'OVERHEAT']);
    expect(faultsAfterPresence(['DEVICE_OFFLINE', 'OVERHEAT'], true)).toEqual(['OVERHEAT']);
  });
});

describe('what a slot hears of its device', () => {
  it('is each fault that is new', () => {
    expect(healthNews({ slotId: 's', faults: ['BATTERY'] }, { slotId: 's', faults: ['OVERHEAT', 'BATTERY'] })).toEqual([{ kind: 'FAULTED', slotId: 's', reason: 'OVERHEAT' }]);
  });
  it('is the end of the last one', () => {
    expect(healthNews({ slotId: 's', faults: ['BATTERY'] }, { slotId: 's', faults: [] })).toEqual([{ kind: 'RESTORED', slotId: 's' }]);
    expect(healthNews({ slotId: 's', faults: ['BATTERY', 'OVERHEAT'] }, { slotId: 's', faults: ['OVERHEAT'] })).toEqual([]);
  });
  it('is nothing while nothing changes', () => expect(healthNews({ slotId: 's', faults: ['BATTERY'] }, { slotId: 's', faults: ['BATTERY'] })).toEqual([]));
  it('moves with the device to another slot', () => {
    expect(healthNews({ slotId: 'old', faults: ['BATTERY'] }, { slotId: 'new', faults: ['BATTERY'] })).toEqual([
      { kind: 'RESTORED', slotId: 'old' },
      { kind: 'FAULTED', slotId: 'new', reason: 'BATTERY' },
    ]);
  });
  it('is nothing when no slot is served', () => expect(healthNews({ slotId: null, faults: [] }, { slotId: null, faults: ['OVERHEAT'] })).toEqual([]));
});
