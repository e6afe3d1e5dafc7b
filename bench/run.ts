/**
 * `npm run bench`: our gateway and its peers, one after the other in each round, under the same load. Writes
 * bench/.out/results.json and, where nothing was left out, docs/benchmarks.md. bench/README.md says how.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { runAccess } from './access/access.ts';
import { withAccess } from './access/section.ts';
import { openBench, measure, warm, type Bench } from './bench.ts';
import { runFanout } from './fanout/fanout.ts';
import { ROOT, type Gateway } from './gateways.ts';
import { install } from './install.ts';
import { MODES } from './modes.ts';
import { readOptions, USAGE, type Options } from './options.ts';
import { bindSelf, cpuMs, rssKb } from './process.ts';
import { report } from './report.ts';
import type { Results } from './results.ts';
import { GROWTH } from './workloads.ts';

const OUT = join(import.meta.dirname, '.out');
const say = (line: string): void => void process.stdout.write(`${line}\n`);
const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

async function runRound(bench: Bench, gateway: Gateway, round: number, options: Options, results: Results): Promise<void> {
  const running = await bench.start(gateway);
  try {
    for (const workload of options.workloads) {
      await warm(bench, running, workload, options.warmSeconds);
      for (const mode of options.modes) {
        if (mode.vouched && !gateway.readsVouching) continue;
        const row = { gateway: gateway.name, round, ...(await measure(bench, running, { workload, mode, seconds: options.seconds })) };
        results.requests.push(row);
        const { cpuMs, rps, p50Ms, p99Ms, fetches, rssMb, fault } = row;
        const columns = [gateway.name.padEnd(12), workload.name, mode.name.padEnd(17), `${cpuMs.toFixed(4)} ms CPU`, `${rps.toFixed(0)}/s`, `p50 ${p50Ms.toFixed(2)}`, `p99 ${p99Ms.toFixed(2)}`, `${fetches.toFixed(2)} fetches`, `${rssMb.toFixed(0)} MB`];
        say([...columns, ...(fault ? [`FAULT: ${fault}`] : [])].join('  '));
      }
    }
  } finally {
    running.process.stop();
  }
}

async function runGrowth(bench: Bench, gateway: Gateway, round: number, options: Options, results: Results): Promise<void> {
  const mode = MODES.find(({ name }) => name === 'one');
  if (!mode) return;
  const running = await bench.start(gateway);
  try {
    for (const workload of GROWTH) {
      await warm(bench, running, workload, 1);
      const row = { gateway: gateway.name, round, ...(await measure(bench, running, { workload, mode, seconds: options.seconds })) };
      results.growth.push(row);
      say(`${gateway.name.padEnd(12)}  ${workload.title.padEnd(15)}  ${row.cpuMs.toFixed(4)} ms CPU${row.fault ? `  FAULT: ${row.fault}` : ''}`);
    }
  } finally {
    running.process.stop();
  }
}

async function runStart(bench: Bench, gateway: Gateway, results: Results): Promise<void> {
  const running = await bench.start(gateway);
  const row = { gateway: gateway.name, coldMs: running.coldMs, cpuMs: cpuMs(running.process.pid), rssMb: rssKb(running.process.pid) / 1024 };
  // Not killed: a compile cache is written at the end of a process.
  await running.process.end();
  results.starts.push(row);
  say(`${gateway.name.padEnd(12)}  first answer after ${row.coldMs.toFixed(0)} ms and ${row.cpuMs} ms CPU, ${row.rssMb.toFixed(0)} MB`);
}

/** Every gateway once in each round, so that a slow minute of the machine falls on all. */
async function inTurn(title: string, rounds: number, gateways: readonly Gateway[], results: Results, one: (gateway: Gateway, round: number) => Promise<void>): Promise<void> {
  for (let round = 1; round <= rounds; round++) {
    say(`\n${title}, round ${round} of ${rounds}`);
    for (const gateway of gateways) {
      try {
        await one(gateway, round);
      } catch (error) {
        results.missing.push(`${title}, ${gateway.name}: ${reasonOf(error)}`);
        say(results.missing.at(-1) ?? '');
      }
    }
  }
}

async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2));
  const startedAt = Date.now();
  const results: Results = { requests: [], growth: [], starts: [], fanout: [], identity: [], accessShares: [], missing: [] };
  // Only ours take part in what access costs.
  const taking = options.parts.every((part) => part === 'access') ? options.gateways.filter((gateway) => !gateway.peer) : options.gateways;
  const gateways = install(taking, results.missing, say);
  bindSelf();
  const bench = await openBench(OUT);
  const has = (part: Options['parts'][number]): boolean => options.parts.includes(part);
  if (has('start')) await inTurn('Cold start', options.starts, gateways, results, (gateway) => runStart(bench, gateway, results));
  if (has('requests')) await inTurn('Requests', options.rounds, gateways, results, (gateway, round) => runRound(bench, gateway, round, options, results));
  const growing = gateways.filter(({ name }) => ['ours', 'apollo'].includes(name));
  if (has('growth')) await inTurn('Growing requests', Math.min(2, options.rounds), growing, results, (gateway, round) => runGrowth(bench, gateway, round, options, results));
  if (has('access')) await runAccess(bench, options, results, { workDir: OUT, say });
  bench.close();
  if (has('fanout')) await runFanout(options, results, { workDir: OUT, say });
  mkdirSync(OUT, { recursive: true });
  writeFileSync(join(OUT, 'results.json'), `${JSON.stringify(results, null, 1)}\n`);
  const page = report(results, { gateways: options.gateways, workloads: options.workloads, modes: options.modes, rounds: options.rounds, seconds: options.seconds });
  const published = join(ROOT, 'docs/benchmarks.md');
  const isAccessAlone = options.isWholeButParts && options.parts.join() === 'access';
  const file = options.isWhole || isAccessAlone ? published : join(OUT, 'benchmarks.md');
  writeFileSync(file, isAccessAlone ? withAccess(readFileSync(published, 'utf8'), results) : page);
  say(`\n${page}\n${file.slice(ROOT.length + 1)} written after ${Math.round((Date.now() - startedAt) / 1000)} s`);
}

try {
  await main();
} catch (error) {
  process.stderr.write(`${reasonOf(error)}\n\n${USAGE}`);
  process.exitCode = 1;
}
process.exit();
