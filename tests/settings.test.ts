import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { gatewaySettings } from '../gateway/src/config.js';
import { hubRunnerConfig } from '../hub-runner/src/config.js';
import { migrateSettings, setupSettings, standaloneSettings } from '../standalone/src/config.js';
import { crmConfig } from '../subgraphs/crm/src/config.js';
import { devicesConfig } from '../subgraphs/devices/src/config.js';
import { identityConfig } from '../subgraphs/identity/src/config.js';
import { operationsConfig } from '../subgraphs/operations/src/config.js';
import { telephonyConfig } from '../subgraphs/telephony/src/config.js';

const SCHEMAS: readonly z.ZodObject[] = [
  standaloneSettings,
  migrateSettings,
  setupSettings,
  gatewaySettings,
  identityConfig,
  telephonyConfig,
  devicesConfig,
  crmConfig,
  operationsConfig,
  ...hubRunnerConfig.options,
];
const example = readFileSync(join(import.meta.dirname, '../.env.example'), 'utf8');
/** `NAME=value`, with a `#` before it where it is not for `npm start`. */
const listed = [...example.matchAll(/^#?([A-Z][A-Z0-9_]*)=(.*)$/gm)].map(([, name = '', value = '']) => ({ name, value }));
const unique = (names: string[]): string[] => [...new Set(names)].sort();

/** What a process takes where nothing is said, as it would be written; undefined where there is no default. */
function defaultsOf(name: string): string[] {
  return SCHEMAS.flatMap(({ shape }) => {
    const parsed = shape[name]?.safeParse(undefined);
    if (!parsed?.success || parsed.data === undefined) return [];
    return [typeof parsed.data === 'boolean' ? (parsed.data ? 'on' : 'off') : String(parsed.data)];
  });
}

describe('.env.example', () => {
  it('lists every setting of every process, once, and no other', () => {
    expect(listed.map(({ name }) => name).sort()).toEqual(unique(SCHEMAS.flatMap(({ shape }) => Object.keys(shape))));
  });

  it('says what each means', () => {
    const lines = example.split('\n');
    const isTold = (name: string): boolean => {
      const at = lines.findIndex((line) => line.replace(/^#/, '').startsWith(`${name}=`));
      // Settings that belong together share one comment.
      for (let above = at - 1; above >= 0; above -= 1) {
        if (/^# (?!---)/.test(lines[above] ?? '')) return true;
        if (!/^#?[A-Z][A-Z0-9_]*=/.test(lines[above] ?? '')) return false;
      }
      return false;
    };
    expect(listed.map(({ name }) => name).filter((name) => !isTold(name))).toEqual([]);
  });

  it('shows the default of each that has one', () => {
    const wrong = listed.filter(({ name, value }) => {
      const defaults = defaultsOf(name);
      return value === '' ? defaults.some((text) => text !== '') : !defaults.includes(value);
    });
    expect(wrong).toEqual([]);
  });

  it('says that a setting is required where some process does not start without it', () => {
    const isRequired = (name: string): boolean => SCHEMAS.some(({ shape }) => shape[name] !== undefined && !shape[name].safeParse(undefined).success);
    const blocks = example.split(/\n(?=# )/);
    const untold = listed.filter(({ name }) => isRequired(name) && !/[Rr]equire[sd]/.test(blockOf(blocks, name)));
    expect(untold).toEqual([]);
  });
});

/** The whole comment above a setting, with the settings that share it. */
function blockOf(blocks: readonly string[], name: string): string {
  const at = blocks.findIndex((block) => new RegExp(`^#?${name}=`, 'm').test(block));
  let from = at;
  while (from > 0 && !/^#?[A-Z][A-Z0-9_]*=/m.test(blocks[from - 1] ?? '') && !(blocks[from - 1] ?? '').startsWith('# ---')) from -= 1;
  return blocks.slice(from, at + 1).join('\n');
}
