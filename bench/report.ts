import { cpus, totalmem } from 'node:os';
import process from 'node:process';
import { accessSection } from './access/section.ts';
import { versionsOf, type Gateway } from './gateways.ts';
import type { Mode } from './modes.ts';
import { median, summary, type Results } from './results.ts';
import { targetTables } from './targets.ts';
import { figure, table } from './table.ts';
import { GROWTH, type Workload } from './workloads.ts';

export interface Scope {
  readonly gateways: readonly Gateway[];
  readonly workloads: readonly Workload[];
  readonly modes: readonly Mode[];
  readonly rounds: number;
  readonly seconds: number;
}

/** docs/benchmarks.md, from what was measured and nothing else. */
export function report(results: Results, scope: Scope): string {
  const sections = [
    head(scope),
    '## Targets',
    'How many times less processor time a request of ours takes than the peer does for the same. [performance.md](performance.md) says what it is spent on, and why what is not met is not.',
    targetTables(results),
    ...(results.requests.length > 0 ? scope.workloads.flatMap((workload) => workloadSection(results, scope, workload)) : []),
    ...memorySection(results, scope),
    ...growthSection(results),
    ...startSection(results, scope),
    ...fanoutSection(results),
    ...accessSection(results),
    ...faultSection(results),
  ];
  return `${sections.join('\n\n')}\n`;
}

function head({ gateways, workloads, rounds, seconds }: Scope): string {
  const model = cpus()[0]?.model ?? 'unknown processor';
  return `# Benchmarks of the gateway

Written by \`npm run bench\` on ${new Date().toISOString().slice(0, 10)}: every figure below is from one run of that command, or in the section Access from the run that it names (${model}, ${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GB, Node ${process.version}). [bench/README.md](../bench/README.md) says how it measures.

Gateways take turns in each round; the one measured has one core for itself, the load (wrk) and the subgraphs share another; subgraphs answer from memory, so that the gateway is what is measured. "Many" connections are ${workloads.map(({ name, connections }) => `${connections} for ${name}`).join(', ')}. Answers are compared with the right one before and after each measurement. Figures are medians of ${rounds} rounds of ${seconds} s. Compare ratios within this run: on another machine, or on a busy one, all of them move together.

${table(['gateway', 'made of'], gateways.map((gateway) => [gateway.title, versionsOf(gateway)]))}`;
}

function workloadSection({ requests }: Results, { gateways, modes }: Scope, { name, title }: Workload): string[] {
  const cell = (gateway: string, mode: string) => summary(requests, gateway, name, mode);
  const cpu = gateways.map((gateway) => [
    gateway.title,
    ...modes.map((mode) => {
      const own = cell(gateway.name, mode.name)?.cpuMs;
      const ours = cell('ours', mode.name)?.cpuMs;
      return own === undefined ? '–' : gateway.name.startsWith('ours') || ours === undefined ? figure(own) : `${figure(own)} (${figure(own / ours)}×)`;
    }),
  ]);
  const speed = gateways.map((gateway) => [
    gateway.title,
    ...modes.map((mode) => {
      const own = cell(gateway.name, mode.name);
      return own ? `${Math.round(own.rps).toLocaleString('en')} · ${figure(own.p50Ms)} · ${figure(own.p99Ms)} · ${figure(own.fetches)}` : '–';
    }),
  ]);
  const header = ['gateway', ...modes.map((mode) => mode.title)];
  return [
    `## ${name}: ${title}`,
    'CPU milliseconds per request, and how many times ours with authentication that is:',
    table(header, cpu),
    'Requests a second · median ms · 99th percentile ms · requests to subgraphs for each:',
    table(header, speed),
  ];
}

function memorySection({ requests }: Results, { gateways, workloads }: Scope): string[] {
  if (requests.length === 0) return [];
  const rows = gateways.map(({ name, title }) => [
    title,
    ...workloads.map((workload) => {
      const all = requests.filter((row) => row.gateway === name && row.workload === workload.name);
      const rounds = [...Map.groupBy(all, (row) => row.round).values()].map((round) => Math.max(...round.map(({ rssMb }) => rssMb)));
      return rounds.length > 0 ? figure(median(rounds)) : '–';
    }),
  ]);
  return ['## Memory', `Most resident MB seen after any measurement of a workload; one process serves ${workloads.map(({ name }) => name).join(', ')} in that order.`, table(['gateway', ...workloads.map(({ name }) => name)], rows)];
}

function growthSection({ growth }: Results): string[] {
  if (growth.length === 0) return [];
  const cpu = (gateway: string, workload: string): number | undefined => summary(growth, gateway, workload, 'one')?.cpuMs;
  const rows = GROWTH.map(({ name, title, expected }) => {
    const [ours, apollo] = [cpu('ours', name), cpu('apollo', name)];
    return [title, `${figure(JSON.stringify(expected).length / 1_000)} KB`, figure(ours), figure(apollo), ours && apollo ? `${figure(apollo / ours)}×` : '–'];
  });
  return ["## Cost grows with what is asked", "W1's products with their reviews, so many of them; CPU milliseconds per request, 1 connection.", table(['asked for', 'answer', 'ours', 'Apollo', 'ratio'], rows)];
}

function startSection({ starts }: Results, { gateways }: Scope): string[] {
  if (starts.length === 0) return [];
  const rows = gateways.map(({ name, title }) => {
    const own = starts.filter((row) => row.gateway === name);
    const ms = own.map(({ coldMs }) => coldMs);
    return own.length === 0 ? [title, '–', '–', '–', '–'] : [title, figure(median(ms)), figure(Math.min(...ms)), figure(median(own.map(({ cpuMs }) => cpuMs))), figure(median(own.map(({ rssMb }) => rssMb)))];
  });
  return ['## Cold start', 'From the start of the process to its first right answer (W2), in ms; CPU ms and resident MB then.', table(['gateway', 'median', 'best', 'CPU', 'MB'], rows)];
}

function fanoutSection({ fanout }: Results): string[] {
  if (fanout.length === 0) return [];
  const rows = fanout.map((row) => [
    row.server,
    row.clients.toLocaleString('en'),
    figure(row.lastClientMs),
    figure(row.cpuMicrosPerDelivery),
    figure(row.kbPerConnection),
    figure(row.subscriptions),
    figure(row.entityFetchesPerEvent),
    figure(row.bytesPerDelivery),
  ]);
  return [
    '## Fan-out',
    `One event to every WebSocket client of one subscription (graphql-transport-ws); medians of ${fanout[0]?.events ?? 0} events.`,
    table(['server', 'clients', 'ms to the last client', 'CPU µs a delivery', 'KB a connection', 'streams at the source', 'entity fetches an event', 'bytes a delivery'], rows),
  ];
}

function faultSection({ requests, growth, missing }: Results): string[] {
  const faults = [...requests, ...growth].filter((row) => row.fault !== undefined).map((row) => `${row.gateway}, ${row.workload}, ${row.mode}, round ${row.round}: ${row.fault ?? ''}`);
  const all = [...missing, ...new Set(faults)];
  return all.length === 0 ? [] : ['## Not measured', 'Left out of the figures above:', all.map((line) => `- ${line}`).join('\n')];
}
