import { cpus } from 'node:os';
import process from 'node:process';
import { MODES } from '../modes.ts';
import { median, type Results } from '../results.ts';
import { figure, table } from '../table.ts';

const TITLE = '## Access';
const GOAL = 0.1;

/** What access costs, from what was measured and nothing else. */
export function accessSection(results: Results): string[] {
  if (results.identity.length === 0 && results.accessShares.length === 0) return [];
  const about = `Measured by \`npm run bench -- --parts access\` on ${new Date().toISOString().slice(0, 10)} (${cpus()[0]?.model ?? 'unknown processor'}, ${cpus().length} cores, Node ${process.version}); medians.`;
  return [TITLE, about, ...identityTable(results), ...shareTable(results)];
}

function identityTable({ identity }: Results): string[] {
  const [first] = identity;
  if (!first) return [];
  const of = (name: Exclude<keyof typeof first, 'round' | 'cost'>): number => median(identity.map((row) => row[name]));
  const perSecond = (cpuMs: number): string => `${figure(1_000 / cpuMs)} a second and core`;
  return [
    `Identity has one core for itself, its database the other. Passwords are hashed with ${first.cost}. What runs in PostgreSQL is not counted.`,
    table(
      ['what', 'processor time', ''],
      [
        ['a sign-in', `${figure(of('signInCpuMs'))} ms`, perSecond(of('signInCpuMs'))],
        ['a refresh', `${figure(of('refreshCpuMs'))} ms`, perSecond(of('refreshCpuMs'))],
        ['verifying an access token (once for each: a gateway remembers them)', `${figure(of('verifyMicros'))} µs`, perSecond(of('verifyMicros') / 1_000)],
        ['deciding on a right that is held', `${figure(of('allowedNanos'))} ns`, ''],
        ['deciding on a right that is not held', `${figure(of('deniedNanos'))} ns`, ''],
        ['deciding on a row', `${figure(of('rowNanos'))} ns`, ''],
      ],
    ),
  ];
}

function shareTable({ accessShares }: Results): string[] {
  if (accessShares.length === 0) return [];
  const rows = MODES.flatMap(({ name, title }) => {
    const own = accessShares.filter(({ mode }) => mode === name);
    if (own.length === 0) return [];
    // Both of a round were measured one after the other, so what the machine did to one it did to the other.
    const share = median(own.map(({ withCpuMs, withoutCpuMs }) => 1 - withoutCpuMs / withCpuMs));
    const of = (field: 'withCpuMs' | 'withoutCpuMs'): string => figure(median(own.map((row) => row[field])));
    return [[title, of('withCpuMs'), of('withoutCpuMs'), `${(share * 100).toFixed(1)} %`, share < GOAL ? 'met' : '**not met**']];
  });
  return [
    'W2, the smallest request there is, with a rule on everything that it asks for: CPU milliseconds of the gateway for each, with access (token, guard, and the token for the subgraph) and with `VSS_AUTH=off`. The share is the median of the rounds\' own; less than 10 % is the goal.',
    table(['requests', 'with access', 'without', 'share of access', ''], rows),
  ];
}

/** The page with this section in place of the one that it has, or at its end. */
export function withAccess(page: string, results: Results): string {
  const section = accessSection(results).join('\n\n');
  const from = page.indexOf(`\n${TITLE}\n`);
  if (from < 0) return `${page.trimEnd()}\n\n${section}\n`;
  const next = page.indexOf('\n## ', from + TITLE.length);
  const rest = next < 0 ? '' : page.slice(next);
  return `${page.slice(0, from)}\n${section}\n${rest}`;
}
