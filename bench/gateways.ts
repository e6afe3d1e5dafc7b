import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { ask, type Target } from './load.ts';
import { GATEWAY_CORE, startOn, type Command, type Started } from './process.ts';
import { SUBGRAPHS } from './workload/schemas.ts';

export const ROOT = join(import.meta.dirname, '..');
/** The Node that the project brings, for all that are written in JavaScript. */
export const NODE = join(ROOT, 'node_modules/.bin/node');
const peer = (name: string): string => join(import.meta.dirname, 'peers', name);

/** What a gateway is started with. */
export interface Setting {
  readonly port: number;
  readonly supergraph: string;
  readonly subgraphUrl: (name: string) => string;
  readonly jwksUrl: string;
  /** Folder for files that only this run needs. */
  readonly workDir: string;
}

/** A gateway of the comparison. Add one to `GATEWAYS`, with a folder in `peers/` where it is not ours. */
export interface Gateway {
  readonly name: string;
  readonly title: string;
  /** Folder in `peers/` whose packages it is made of. */
  readonly peer?: string;
  /** It asks for a token. */
  readonly isAuthenticated?: boolean;
  /** It reads the header by which our own subgraphs vouch for their answers. */
  readonly readsVouching?: boolean;
  /** Only run where it is asked for by name. */
  readonly isExtra?: boolean;
  command(setting: Setting): Command;
}

/** Every request is measured and counted, and none refused: one client sends more than any real one, pages of a thousand, and opens more connections. */
const UNLIMITED = { VSS_MAX_COST: '1000000000', VSS_MAX_PAGE: '1000000', VSS_CONNECTIONS_PER_USER: '1000000', VSS_RATE_LIMITS: `default=${10 ** 15}/${10 ** 12}` };

const ours = (setting: Setting, env: Record<string, string>): Command => ({
  argv: [NODE, 'gateway/dist/main.js'],
  cwd: ROOT,
  env: { VSS_SUPERGRAPH: setting.supergraph, VSS_PORT: String(setting.port), ...UNLIMITED, ...env },
});
const hive = (config: string) => ({ supergraph, port }: Setting): Command => ({
  argv: [NODE, 'node_modules/.bin/hive-gateway', 'supergraph', supergraph, '-c', config, '-p', String(port), '-h', '127.0.0.1'],
  cwd: peer('hive'),
});

export const GATEWAYS: readonly Gateway[] = [
  { name: 'ours', title: 'VSS gateway', isAuthenticated: true, readsVouching: true, command: (setting) => ours(setting, { VSS_JWKS_URL: setting.jwksUrl }) },
  { name: 'ours-noauth', title: 'VSS gateway, `VSS_AUTH=off`', readsVouching: true, command: (setting) => ours(setting, { VSS_AUTH: 'off' }) },
  {
    name: 'apollo',
    title: 'Apollo Server + @apollo/gateway',
    peer: 'apollo',
    command: ({ supergraph, port }) => ({ argv: [NODE, 'server.mjs'], cwd: peer('apollo'), env: { SUPERGRAPH: supergraph, PORT: String(port), APOLLO_TELEMETRY_DISABLED: 'true' } }),
  },
  { name: 'hive', title: 'Hive Gateway', peer: 'hive', command: hive('gateway.config.ts') },
  { name: 'hive-rust', title: 'Hive Gateway, Rust planner', peer: 'hive', command: hive('rust.config.ts') },
  { name: 'grafbase', title: 'Grafbase (Rust)', peer: 'grafbase', command: grafbase },
  { name: 'mercurius', title: 'Mercurius, JIT', peer: 'mercurius', isExtra: true, command: mercurius },
];

const LINK = 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key", "@external", "@requires", "@provides"])';

