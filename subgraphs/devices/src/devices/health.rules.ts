/** Why a device is not fit to serve its slot. A subset of the reasons for which a slot is in FAULT. */
export const DEVICE_FAULTS = ['DEVICE_OFFLINE', 'OVERHEAT', 'BATTERY'] as const;
export type DeviceFault = (typeof DEVICE_FAULTS)[number];

/**
 * Where a fault begins and where it ends. They lie apart, so that a reading that wavers around a limit does not take the
 * slot in and out of service with each sample.
 */
export const LIMITS = {
  OVERHEAT: { fromCelsius: 70, untilCelsius: 65 },
  BATTERY: { fromPercent: 5, untilPercent: 10 },
} as const;

export interface Reading {
  readonly temperatureCelsius: number | null;
  readonly batteryPercent: number | null;
}

/** The device's faults after a reading. A value that was not measured changes nothing. */
export function faultsAfterReading(before: readonly DeviceFault[], { temperatureCelsius, batteryPercent }: Reading): DeviceFault[] {
  const { OVERHEAT, BATTERY } = LIMITS;
  return DEVICE_FAULTS.filter((fault) => {
    const was = before.includes(fault);
    if (fault === 'OVERHEAT' && temperatureCelsius !== null) return temperatureCelsius >= (was ? OVERHEAT.untilCelsius : OVERHEAT.fromCelsius);
    if (fault === 'BATTERY' && batteryPercent !== null) return was ? batteryPercent < BATTERY.untilPercent : batteryPercent <= BATTERY.fromPercent;
    return was;
  });
}

/** The device's faults once its hub has said whether it is there. */
export const faultsAfterPresence = (before: readonly DeviceFault[], online: boolean): DeviceFault[] =>
  DEVICE_FAULTS.filter((fault) => (fault === 'DEVICE_OFFLINE' ? !online : before.includes(fault)));

export interface Health {
  readonly slotId: string | null;
  readonly faults: readonly DeviceFault[];
}
export type HealthNews = { kind: 'FAULTED'; slotId: string; reason: DeviceFault } | { kind: 'RESTORED'; slotId: string };

/**
 * What the slots have to hear: each new fault by its reason, and that the last one is over. A slot that the device does
 * not serve any more is free of its faults; one that it serves from now on inherits them.
 */
export function healthNews(before: Health, after: Health): HealthNews[] {
  const news: HealthNews[] = [];
  const moved = before.slotId !== after.slotId;
  const { slotId } = after;
  if (before.slotId && before.faults.length > 0 && (moved || after.faults.length === 0)) news.push({ kind: 'RESTORED', slotId: before.slotId });
  if (slotId) for (const reason of after.faults) if (moved || !before.faults.includes(reason)) news.push({ kind: 'FAULTED', slotId, reason });
  return news;
}

const WORDS: Readonly<Record<DeviceFault, string>> = {
  DEVICE_OFFLINE: 'the hub cannot reach it',
  OVERHEAT: `${LIMITS.OVERHEAT.fromCelsius} °C or hotter`,
  BATTERY: `battery at ${LIMITS.BATTERY.fromPercent} % or less`,
};

/** For people: what is wrong with the device. */
export const faultDetail = (serial: string, fault: DeviceFault): string => `Device ${serial}: ${WORDS[fault]}`;
