import { describe, expect, it } from 'vitest';
import * as catalogue from '@vss/events';
import { isNoise, moduleOf, severityOf, summaryOf } from './log-event.rules.js';

const event = (type: string, payload: unknown = {}) => ({ type, payload, aggregateId: 'agg_1' });

describe('the module of an event', () => {
  it.each([
    ['telephony.call.ended', 'OTTB'],
    ['identity.user.created', 'POINT'],
    ['crm.lead.created', 'WORKSPACE'],
    ['operations.center.created', 'DCI'],
    ['devices.hub.updated', 'DEVICES'],
    ['runner.call.rang', 'HUB'],
    ['billing.invoice.sent', 'DCI'],
  ])('%s is %s', (type, module) => expect(moduleOf({ type })).toBe(module));
});

describe('the severity of an event', () => {
  it.each<[string, unknown, string]>([
    ['telephony.slot.transitioned', { to: 'FAULT' }, 'ERROR'],
    ['telephony.slot.transitioned', { to: 'READY' }, 'INFO'],
    ['telephony.call.ended', { call: { outcome: 'FAILED' } }, 'ERROR'],
    ['telephony.call.ended', { call: { outcome: 'BUSY' } }, 'INFO'],
    ['telephony.call.refused', {}, 'WARNING'],
    ['devices.device.faulted', {}, 'ERROR'],
    ['devices.device.restored', {}, 'INFO'],
    ['devices.hub.updated', { hub: { online: false } }, 'WARNING'],
    ['runner.command.failed', {}, 'ERROR'],
    ['runner.command.started', {}, 'DEBUG'],
    ['runner.slot.registration-failed', { retryable: true }, 'WARNING'],
    ['runner.slot.registration-failed', { retryable: false }, 'ERROR'],
    ['runner.slot.unregistered', {}, 'WARNING'],
    ['operations.message.deadlettered', {}, 'ERROR'],
    ['identity.access.denied', {}, 'WARNING'],
    ['identity.signin.refused', {}, 'WARNING'],
    ['identity.session.ended', { reason: 'REFRESH_REUSED' }, 'WARNING'],
    ['crm.lead.created', {}, 'INFO'],
    ['crm.lead.snapshotted', {}, 'DEBUG'],
  ])('%s %j is %s', (type, payload, severity) => expect(severityOf({ type, payload })).toBe(severity));
});

describe('the summary of an event', () => {
  it.each<[string, unknown, string]>([
    ['telephony.slot.transitioned', { slot: { number: '6001', faultReason: 'OVERHEAT' }, from: 'READY', to: 'FAULT', cause: 'device' }, 'Slot 6001 went from READY to FAULT (OVERHEAT)'],
    ['telephony.call.ended', { call: { phoneNumber: '+12025550100', outcome: 'BUSY', failureReason: null } }, 'Call to +12025550100 ended: BUSY'],
    ['telephony.call.ringing', { call: { phoneNumber: '+12025550100' } }, 'Call to +12025550100 ringing'],
    ['identity.user.created', { user: { username: 'ada' } }, 'User ada created'],
    ['devices.hub.updated', { hub: { name: 'Bench', online: false } }, 'Hub Bench is offline'],
    ['runner.slot.registration-failed', { reason: 'timeout' }, 'Slot agg_1 registration failed (timeout)'],
    ['odd', null, 'agg_1 odd'],
  ])('%s %j is %s', (type, payload, summary) => expect(summaryOf(event(type, payload)).trim()).toBe(summary));

  it('is there for every kind of event, whatever it carries', () => {
    const types = Object.values(catalogue).flatMap((entry) => (typeof entry === 'object' && entry !== null && 'type' in entry && typeof entry.type === 'string' ? [entry.type] : []));
    expect(types.length).toBeGreaterThan(30);
    for (const type of types) for (const payload of [{}, null, 'text', 5]) expect(summaryOf(event(type, payload)).length).toBeGreaterThan(3);
  });
});

it('measurements are not events', () => {
  expect(['runner.hub.heartbeat', 'runner.telemetry.sampled', 'platform.resource.snapshotted', 'runner.hub.announced', 'devices.device.faulted'].map((type) => isNoise({ type }))).toEqual([true, true, true, false, false]);
});

it('leaves to the audit what only its readers may see', () => {
  expect(['identity.mutation.recorded', 'identity.override.used', 'identity.access.denied'].map((type) => isNoise({ type }))).toEqual([true, true, false]);
});
