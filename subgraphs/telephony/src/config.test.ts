import { describe, expect, it } from 'vitest';
import { loadConfig } from '@vss/runtime';
import { telephonyConfig } from './config.js';

const needed = { DATABASE_URL: 'postgresql://u@h/d', AMQP_URL: 'amqp://h' };

describe('settings of the telephony process', () => {
  it('have defaults where there is one right answer', () => {
    expect(loadConfig(telephonyConfig, needed)).toMatchObject({ VSS_PORT: 4002, VSS_WRAP_UP_MS: 3_000, VSS_RING_TIMEOUT_MS: 45_000, VSS_BLOCKED_PREFIXES: [] });
  });
  it('read a list of blocked ranges', () => {
    expect(loadConfig(telephonyConfig, { ...needed, VSS_BLOCKED_PREFIXES: '+7900, +44909' }).VSS_BLOCKED_PREFIXES).toEqual(['+7900', '+44909']);
  });
  it('name every problem at once', () => {
    expect(() => loadConfig(telephonyConfig, { VSS_RING_TIMEOUT_MS: '100', VSS_BLOCKED_PREFIXES: '7900', AMQP_URL: 'http://h' })).toThrow(/DATABASE_URL.*AMQP_URL.*VSS_RING_TIMEOUT_MS.*VSS_BLOCKED_PREFIXES/);
  });
});
