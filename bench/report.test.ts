import { expect, it } from 'vitest';
import { GATEWAYS } from './gateways.ts';
import { MODES } from './modes.ts';
import { report } from './report.ts';
import { type RequestRow, type Results } from './results.ts';
import { WORKLOADS } from './workloads.ts';

const row = (gateway: string, workload: string, cpuMs: number, fault?: string): RequestRow => ({ gateway, workload, mode: 'one', round: 1, cpuMs, rps: 1, p50Ms: 1, p99Ms: 1, fetches: 1, rssMb: 100, fault });

function pageOf(requests: RequestRow[]): string {
  const results: Results = { requests, growth: [], starts: [], fanout: [], identity: [], accessShares: [], missing: [] };
  return report(results, { gateways: GATEWAYS, workloads: WORKLOADS, modes: MODES, rounds: 1, seconds: 1 });
}

it('tells by how much a target is met, or missed', () => {
  const page = pageOf([row('ours', 'W1', 0.4), row('ours-noauth', 'W1', 0.3), row('apollo', 'W1', 9)]);
  expect(page).toContain('| W1: 25 times less than Apollo | not measured | 22.5× **not met** |');
  expect(page).toContain('| W1: 25 times less than Apollo | not measured | 30× met |');
  expect(page).toContain('| W1: no more than Grafbase | not measured | not measured |');
});

it('counts no measurement of wrong answers, and names it', () => {
  const page = pageOf([row('ours', 'W1', 0.4), row('apollo', 'W1', 90, 'another answer than expected')]);
  expect(page).toContain('| W1: 25 times less than Apollo | not measured |');
  expect(page).toContain('- apollo, W1, one, round 1: another answer than expected');
});
