import type { EntityManager } from '@vss/db';
import { messageOf, systemNow, type Logger, type Now } from '@vss/runtime';
import { deleteEndedSessions, deleteTokensOfEnded } from './session.queries.js';
import type { SessionService } from './session.service.js';

const EVERY_MS = 60_000;
const DAY_MS = 24 * 3600 * 1000;
const KEEP_TOKENS_MS = 7 * DAY_MS;
const KEEP_SESSIONS_MS = 90 * DAY_MS;
const BATCH = 200;

interface Deps {
  readonly sessions: SessionService;
  readonly openEm: () => EntityManager;
  /** What other features have to tidy up, at the same time. */
  readonly others: readonly ((em: EntityManager, at: Date) => Promise<unknown>)[];
  readonly logger: Logger;
  readonly now?: Now;
}

/** Ends sessions whose time is over and forgets what has become of no use. Runs in every process; they do not mind each other. */
export function createHousekeeping({ sessions, openEm, others, logger, now = systemNow }: Deps) {
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> | undefined;

  async function run(): Promise<void> {
    while ((await sessions.endExpired(BATCH)) === BATCH);
    await deleteTokensOfEnded(openEm(), new Date(now().getTime() - KEEP_TOKENS_MS));
    await deleteEndedSessions(openEm(), new Date(now().getTime() - KEEP_SESSIONS_MS));
    for (const tidy of others) await tidy(openEm(), now());
  }
  function runQuietly(): void {
    running ??= run()
      .catch((error: unknown) => logger.warn({ err: error }, `Housekeeping of sessions failed, tried again in a minute: ${messageOf(error)}`))
      .finally(() => (running = undefined));
  }
  return {
    run,
    start(): void {
      timer = setInterval(runQuietly, EVERY_MS).unref();
      runQuietly();
    },
    async stop(): Promise<void> {
      clearInterval(timer);
      await running;
    },
  };
}
