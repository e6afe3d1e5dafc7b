import type { z } from 'zod';
import type { telemetryReading } from '@vss/events';
import type { SlotKind } from './sip-registrar.js';
import type { UsbPort } from './usb-power.js';

/** What is asked of the phones and hosts that serve the slots: which there are, how they are, start one anew. */
export interface PhoneBridge {
  devices(signal: AbortSignal): Promise<readonly PhoneDevice[]>;
  /** One reading a device; a value that a device does not tell is null. */
  telemetry(signal: AbortSignal): Promise<readonly TelemetryReading[]>;
  /** Whether the device can serve calls right now, and why it is thought so. An unknown serial is not healthy. */
  health(serial: string, signal: AbortSignal): Promise<{ readonly healthy: boolean; readonly detail: string }>;
  /** Starts the device anew and resolves once that has begun. Rejects with NOT_FOUND for an unknown serial. */
  restart(serial: string, signal: AbortSignal): Promise<void>;
  /** Tells that a device has come, gone, or serves another slot. Returns how to stop. */
  watch(listener: (device: PhoneDevice) => void): () => void;
}

export interface PhoneDevice {
  readonly serial: string;
  readonly model: string;
  readonly kind: SlotKind;
  readonly online: boolean;
  /** SIP number of the slot that it serves. */
  readonly slotNumber: string | null;
  /** Where it gets its power, when that can be switched. */
  readonly usbPort: UsbPort | null;
}

export type TelemetryReading = z.output<typeof telemetryReading>;