function grafbase({ port, subgraphUrl, workDir }: Setting): Command {
  const dir = join(workDir, 'grafbase');
  mkdirSync(dir, { recursive: true });
  const sections = Object.entries(SUBGRAPHS).map(([name, sdl]) => {
    writeFileSync(join(dir, `${name}.graphql`), LINK + sdl);
    return `[subgraphs.${name}]\nurl = "${subgraphUrl(name)}"\nschema_path = "./${name}.graphql"\n`;
  });
  writeFileSync(join(dir, 'grafbase.toml'), `[graph]\nintrospection = true\n${sections.join('')}`);
  const binary = join(peer('grafbase'), 'node_modules/@grafbase/cli-x86_64-unknown-linux-musl/grafbase');
  return { argv: [binary, '--home', join(dir, 'home'), 'dev', '-c', 'grafbase.toml', '--listen-address', `127.0.0.1:${port}`], cwd: dir };
}

function mercurius({ port, subgraphUrl, workDir }: Setting): Command {
  // Federation 1: who does not own a type extends it.
  const extended = (sdl: string): string => sdl.replace(/type (User|Product) @key\(fields: "(\w+)"\) \{ \w+: (\w+!)/g, 'extend type $1 @key(fields: "$2") { $2: $3 @external');
  const schemaOf = (name: string, sdl: string): string => (['inventory', 'reviews'].includes(name) ? extended(sdl) : sdl).replace('type Query', 'extend type Query');
  const services = Object.entries(SUBGRAPHS).map(([name, sdl]) => ({ name, url: subgraphUrl(name), schema: schemaOf(name, sdl) }));
  const file = join(workDir, 'mercurius.json');
  writeFileSync(file, JSON.stringify(services));
  return { argv: [NODE, 'server.mjs'], cwd: peer('mercurius'), env: { SUBGRAPHS: file, PORT: String(port) } };
}

/** The packages that it is made of, at exact versions, as its package.json pins them. */
function pinsOf({ peer: folder }: Gateway): [name: string, version: string][] {
  if (!folder) return [];
  const { dependencies } = JSON.parse(readFileSync(join(peer(folder), 'package.json'), 'utf8')) as { dependencies: Record<string, string> };
  return Object.entries(dependencies);
}

export const versionsOf = (gateway: Gateway): string =>
  pinsOf(gateway)
    .filter(([name]) => name !== 'graphql')
    .map(([name, version]) => `${name} ${version}`)
    .join(', ') || 'this commit';

/** What is pinned is what is there, not something older. */
export function isInstalled(gateway: Gateway): boolean {
  return pinsOf(gateway).every(([name, version]) => {
    const manifest = join(peer(gateway.peer ?? ''), 'node_modules', name, 'package.json');
    return existsSync(manifest) && (JSON.parse(readFileSync(manifest, 'utf8')) as { version: string }).version === version;
  });
}

export const peerFolder = ({ peer: folder }: Gateway): string | undefined => folder && peer(folder);

export interface RunningGateway extends Target {
  readonly process: Started;
  /** From the start of the process to its first right answer. */
  readonly coldMs: number;
}

const UP_MS = 40_000;
const POLL_MS = 3;

/** Starts a gateway and waits for its first answer. */
export async function startGateway(gateway: Gateway, setting: Omit<Setting, 'port'>, { token, first }: { token: string; first: string }): Promise<RunningGateway> {
  const port = await freePort();
  const command = gateway.command({ ...setting, port });
  const target = { url: `http://127.0.0.1:${port}/graphql`, token: gateway.isAuthenticated ? token : undefined };
  const startedAt = performance.now();
  const log = join(setting.workDir, 'logs', `${gateway.name}.log`);
  const started = startOn(GATEWAY_CORE, command, log);
  for (;;) {
    const answer = await ask(target, first).catch(() => undefined);
    if (answer?.status === 200 && !answer.body.includes('"errors"')) return { ...target, process: started, coldMs: performance.now() - startedAt };
    if (started.exited() || performance.now() - startedAt > UP_MS) {
      started.stop();
      throw new Error(`${gateway.name} does not answer: ${answer?.body.slice(0, 300) ?? ''} ${started.output().slice(-300)} (${log})`);
    }
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}
