import { createServer } from 'node:http';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { once } from 'node:events';
import { join } from 'node:path';
import { createRabbitBroker } from '@vss/events';
import { createExposition, createLifecycle, createLogger, createMetrics, loadConfig, messageOf, newId, sendMetrics, startTelemetry, StartError, stopOnSignals, type Exposition, type Logger } from '@vss/runtime';
import { parseDeviceFile } from './adapters/static-phones/index.js';
import type { SshSettings } from './adapters/ssh/index.js';
import { createHubRunner, type HubRunner } from './app.js';
import { hubRunnerConfig, type HubRunnerConfig } from './config.js';
import type { HubPorts } from './ports/index.js';
import { createSimulatedHub } from './simulated/hub.js';
import { sipPasswordOf } from './slots/sip-password.js';

async function main(): Promise<void> {
  const config = loadConfig(hubRunnerConfig, process.env);
  const logger = createLogger('hub-runner', config.VSS_LOG_LEVEL);
  const lifecycle = createLifecycle({ logger });
  stopOnSignals(lifecycle, logger, process);
  await startTelemetry({ settings: config, serviceName: 'vss-hub-runner', lifecycle, logger });
  const secret = await readSecret(config.VSS_SIP_SECRET_FILE);
  const hubId = config.VSS_HUB_ID ?? (await keptHubId(config.VSS_DATA_DIR));
  const broker = await createRabbitBroker({ url: config.AMQP_URL, logger });
  lifecycle.onStop('the broker', () => broker.close());
  const metrics = createMetrics();
  const runner = await createHubRunner({
    hubId,
    centerId: config.VSS_CENTER_ID,
    name: config.VSS_HUB_NAME,
    broker,
    ports: await portsOf(config, logger),
    journalDir: join(config.VSS_DATA_DIR, 'hub-runner', hubId),
    sipPassword: (slotNumber) => sipPasswordOf(secret, slotNumber),
    logger,
    metrics,
  });
  lifecycle.onStop('the runner', () => runner.stop());
  await serveHealth(config, runner, createExposition(metrics), (name, stop) => lifecycle.onStop(name, stop));
  await runner.start();
  logger.info({ hubId }, 'The hub-runner is ready');
}

async function portsOf(config: HubRunnerConfig, logger: Logger): Promise<HubPorts> {
  if (config.VSS_HUB === 'simulated') {
    const faultEveryMs = config.VSS_SIM_FAULT_EVERY_S * 1_000 || null;
    return createSimulatedHub({ seed: config.VSS_SIM_SEED, speed: config.VSS_SIM_SPEED, faultEveryMs });
  }
  const ssh = await sshOf(config);
  // Its clients are slow to load, and a simulated hub needs none of them.
  const { createRealHub } = await import('./real-hub.js');
  return createRealHub({
    asterisk: {
      url: config.VSS_ARI_URL,
      user: config.VSS_ARI_USER,
      password: config.VSS_ARI_PASSWORD,
      app: config.VSS_ARI_APP,
      slotEndpoint: config.VSS_ARI_SLOT_ENDPOINT,
      trunkEndpoint: config.VSS_ARI_TRUNK_ENDPOINT,
    },
    kamailio: { rpcUrl: config.VSS_KAMAILIO_URL, token: config.VSS_KAMAILIO_TOKEN, realm: config.VSS_KAMAILIO_REALM },
    devices: parseDeviceFile(await readText(config.VSS_DEVICE_FILE)),
    ...(ssh ? { ssh } : {}),
    logger,
  });
}

async function sshOf(config: Extract<HubRunnerConfig, { VSS_HUB: 'real' }>): Promise<SshSettings | undefined> {
  const [, user = '', host = '', port = ''] = /^(.+)@(.+):(\d+)$/.exec(config.VSS_SSH_TARGET ?? '') ?? [];
  if (!host) return undefined;
  if (!config.VSS_SSH_KEY_FILE || !config.VSS_SSH_HOST_KEY) throw new StartError('VSS_SSH_TARGET needs VSS_SSH_KEY_FILE and VSS_SSH_HOST_KEY');
  return { user, host, port: Number(port), privateKey: await readText(config.VSS_SSH_KEY_FILE), hostKey: config.VSS_SSH_HOST_KEY };
}

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw new StartError(`${file} cannot be read: ${messageOf(error)}`);
  }
}

async function readSecret(file: string): Promise<string> {
  const secret = (await readText(file)).trim();
  if (secret.length < 32) throw new StartError(`${file} must hold at least 32 characters`);
  return secret;
}

/** The hub keeps its id for as long as it keeps its data. */
async function keptHubId(dataDir: string): Promise<string> {
  const file = join(dataDir, 'hub-id');
  try {
    await mkdir(dataDir, { recursive: true, mode: 0o700 });
    await writeFile(file, newId('hub'), { flag: 'wx', mode: 0o600 });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw new StartError(`The data folder ${dataDir} cannot be used: ${messageOf(error)}`);
  }
  return (await readText(file)).trim();
}

async function serveHealth(config: HubRunnerConfig, runner: HubRunner, exposition: Exposition, onStop: (name: string, stop: () => Promise<void> | void) => void): Promise<void> {
  const server = createServer((request, response) => {
    const isLive = request.url === '/health/live';
    const isReady = request.url === '/health/ready' && runner.isReady();
    if (request.url === '/metrics') void sendMetrics(exposition, response);
    else response.writeHead(isLive || isReady ? 200 : request.url === '/health/ready' ? 503 : 404).end();
  });
  server.listen(config.VSS_HUB_PORT, config.VSS_HUB_HOST);
  try {
    await once(server, 'listening');
  } catch (error) {
    throw new StartError(`${config.VSS_HUB_HOST}:${config.VSS_HUB_PORT} cannot be used: ${messageOf(error)}`);
  }
  onStop('the health address', () => {
    server.close();
    server.closeAllConnections();
  });
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof StartError ? error.message : String((error as Error).stack ?? error)}\n`);
  process.exit(1);
});
