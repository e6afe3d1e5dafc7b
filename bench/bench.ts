import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openAccess, type Access } from './access-token.ts';
import { NODE, startGateway, type Gateway, type RunningGateway, type Setting } from './gateways.ts';
import { ask, load, type LoadResult } from './load.ts';
import type { Mode } from './modes.ts';
import { cpuMs, LOAD_CORE, portOf, rssKb, startOn } from './process.ts';
import type { RequestRow } from './results.ts';
import { faultIn, W2, type Workload } from './workloads.ts';

/** The subgraphs and the access that all gateways of a run are started with. */
export interface Bench {
  readonly access: Access;
  readonly setting: Omit<Setting, 'port'>;
  start(gateway: Gateway): Promise<RunningGateway>;
  /** Sets how the subgraphs answer; their counts begin again. */
  setMode(mode: Pick<Mode, 'cold' | 'vouched'>): Promise<void>;
  /** Requests to the subgraphs since the mode was set. */
  fetches(): Promise<number>;
  close(): void;
}

export async function openBench(workDir: string): Promise<Bench> {
  mkdirSync(workDir, { recursive: true });
  const access = await openAccess();
  const subgraphs = startOn(LOAD_CORE, { argv: [NODE, join(import.meta.dirname, 'workload/subgraphs.ts')], cwd: workDir }, join(workDir, 'logs/subgraphs.log'));
  const port = await portOf(subgraphs);
  const base = `http://127.0.0.1:${port}`;
  const supergraph = join(workDir, 'supergraph.graphql');
  writeFileSync(supergraph, readFileSync(join(import.meta.dirname, 'workload/supergraph.graphql'), 'utf8').replaceAll('http://127.0.0.1:4200', base));
  const setting = { supergraph, subgraphUrl: (name: string) => `${base}/${name}`, jwksUrl: access.jwksUrl, workDir };
  const tell = async (path: string): Promise<Record<string, number>> => (await fetch(base + path)).json() as Promise<Record<string, number>>;
  return {
    access,
    setting,
    start: (gateway) => startGateway(gateway, setting, { token: access.token, first: W2.same }),
    setMode: async ({ cold, vouched }) => void (await tell(`/mode?cold=${cold ? 1 : 0}&vouched=${vouched ? 1 : 0}`)),
    fetches: async () => Object.values(await tell('/stats')).reduce((sum, count) => sum + count, 0),
    close() {
      subgraphs.stop();
      access.close();
    },
  };
}

/** One workload in one mode: checked before and after, measured between. */
export async function measure(bench: Bench, running: RunningGateway, { workload, mode, seconds }: { workload: Workload; mode: Mode; seconds: number }): Promise<Omit<RequestRow, 'gateway' | 'round'>> {
  const body = mode.distinct ? workload.distinct : workload.same;
  const connections = mode.isOneConnection ? 1 : workload.connections;
  await bench.setMode(mode);
  const before = faultIn(await ask(running, body), workload);
  await bench.setMode(mode);
  const cpuBefore = cpuMs(running.process.pid);
  const result = await load(running, { body, distinct: mode.distinct, connections, seconds }, bench.setting.workDir);
  const cpu = cpuMs(running.process.pid) - cpuBefore;
  const fetches = await bench.fetches();
  // When the time is up each connection waits for an answer, on average half made: slow gateways would look slower.
  const answered = result.requests + connections / 2;
  const rssMb = rssKb(running.process.pid) / 1024;
  const answer = await ask(running, body);
  const after = faultIn(answer, workload);
  return {
    workload: workload.name,
    mode: mode.name,
    cpuMs: cpu / answered,
    rps: result.rps,
    p50Ms: result.p50Ms,
    p99Ms: result.p99Ms,
    fetches: fetches / answered,
    rssMb,
    fault: before ?? after ?? failureOf(result, answer.body),
  };
}

function failureOf({ requests, failures, bytesEach }: LoadResult, body: string): string | undefined {
  if (requests === 0) return 'no answer while it was measured';
  if (failures > 0) return `${failures} of ${requests} requests failed`;
  // Wrong answers that are also 200 give themselves away by their length.
  const length = Buffer.byteLength(body);
  return bytesEach < length ? `answers of ${Math.round(bytesEach)} bytes on average under load, where ${length} are right` : undefined;
}

/** Load that is not measured, so that compilers and pools are where they would be. */
export async function warm(bench: Bench, running: RunningGateway, workload: Workload, seconds: number): Promise<void> {
  await bench.setMode({ cold: false, vouched: false });
  await load(running, { body: workload.distinct, distinct: true, connections: workload.connections, seconds }, bench.setting.workDir);
}
