import { createInProcessBroker } from '@vss/events';
import { createIdentity } from '@vss/identity';
import { generateSigningKey } from '@vss/auth';
import { migrate } from '@vss/db';
import { createOperations } from '@vss/operations';
import { createLogger, loadConfig, messageOf, StartError } from '@vss/runtime';
import { setupSettings } from './config.js';
import { allMigrations } from './migrations.js';

/**
 * `npm run setup`: makes a new installation of many processes usable: schema, first center, first administrator. May be
 * run again. What it tells other subgraphs waits in the outbox for the processes to come.
 */
try {
  const { DATABASE_URL, VSS_ADMIN_PASSWORD, VSS_CENTER_NAME, VSS_TIME_ZONE, VSS_LOG_LEVEL } = loadConfig(setupSettings, process.env);
  const logger = createLogger('setup', VSS_LOG_LEVEL);
  const target = { url: DATABASE_URL };
  await migrate({ target, migrations: [...allMigrations], logger });
  const broker = createInProcessBroker({ logger, open: false });
  const operations = await createOperations({ target, broker, logger });
  // Nobody signs in here: identity needs keys to be built, and signs nothing with these.
  const { privateJwk } = await generateSigningKey();
  const identity = await createIdentity({ target, broker, logger, settings: { signingKey: privateJwk, refreshSecret: privateJwk.d ?? '' } });
  const centerId = await operations.ensureDefaultCenter({ name: VSS_CENTER_NAME, timeZone: VSS_TIME_ZONE });
  await identity.ensureUsers([{ username: 'admin', password: VSS_ADMIN_PASSWORD, role: 'admin', displayName: 'Administrator', email: 'admin@example.com', centerId }]);
  await Promise.all([identity.stop(), operations.stop()]);
  await broker.close();
  process.stdout.write(`Center ${centerId} is ready; sign in as admin\n`);
} catch (error) {
  process.stderr.write(`${error instanceof StartError ? error.message : `The setup failed: ${messageOf(error)}`}\n`);
  process.exitCode = 1;
}
