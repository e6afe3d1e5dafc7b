import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { migrations } from '@vss/identity';
import { startTestDatabase } from '@vss/testing';
import { measure, warm, type Bench } from '../bench.ts';
import { GATEWAYS, NODE, ROOT, startGateway, type Gateway } from '../gateways.ts';
import { MODES, type Mode } from '../modes.ts';
import { GATEWAY_CORE, startOn } from '../process.ts';
import type { AccessShareRow, IdentityRow, Results } from '../results.ts';
import { W2 } from '../workloads.ts';
import { writeRuled } from './ruled.ts';

interface Options {
  readonly rounds: number;
  readonly seconds: number;
  readonly warmSeconds: number;
}

interface Place {
  readonly workDir: string;
  readonly say: (line: string) => void;
}

/** Those that a client's requests are like: nothing is shared, and nothing is remembered but the token. */
const SHARE_MODES = ['one', 'distinct'];
/** The difference of two measurements is small: it takes more of them than one does. */
const TIMES = 3;

/** What access costs: identity on a core of its own beside its database, then our gateway with authentication and without, in turn. */
export async function runAccess(bench: Bench, { rounds, seconds, warmSeconds }: Options, results: Results, place: Place): Promise<void> {
  const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
  for (const [title, work] of [
    ['Identity', () => measureIdentity(rounds, seconds * TIMES, results.identity, place)],
    ['Share of access', () => measureShare(bench, { rounds: rounds * TIMES, seconds, warmSeconds }, results.accessShares, place)],
  ] as const) {
    place.say(`\n${title}`);
    try {
      await work();
    } catch (error) {
      results.missing.push(`${title}: ${reasonOf(error)}`);
      place.say(results.missing.at(-1) ?? '');
    }
  }
}

async function measureIdentity(rounds: number, seconds: number, rows: IdentityRow[], { workDir, say }: Place): Promise<void> {
  mkdirSync(workDir, { recursive: true });
  for (let round = 1; round <= rounds; round++) {
    const database = await startTestDatabase({ migrations: [migrations] });
    try {
      const log = join(workDir, 'logs/identity.log');
      const child = startOn(GATEWAY_CORE, { argv: [NODE, join(import.meta.dirname, 'identity.ts'), JSON.stringify({ target: database.target, seconds })], cwd: ROOT }, log);
      while (!child.exited()) await new Promise((resolve) => setTimeout(resolve, 50));
      const said = child.output();
      if (!said) throw new Error(`identity did not end well: ${readFileSync(log, 'utf8').slice(-500)}`);
      const { rows: stored } = await database.pool().query<{ hash: string }>('select password_hash as hash from identity.user_account limit 1');
      const cost = stored[0]?.hash.split('$').slice(1, 4).join(', ') ?? '';
      const row: IdentityRow = { round, cost, ...(JSON.parse(said) as Omit<IdentityRow, 'round' | 'cost'>) };
      rows.push(row);
      say(`${row.cost}: sign-in ${row.signInCpuMs.toFixed(2)} ms CPU, refresh ${row.refreshCpuMs.toFixed(2)}; token ${row.verifyMicros.toFixed(1)} µs; decision ${row.allowedNanos.toFixed(0)} ns, on a row ${row.rowNanos.toFixed(0)} ns`);
    } finally {
      await database.stop();
    }
  }
}

async function measureShare(bench: Bench, options: Options, rows: AccessShareRow[], { workDir, say }: Place): Promise<void> {
  const supergraph = writeRuled(bench.setting.supergraph, join(workDir, 'ruled.graphql'));
  const modes = MODES.filter(({ name }) => SHARE_MODES.includes(name));
  for (let round = 1; round <= options.rounds; round++) {
    const [withAccess, without] = [await cpuOf('ours', bench, supergraph, modes, options), await cpuOf('ours-noauth', bench, supergraph, modes, options)];
    for (const { name: mode } of modes) {
      const row = { round, mode, withCpuMs: withAccess.get(mode) ?? Number.NaN, withoutCpuMs: without.get(mode) ?? Number.NaN };
      rows.push(row);
      say(`W2, ${mode}: ${row.withCpuMs.toFixed(4)} ms CPU with access, ${row.withoutCpuMs.toFixed(4)} without`);
    }
  }
}

async function cpuOf(name: Gateway['name'], bench: Bench, supergraph: string, modes: readonly Mode[], { seconds, warmSeconds }: Options): Promise<Map<string, number>> {
  const gateway = GATEWAYS.find((one) => one.name === name);
  if (!gateway) throw new Error(`There is no gateway ${name}`);
  const running = await startGateway(gateway, { ...bench.setting, supergraph }, { token: bench.access.token, first: W2.same });
  try {
    const cpu = new Map<string, number>();
    await warm(bench, running, W2, warmSeconds);
    for (const mode of modes) {
      const { cpuMs, fault } = await measure(bench, running, { workload: W2, mode, seconds });
      if (fault) throw new Error(`${name}, ${mode.name}: ${fault}`);
      cpu.set(mode.name, cpuMs);
    }
    return cpu;
  } finally {
    running.process.stop();
  }
}
