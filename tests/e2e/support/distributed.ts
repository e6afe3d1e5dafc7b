import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { VssClient, UserCreateDocument } from '@vss/sdk';
import { generateSigningKey } from '@vss/auth';
import { startEmbeddedPostgres } from '@vss/db';
import { sipPasswordOf } from '@vss/hub-runner';
import { silentLogger } from '@vss/runtime';
import { startRabbitMq, type RabbitMq } from '../../services/rabbitmq.ts';
import { freePort } from '../../services/service.ts';
import { askOver, PASSWORD, type Platform } from './platform.js';
import { ROOT, startProcess, type RunningProcess } from './process.js';
import { until } from './until.js';

const SUBGRAPHS = ['identity', 'telephony', 'devices', 'crm', 'operations'] as const;
type SubgraphName = (typeof SUBGRAPHS)[number];

/** The platform as it is run for real: each part a process of its own, over RabbitMQ and PostgreSQL. */
export interface Distributed extends Omit<Platform, keyof RunningProcess | 'dataDir'> {
  readonly centerId: string;
  readonly processes: Readonly<Record<SubgraphName | 'gateway', RunningProcess>>;
  readonly rabbit: RabbitMq;
  /** A new process in place of one that was killed: the same settings, the same address. Resolves when it is ready. */
  restart(name: SubgraphName | 'gateway'): Promise<void>;
  /** Starts a hub-runner; its settings are added to those of every runner. */
  startRunner(env: Record<string, string>): Promise<RunningProcess>;
  sipPassword(slotNumber: string): string;
  /** Everything that was printed, for a failed test. */
  output(): string;
  stop(): Promise<void>;
}

