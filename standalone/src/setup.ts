import { randomBytes } from 'node:crypto';
import { createCrm } from '@vss/crm';
import { createDevices } from '@vss/devices';
import { createInProcessBroker, createRabbitBroker, type Broker } from '@vss/events';
import { createIdentity } from '@vss/identity';
import { migrate } from '@vss/db';
import { createOperations } from '@vss/operations';
import { AppError, createLogger, loadConfig, messageOf, StartError, type Logger } from '@vss/runtime';
import { createTelephony } from '@vss/telephony';
import { setupSettings } from './config.js';
import { allMigrations } from './migrations.js';

/**
 * `npm run setup`: makes a new installation of many processes usable: schema, first center, first administrator. May be
 * run again. What it tells other subgraphs waits in the outbox for the processes to come; with AMQP_URL it also declares
 * their queues.
 */
try {
  const { DATABASE_URL, AMQP_URL, VSS_ADMIN_PASSWORD, VSS_CENTER_NAME, VSS_CENTER_TIME_ZONE, VSS_LOG_LEVEL } = loadConfig(setupSettings, process.env);
  const logger = createLogger('setup', VSS_LOG_LEVEL);
  const target = { url: DATABASE_URL };
  await migrate({ target, migrations: [...allMigrations], logger });
  const broker = AMQP_URL ? await openMuteBroker(AMQP_URL, logger) : createInProcessBroker({ logger, open: false });
  const operations = await createOperations({ target, broker, logger });
  // Nobody signs in here: of what the installation's secret is for, nothing is done.
  const identity = await createIdentity({ target, broker, logger, settings: { secret: randomBytes(32).toString('base64url') } });
  const centerId = await operations.ensureDefaultCenter({ name: VSS_CENTER_NAME, timeZone: VSS_CENTER_TIME_ZONE });
  await identity.ensureUsers([{ username: 'admin', password: VSS_ADMIN_PASSWORD, role: 'admin', displayName: 'Administrator', email: 'admin@example.com', centerId }]);
  const others = [await createTelephony({ target, broker, logger }), await createDevices({ target, broker, logger }), await createCrm({ target, broker, logger })];
  const subgraphs = [identity, operations, ...others];
  // Each declares its queues as it starts.
  if (AMQP_URL) for (const subgraph of subgraphs) await subgraph.start();
  await Promise.all(subgraphs.map((subgraph) => subgraph.stop()));
  await broker.close();
  process.stdout.write(`Center ${centerId} is ready; sign in as admin\n`);
} catch (error) {
  process.stderr.write(`${error instanceof StartError ? error.message : `The setup failed: ${messageOf(error)}`}\n`);
  process.exitCode = 1;
}

/**
 * RabbitMQ keeps an event only for those whose queues it knows by then. So all queues are declared here, and nothing is
 * published before they are: the first process to start does not speak past the others.
 */
async function openMuteBroker(url: string, logger: Logger): Promise<Broker> {
  const broker = await createRabbitBroker({ url, logger });
  return { ...broker, publish: () => Promise.reject(new AppError('UNAVAILABLE', 'The setup publishes nothing')) };
}
