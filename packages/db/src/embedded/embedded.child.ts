// Run by the tests as a process of its own: starts a PostgreSQL, says so, and stays until it is ended.
import { silentLogger, messageOf } from '@vss/runtime';
import { startEmbeddedPostgres } from './postgres.js';

const { dataDir } = JSON.parse(process.argv[2] ?? '{}') as { dataDir: string };
const warnings: string[] = [];
const logger = { ...silentLogger, warn: (first: unknown, text?: string) => void warnings.push(text ?? String(first)), child: () => logger } as typeof silentLogger;
try {
  const startedAt = performance.now();
  const server = await startEmbeddedPostgres({ dataDir, logger, fsync: false });
  console.log(`started ${JSON.stringify({ pid: server.pid, ms: Math.round(performance.now() - startedAt), connection: server.connection, warnings })}`);
  process.on('SIGTERM', () => void server.stop().then(() => process.exit(0)));
  setInterval(() => undefined, 60_000);
} catch (error) {
  console.log(`failed ${JSON.stringify({ name: (error as Error).name, message: messageOf(error) })}`);
}
