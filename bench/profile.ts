/**
 * `node bench/profile.ts W2 [ours-noauth] [distinct]`: where our gateway's processor time for one request goes, by
 * function. The functions' own time; what the profiler itself costs is in all of them.
 */
import { join } from 'node:path';
import process from 'node:process';
import { openBench, warm } from './bench.ts';
import { freePort, GATEWAYS } from './gateways.ts';
import { openInspector, withInspector } from './inspector.ts';
import { load } from './load.ts';
import { MODES } from './modes.ts';
import { bindSelf } from './process.ts';
import { GROWTH, WORKLOADS } from './workloads.ts';

interface Profile {
  readonly nodes: readonly { readonly id: number; readonly callFrame: { readonly functionName: string; readonly url: string; readonly lineNumber: number } }[];
  readonly samples: readonly number[];
  readonly timeDeltas: readonly number[];
}

const SHOWN = 40;
const SECONDS = 3;

function ownMicros({ nodes, samples, timeDeltas }: Profile): [place: string, micros: number][] {
  const places = new Map(
    nodes.map(({ id, callFrame: { functionName, url, lineNumber } }) => [id, `${functionName || '(anonymous)'} ${url ? `${url.split('/').at(-1) ?? ''}:${lineNumber + 1}` : ''}`] as const),
  );
  const micros = new Map<string, number>();
  samples.forEach((id, index) => {
    const place = places.get(id) ?? '';
    micros.set(place, (micros.get(place) ?? 0) + (timeDeltas[index] ?? 0));
  });
  return [...micros].filter(([place]) => !place.startsWith('(idle)')).sort(([, a], [, b]) => b - a);
}

const find = <T extends { readonly name: string }>(all: readonly T[], name: string): T => {
  const found = all.find((one) => one.name === name);
  if (!found) throw new Error(`There is no ${name}: ${all.map((one) => one.name).join(', ')}`);
  return found;
};

const [workloadName = 'W1', gatewayName = 'ours', modeName = 'one'] = process.argv.slice(2);
const workload = find([...WORKLOADS, ...GROWTH], workloadName);
const gateway = find(GATEWAYS, gatewayName);
const mode = find(MODES, modeName);

bindSelf();
const bench = await openBench(join(import.meta.dirname, '.out'));
const port = await freePort();
const running = await bench.start({ ...gateway, command: (setting) => withInspector(gateway.command(setting), port) });
await warm(bench, running, workload, 2);
await bench.setMode(mode);
const inspector = await openInspector(port);
await inspector.send('Profiler.enable');
await inspector.send('Profiler.setSamplingInterval', { interval: 200 });
await inspector.send('Profiler.start');
const body = mode.distinct ? workload.distinct : workload.same;
const { requests } = await load(running, { body, distinct: mode.distinct, connections: mode.isOneConnection ? 1 : workload.connections, seconds: SECONDS }, bench.setting.workDir);
const { profile } = await inspector.send<{ profile: Profile }>('Profiler.stop');
const own = ownMicros(profile);
const total = own.reduce((sum, [, micros]) => sum + micros, 0);
console.log(`${gateway.name}, ${workload.name}, ${mode.name}: ${requests} requests, ${(total / requests).toFixed(1)} µs each, of which`);
for (const [place, micros] of own.slice(0, SHOWN)) console.log(`${(micros / requests).toFixed(2).padStart(9)} µs  ${place}`);
process.exit();
