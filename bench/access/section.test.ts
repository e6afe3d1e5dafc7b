import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSchema } from 'graphql';
import { expect, it } from 'vitest';
import type { AccessShareRow, Results } from '../results.ts';
import { writeRuled } from './ruled.ts';
import { accessSection, withAccess } from './section.ts';

const share = (round: number, withCpuMs: number, withoutCpuMs: number): AccessShareRow => ({ round, mode: 'one', withCpuMs, withoutCpuMs });
const resultsOf = (accessShares: AccessShareRow[]): Results => ({
  requests: [],
  growth: [],
  starts: [],
  fanout: [],
  identity: [{ round: 1, cost: 'argon2id, v=19, m=19456,t=2,p=1', signInCpuMs: 25, refreshCpuMs: 5, verifyMicros: 100, allowedNanos: 40, deniedNanos: 50, rowNanos: 200 }],
  accessShares,
  missing: [],
});

it('tells the share of access by the medians of the rounds, and whether that is the goal', () => {
  const page = accessSection(resultsOf([share(1, 0.1, 0.095), share(2, 0.2, 0.1), share(3, 0.1, 0.094)])).join('\n');
  expect(page).toContain('| 1 connection | 0.1 | 0.095 | 6.0 % | met |');
  expect(accessSection(resultsOf([share(1, 0.1, 0.08)])).join('\n')).toContain('| 20.0 % | **not met** |');
});

it('tells how many sign-ins a core makes', () => expect(accessSection(resultsOf([])).join('\n')).toContain('| a sign-in | 25 ms | 40 a second and core |'));

it('takes the place of the section that the page has, and nothing else', () => {
  const page = '# Page\n\n## Fan-out\n\nfigures\n';
  const first = withAccess(page, resultsOf([share(1, 0.1, 0.095)]));
  expect(first.startsWith('# Page\n\n## Fan-out\n\nfigures\n\n## Access\n\n')).toBe(true);
  const more = `${first}\n## Not measured\n\n- something\n`;
  const second = withAccess(more, resultsOf([share(1, 0.1, 0.05)]));
  expect(second.match(/^## .*$/gm)).toEqual(['## Fan-out', '## Access', '## Not measured']);
  expect(second).toContain('50.0 %');
  expect(second).not.toContain(' 5.0 %');
  expect(second).not.toContain('\n\n\n');
});

it('rules everything that W2 asks for', () => {
  const folder = mkdtempSync(join(tmpdir(), 'vss-ruled-'));
  const text = readFileSync(writeRuled(join(import.meta.dirname, '../workload/supergraph.graphql'), join(folder, 'ruled.graphql')), 'utf8');
  rmSync(folder, { recursive: true });
  const fields = buildSchema(text, { assumeValidSDL: true });
  const ruled = (type: string, field?: string): boolean => {
    const definition = fields.getType(type)?.astNode;
    const nodes = definition && 'fields' in definition ? definition : undefined;
    const node = field ? nodes?.fields?.find(({ name }) => name.value === field) : definition;
    return node?.directives?.some(({ name }) => name.value === 'access') ?? false;
  };
  expect([ruled('Query', 'me'), ruled('User'), ruled('User', 'name')]).toEqual([true, true, true]);
});
