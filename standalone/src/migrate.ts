import { migrate } from '@vss/db';
import { createLogger, loadConfig, messageOf, StartError } from '@vss/runtime';
import { allMigrations } from './migrations.js';
import { migrateSettings } from './config.js';

/** `npm run migrate`: brings the database of DATABASE_URL up to date and ends. */
try {
  const { DATABASE_URL, VSS_LOG_LEVEL } = loadConfig(migrateSettings, process.env);
  await migrate({ target: { url: DATABASE_URL }, migrations: [...allMigrations], logger: createLogger('migrate', VSS_LOG_LEVEL) });
  process.stdout.write('The database is up to date\n');
} catch (error) {
  process.stderr.write(`${error instanceof StartError ? error.message : `The migration failed: ${messageOf(error)}`}\n`);
  process.exitCode = 1;
}
