import { z } from 'zod';
import { defineEvent, instant } from './definition.js';
import { callOutcome, callParty, slotKind } from './telephony.js';

/** What a hub-runner reports. Instants are the runner's own. */

export const HubAnnounced = defineEvent(
  'runner.hub.announced',
  z.object({ hubId: z.string(), name: z.string(), simulated: z.boolean(), at: instant, adapters: z.record(z.string(), z.string()) }),
  (p) => p.hubId,
);
/** Sent every few seconds; a hub that misses three of them is offline. */
export const HubHeartbeat = defineEvent('runner.hub.heartbeat', z.object({ hubId: z.string(), at: instant }), (p) => p.hubId);
/** The runner is stopping in good order. */
export const HubLeft = defineEvent('runner.hub.left', z.object({ hubId: z.string(), at: instant }), (p) => p.hubId);
export const DeviceAnnounced = defineEvent(
  'runner.device.announced',
  z.object({
    hubId: z.string(),
    serial: z.string(),
    model: z.string(),
    kind: slotKind,
    simulated: z.boolean(),
    online: z.boolean(),
    /** The slot that this device serves, once one is registered on it. */
    slotId: z.string().nullable(),
    at: instant,
  }),
  (p) => `${p.hubId}/${p.serial}`,
);

export const telemetryReading = z.object({
  serial: z.string(),
  cpuPercent: z.number().nullable(),
  ramPercent: z.number().nullable(),
  temperatureCelsius: z.number().nullable(),
  batteryPercent: z.number().nullable(),
  /** Strength of the radio link, 0…100. */
  linkPercent: z.number().nullable(),
  at: instant,
});
export const TelemetrySampled = defineEvent('runner.telemetry.sampled', z.object({ hubId: z.string(), readings: z.array(telemetryReading) }), (p) => p.hubId);

export const SlotRegistered = defineEvent(
  'runner.slot.registered',
  z.object({ hubId: z.string(), slotId: z.string(), commandId: z.string().nullable(), contact: z.string(), expiresAt: instant, at: instant }),
  (p) => p.slotId,
);
export const SlotRegistrationFailed = defineEvent(
  'runner.slot.registration-failed',
  z.object({ hubId: z.string(), slotId: z.string(), commandId: z.string().nullable(), reason: z.string(), retryable: z.boolean(), at: instant }),
  (p) => p.slotId,
);
/** A slot that was registered is not any more. */
export const SlotUnregistered = defineEvent('runner.slot.unregistered', z.object({ hubId: z.string(), slotId: z.string(), reason: z.string(), at: instant }), (p) => p.slotId);
export const SlotChecked = defineEvent(
  'runner.slot.checked',
  z.object({ hubId: z.string(), slotId: z.string(), commandId: z.string(), healthy: z.boolean(), detail: z.string(), at: instant }),
  (p) => p.slotId,
);

const progress = { hubId: z.string(), callId: z.string(), slotId: z.string(), at: instant };
export const CallStarted = defineEvent('runner.call.started', z.object(progress), (p) => p.slotId);
export const CallRang = defineEvent('runner.call.rang', z.object(progress), (p) => p.slotId);
export const CallPickedUp = defineEvent('runner.call.picked-up', z.object(progress), (p) => p.slotId);
export const callLegReport = z.object({
  party: z.enum(['SLOT', 'FAR_END']),
  /** Id of the leg at the PBX. */
  channelId: z.string(),
  address: z.string(),
  startedAt: instant,
  answeredAt: instant.nullable(),
  endedAt: instant,
  sipCode: z.number().int().nullable(),
  hangupCause: z.number().int().nullable(),
});
export const CallFinished = defineEvent(
  'runner.call.finished',
  z.object({
    ...progress,
    outcome: callOutcome,
    sipCode: z.number().int().nullable(),
    /** ITU-T Q.850 cause. */
    hangupCause: z.number().int().nullable(),
    hungUpBy: callParty,
    /** Only with outcome FAILED. */
    failureReason: z.string().nullable(),
    legs: z.array(callLegReport),
  }),
  (p) => p.slotId,
);

export const CommandStarted = defineEvent('runner.command.started', z.object({ hubId: z.string(), commandId: z.string(), slotId: z.string(), at: instant }), (p) => p.slotId);
export const CommandSucceeded = defineEvent('runner.command.succeeded', z.object({ hubId: z.string(), commandId: z.string(), slotId: z.string(), at: instant }), (p) => p.slotId);
export const CommandFailed = defineEvent(
  'runner.command.failed',
  z.object({
    hubId: z.string(),
    commandId: z.string(),
    slotId: z.string(),
    /** EXPIRED: its deadline had passed. STALE_LEASE: its fencing token was too low. IN_DOUBT: it may or may not have taken effect. */
    code: z.enum(['EXPIRED', 'STALE_LEASE', 'IN_DOUBT', 'REFUSED', 'ADAPTER']),
    reason: z.string(),
    at: instant,
  }),
  (p) => p.slotId,
);
