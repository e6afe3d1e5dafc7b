import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openAccess } from '../access-token.ts';
import { freePort, GATEWAYS, NODE, startGateway } from '../gateways.ts';
import { collectGarbage, withInspector } from '../inspector.ts';
import { cpuMs, GATEWAY_CORE, LOAD_CORE, portOf, rssKb, startOn, type Started } from '../process.ts';
import { median, type FanoutRow, type Results } from '../results.ts';
import { openClients } from './clients.ts';
import { SUBSCRIPTION } from './orders.ts';

export interface FanoutOptions {
  readonly clients: number;
  readonly events: number;
}

interface Server {
  readonly title: string;
  readonly url: string;
  readonly token?: string | undefined;
  readonly process: Started;
  readonly inspectorPort: number;
  /** Where events are made. */
  readonly source: string;
}

/** One subscription's clients and events before any is counted: then what is loaded late is loaded. */
const FIRST = { clients: 20, events: 5 };
/** Connections are acknowledged before the last subscriptions are open. */
const SETTLE_MS = 1_000;

export async function runFanout(options: FanoutOptions, results: Results, { workDir, say }: { workDir: string; say: (line: string) => void }): Promise<void> {
  say(`\nFan-out of ${options.events} events to ${options.clients} clients`);
  mkdirSync(workDir, { recursive: true });
  for (const [name, start] of [['ours', startOurs] as const, ['graphql-ws', startEach] as const]) {
    const servers: Started[] = [];
    try {
      const row = await measure(await start(workDir, servers), options);
      results.fanout.push(row);
      say(`${row.server}: ${row.lastClientMs.toFixed(1)} ms, ${row.cpuMicrosPerDelivery.toFixed(1)} µs a delivery, ${row.kbPerConnection.toFixed(1)} KB a connection, ${row.entityFetchesPerEvent} entity fetches an event`);
    } catch (error) {
      results.missing.push(`Fan-out, ${name}: ${error instanceof Error ? error.message : String(error)}`);
      say(results.missing.at(-1) ?? '');
    } finally {
      for (const server of servers) server.stop();
    }
  }
}

async function measure(server: Server, { clients: count, events }: FanoutOptions): Promise<FanoutRow> {
  const { url, token, process: measured, source } = server;
  const ask = async (path: string): Promise<{ events: number; entityFetches: number; subscriptions: number }> =>
    (await fetch(source + path)).json() as Promise<{ events: number; entityFetches: number; subscriptions: number }>;
  const subscribed = { url, token, query: SUBSCRIPTION, variables: { room: '1' } };
  const early = await openClients({ ...subscribed, count: FIRST.clients });
  await pause(SETTLE_MS);
  for (let event = 0; event < FIRST.events; event++) await Promise.all([early.nextOfAll(), ask('/fire')]);
  early.close();
  await pause(SETTLE_MS);
  await collectGarbage(server.inspectorPort);
  const kbBefore = rssKb(measured.pid);

  const clients = await openClients({ ...subscribed, count });
  await pause(SETTLE_MS);
  await collectGarbage(server.inspectorPort);
  const kbPerConnection = (rssKb(measured.pid) - kbBefore) / count;
  for (let event = 0; event < FIRST.events; event++) await Promise.all([clients.nextOfAll(), ask('/fire')]);

  const before = await ask('/stats');
  const cpuBefore = cpuMs(measured.pid);
  const times: number[] = [];
  let bytesPerDelivery = 0;
  for (let event = 0; event < events; event++) {
    const [last] = await Promise.all([clients.nextOfAll(), ask('/fire')]);
    const [, madeAt = '0'] = /"note":"(\d+)/.exec(last.text) ?? [];
    if (!last.text.includes('"name":"Ada Lovelace"')) throw new Error(`Not the right event: ${last.text}`);
    times.push(Number(last.at - BigInt(madeAt)) / 1e6);
    bytesPerDelivery = last.bytes;
    await pause(50);
  }
  const cpu = cpuMs(measured.pid) - cpuBefore;
  const after = await ask('/stats');
  clients.close();
  return {
    server: server.title,
    clients: count,
    events,
    lastClientMs: median(times),
    cpuMicrosPerDelivery: (cpu * 1_000) / (count * events),
    kbPerConnection,
    subscriptions: after.subscriptions,
    entityFetchesPerEvent: (after.entityFetches - before.entityFetches) / events,
    bytesPerDelivery,
  };
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

async function startSource(core: string, workDir: string, servers: Started[], env: Record<string, string> = {}): Promise<{ started: Started; port: string }> {
  const started = startOn(core, { argv: [NODE, join(import.meta.dirname, 'server.ts')], cwd: workDir, env }, join(workDir, 'logs/fanout.log'));
  servers.push(started);
  return { started, port: await portOf(started) };
}

/** Our gateway with authentication on, the source of the events behind it. */
async function startOurs(workDir: string, servers: Started[]): Promise<Server> {
  const ours = GATEWAYS.find(({ name }) => name === 'ours');
  if (!ours) throw new Error('There is no gateway of ours');
  const { port } = await startSource(LOAD_CORE, workDir, servers);
  const source = `http://127.0.0.1:${port}`;
  const supergraph = join(workDir, 'fanout.graphql');
  writeFileSync(supergraph, readFileSync(join(import.meta.dirname, 'supergraph.graphql'), 'utf8').replaceAll('http://127.0.0.1:4300', source));
  const access = await openAccess();
  const inspectorPort = await freePort();
  const inspected = { ...ours, command: (setting: Parameters<typeof ours.command>[0]) => withInspector(ours.command(setting), inspectorPort) };
  const setting = { supergraph, subgraphUrl: (name: string) => `${source}/${name}`, jwksUrl: access.jwksUrl, workDir };
  const running = await startGateway(inspected, setting, { token: access.token, first: '{"query":"{ __typename }"}' });
  servers.push(running.process);
  // The keys were fetched with the first answer.
  access.close();
  return { title: OURS, url: running.url.replace('http', 'ws'), token: access.token, process: running.process, inspectorPort, source };
}

async function startEach(workDir: string, servers: Started[]): Promise<Server> {
  const inspectorPort = await freePort();
  const { started, port } = await startSource(GATEWAY_CORE, workDir, servers, { NODE_OPTIONS: `--inspect=127.0.0.1:${inspectorPort}` });
  return { title: EACH, url: `ws://127.0.0.1:${port}/each`, process: started, inspectorPort, source: `http://127.0.0.1:${port}` };
}

export const OURS = 'VSS gateway';
export const EACH = 'graphql-ws, executing for each client';
