import type { Message } from '@vss/events';

export type LogModule = 'OTTB' | 'POINT' | 'WORKSPACE' | 'DCI' | 'DEVICES' | 'HUB';
export type LogSeverity = 'DEBUG' | 'INFO' | 'WARNING' | 'ERROR';

/** What the audit is told, for those alone who may read the audit. */
const FOR_THE_AUDIT: ReadonlySet<string> = new Set(['identity.mutation.recorded', 'identity.override.used']);

/**
 * Measurements rather than events: they come every few seconds from every hub, say nothing that changed, and would bury
 * what did. What they lead to (a device faulted, a hub went offline) is an event of its own.
 */
export const isNoise = ({ type }: Pick<Message, 'type'>): boolean => NOISE.has(type) || FOR_THE_AUDIT.has(type);

const NOISE: ReadonlySet<string> = new Set(['runner.hub.heartbeat', 'runner.telemetry.sampled', 'platform.resources.requested', 'platform.resource.snapshotted']);

const MODULES: Readonly<Record<string, LogModule>> = {
  telephony: 'OTTB',
  identity: 'POINT',
  crm: 'WORKSPACE',
  operations: 'DCI',
  devices: 'DEVICES',
  runner: 'HUB',
};

/** By the sender. One that is not known yet is the control plane's to look at. */
export const moduleOf = ({ type }: Pick<Message, 'type'>): LogModule => MODULES[type.split('.')[0] ?? ''] ?? 'DCI';

type Facts = Record<string, unknown>;
const record = (value: unknown): Facts => (typeof value === 'object' && value !== null ? (value as Facts) : {});
const word = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : typeof value === 'number' ? String(value) : undefined);

const STEPS: ReadonlySet<string> = new Set(['telephony.slot.updated', 'runner.command.started', 'runner.command.succeeded', 'runner.call.started', 'runner.call.rang', 'runner.call.picked-up', 'runner.device.announced', 'devices.device.updated']);

/** How much it matters: something broke, something was refused, something happened, or a step on the way. */
export function severityOf({ type, payload }: Pick<Message, 'type' | 'payload'>): LogSeverity {
  const facts = record(payload);
  const [, , verb = ''] = type.split('.');
  if (type === 'telephony.slot.transitioned') return facts['to'] === 'FAULT' ? 'ERROR' : 'INFO';
  if (type === 'telephony.call.ended') return record(facts['call'])['outcome'] === 'FAILED' ? 'ERROR' : 'INFO';
  if (type === 'runner.call.finished') return facts['outcome'] === 'FAILED' ? 'ERROR' : 'DEBUG';
  if (type === 'runner.slot.registration-failed') return facts['retryable'] === true ? 'WARNING' : 'ERROR';
  if (type === 'runner.slot.checked') return facts['healthy'] === false ? 'WARNING' : 'INFO';
  if (type === 'devices.hub.updated') return record(facts['hub'])['online'] === false ? 'WARNING' : 'INFO';
  if (type === 'identity.session.ended') return facts['reason'] === 'REFRESH_REUSED' ? 'WARNING' : 'INFO';
  if (/^(faulted|failed|deadlettered|.*-failed)$/.test(verb)) return 'ERROR';
  if (/^(denied|refused|unregistered|left|expired)$/.test(verb)) return 'WARNING';
  return STEPS.has(type) || verb === 'snapshotted' ? 'DEBUG' : 'INFO';
}

/** A line for people. Falls back on the type's own words, which are in the past tense: `slot registered`. */
export function summaryOf({ type, payload, aggregateId }: Pick<Message, 'type' | 'payload' | 'aggregateId'>): string {
  const facts = record(payload);
  const [call, slot, user, hub, device, lead, trunk] = ['call', 'slot', 'user', 'hub', 'device', 'lead', 'trunk'].map((name) => record(facts[name]));
  const [, entity = '', verb = type] = type.split('.');
  const happened = verb.replaceAll('-', ' ');
  const said = (...words: (string | undefined)[]): string => words.filter(Boolean).join(' ');
  const why = (value: unknown): string | undefined => (word(value) ? `(${word(value)})` : undefined);
  switch (type) {
    case 'telephony.slot.transitioned':
      return said('Slot', word(slot?.['number']), 'went from', word(facts['from']), 'to', word(facts['to']), why(slot?.['faultReason'] ?? facts['cause']));
    case 'telephony.call.ended':
      return said('Call to', word(call?.['phoneNumber']), 'ended:', word(call?.['outcome']), why(call?.['failureReason']));
    case 'telephony.call.refused':
      return said('Call to', word(facts['phoneNumber']), 'refused by', word(facts['rule']), why(facts['code']));
    case 'identity.access.denied':
      return said('Right', word(facts['permission']), 'denied to the role', word(facts['role']), 'at', word(facts['operation']));
    case 'identity.signin.refused':
      return said('Sign-in as', word(facts['username']), 'refused', why(facts['reason']));
    case 'operations.message.deadlettered':
      return said('Message', word(facts['messageType']), 'could not be handled by', word(facts['group']), why(facts['reason']));
    case 'devices.hub.updated':
      return said('Hub', word(hub?.['name']), hub?.['online'] === false ? 'is offline' : 'is online');
  }
  if (entity === 'call' && call?.['phoneNumber']) return said('Call to', word(call['phoneNumber']), happened);
  const named = word(slot?.['number']) ?? word(user?.['username']) ?? word(hub?.['name']) ?? word(device?.['serial']) ?? word(lead?.['phone']) ?? word(trunk?.['name']) ?? word(facts['username']) ?? word(facts['name']) ?? word(facts['serial']) ?? word(facts[`${entity}Id`]) ?? aggregateId;
  return said(entity.charAt(0).toUpperCase() + entity.slice(1), named, happened, why(facts['detail'] ?? facts['reason'] ?? facts['code']));
}
