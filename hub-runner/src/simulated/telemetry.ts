import type { Random } from './random.js';

/** The values of one simulated device, as they drift from one sample to the next. */
export interface Vitals {
  cpuPercent: number;
  ramPercent: number;
  temperatureCelsius: number;
  /** Null for a host, which has no battery. */
  batteryPercent: number | null;
  linkPercent: number;
}

export function firstVitals(random: Random, hasBattery: boolean): Vitals {
  return {
    cpuPercent: random.between(5, 20),
    ramPercent: random.between(35, 60),
    temperatureCelsius: random.between(27, 32),
    batteryPercent: hasBattery ? random.between(70, 100) : null,
    linkPercent: random.between(75, 98),
  };
}

/** The CPU follows the work, the temperature follows the CPU, a phone in a call uses more than its USB port gives it. */
export function drift(vitals: Vitals, isBusy: boolean, random: Random): Vitals {
  const cpuPercent = within(1, 99, towards(vitals.cpuPercent, isBusy ? 55 : 12, 0.35) + random.between(-4, 4));
  return {
    cpuPercent,
    ramPercent: within(20, 90, towards(vitals.ramPercent, isBusy ? 62 : 48, 0.1) + random.between(-1, 1)),
    temperatureCelsius: within(20, 60, towards(vitals.temperatureCelsius, 26 + cpuPercent * 0.28, 0.15) + random.between(-0.3, 0.3)),
    batteryPercent: vitals.batteryPercent === null ? null : within(5, 100, vitals.batteryPercent + (isBusy ? -0.15 : 0.08) + random.between(-0.02, 0.02)),
    linkPercent: within(10, 100, towards(vitals.linkPercent, 88, 0.05) + random.between(-3, 3)),
  };
}

const towards = (from: number, to: number, share: number): number => from + (to - from) * share;
const within = (low: number, high: number, value: number): number => Math.min(high, Math.max(low, value));