/** `subgraphs`: those that are run, where not all are needed; nobody answers for the others. */
export async function startDistributed({ subgraphs = SUBGRAPHS }: { subgraphs?: readonly SubgraphName[] } = {}): Promise<Distributed> {
  const folder = await mkdtemp(join(tmpdir(), 'vss-many-'));
  const ends: (() => Promise<unknown>)[] = [() => rm(folder, { recursive: true, force: true })];
  const stop = async (): Promise<void> => {
    for (const end of ends.splice(0).toReversed()) await end();
  };
  try {
    const platform = await startAll(folder, ends, subgraphs);
    return { ...platform, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function startAll(folder: string, ends: (() => Promise<unknown>)[], subgraphs: readonly SubgraphName[]): Promise<Omit<Distributed, 'stop'>> {
  const databasePort = await freePort();
  const postgres = await startEmbeddedPostgres({ dataDir: join(folder, 'postgres'), logger: silentLogger, fsync: false, tcpPort: databasePort });
  ends.push(() => postgres.stop());
  const rabbit = await startRabbitMq();
  ends.push(() => rabbit.stop());
  const secrets = await writeSecrets(join(folder, 'secrets'));
  const shared = { DATABASE_URL: postgres.tcp?.url ?? '', AMQP_URL: rabbit.url, VSS_LOG_LEVEL: 'warn' };

  const setup = startProcess(process.execPath, [join(ROOT, 'standalone/dist/setup.js')], { ...shared, VSS_ADMIN_PASSWORD: PASSWORD });
  const [, centerId = ''] = await setup.printed(/Center (ctr_\w+) is ready/);
  await setup.exited;

  const gatewayPort = await freePort();
  const ports = Object.fromEntries(await Promise.all(SUBGRAPHS.map(async (name) => [name, await freePort()] as const))) as Record<SubgraphName, number>;
  const printed: { name: string; running: RunningProcess }[] = [];
  const start = (name: string, main: string, env: Record<string, string>): RunningProcess => {
    const running = startProcess(process.execPath, ['--enable-source-maps', join(ROOT, main)], { VSS_LOG_LEVEL: 'warn', ...env });
    printed.push({ name, running });
    ends.push(() => running.stop());
    return running;
  };
  const startSubgraph = (name: SubgraphName): RunningProcess =>
    start(name, `subgraphs/${name}/dist/main.js`, {
      ...shared,
      VSS_PORT: String(ports[name]),
      VSS_GATEWAY_JWKS_URL: `http://127.0.0.1:${gatewayPort}/.well-known/gateway-jwks.json`,
      VSS_IDENTITY_SECRET_FILE: secrets.identitySecret,
      VSS_SECURE_COOKIE: 'off',
      VSS_CENTER_ID: centerId,
      VSS_WRAP_UP_MS: '500',
    });
  const startGateway = (): RunningProcess =>
    start('gateway', 'gateway/dist/main.js', {
      AMQP_URL: rabbit.url,
      VSS_PORT: String(gatewayPort),
      VSS_SUPERGRAPH: join(ROOT, 'schema/supergraph.graphql'),
      VSS_SUBGRAPH_URLS: SUBGRAPHS.map((name) => `${name}=http://127.0.0.1:${ports[name]}/graphql`).join(','),
      VSS_JWKS_URL: `http://127.0.0.1:${ports.identity}/.well-known/jwks.json`,
      VSS_GATEWAY_KEY_FILE: secrets.gatewayKey,
    });
  const startOne = async (name: SubgraphName | 'gateway'): Promise<RunningProcess> => {
    const running = name === 'gateway' ? startGateway() : startSubgraph(name);
    await running.printed(/ready at/);
    return running;
  };
  const processes = Object.fromEntries(
    await Promise.all([...subgraphs, 'gateway' as const].map(async (name) => [name, await startOne(name)] as const)),
  ) as Record<SubgraphName | 'gateway', RunningProcess>;

  const origin = `http://127.0.0.1:${gatewayPort}`;
  // It has the keys of access tokens: while identity was not there yet it may have asked for them in vain.
  await until(async () => ((await fetch(`${origin}/health/ready`)).ok ? true : undefined), 'a gateway that is ready');
  const platform = {
    origin,
    centerId,
    rabbit,
    processes,
    async restart(name: SubgraphName | 'gateway') {
      processes[name] = await startOne(name);
    },
    sipPassword: (slotNumber: string) => sipPasswordOf(secrets.sip, slotNumber),
    output: () => printed.map(({ name, running }) => `--- ${name} (${running.pid})\n${running.output()}`).join('\n'),
    async startRunner(env: Record<string, string>) {
      return start('runner', 'hub-runner/dist/main.js', {
        AMQP_URL: rabbit.url,
        VSS_CENTER_ID: centerId,
        VSS_DATA_DIR: join(folder, 'runner'),
        VSS_SIP_SECRET_FILE: secrets.sipFile,
        VSS_HUB_PORT: '0',
        ...env,
      });
    },
    async as(username: string, password = PASSWORD) {
      const client = new VssClient({ url: `${origin}/graphql` });
      await client.login(username, password);
      return client;
    },
    ask: askOver(`${origin}/graphql`),
  };
  await makeUsers(platform);
  return platform;
}

async function writeSecrets(folder: string) {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const write = async (name: string, text: string): Promise<string> => {
    const path = join(folder, name);
    await writeFile(path, text, { mode: 0o600 });
    return path;
  };
  const secret = (): string => randomBytes(32).toString('base64url');
  const sip = secret();
  return {
    sip,
    sipFile: await write('sip', sip),
    gatewayKey: await write('gateway.jwk', JSON.stringify((await generateSigningKey()).privateJwk)),
    identitySecret: await write('identity', secret()),
  };
}

async function makeUsers(platform: Pick<Platform, 'as'>): Promise<void> {
  const admin = await until(() => platform.as('admin').catch(() => undefined), 'a sign-in as admin');
  for (const role of ['operator', 'seller', 'supervisor']) {
    const { userCreate } = await admin.request(UserCreateDocument, { input: { username: role, password: PASSWORD, email: `${role}@example.com`, role } });
    if (userCreate.userErrors[0]) throw new Error(userCreate.userErrors[0].message);
  }
}
