import type { EntityManager } from '@vss/db';
import { messageOf, systemNow, type Logger, type Now } from '@vss/runtime';
import { deleteTokensOfEnded } from './session.queries.js';
import type { SessionService } from './session.service.js';
import { forgetAttemptsBefore } from './throttle.queries.js';
import { FORGOTTEN_AFTER_S } from './throttle.rules.js';

const EVERY_MS = 60_000;
const KEEP_TOKENS_MS = 7 * 24 * 3600 * 1000;
const BATCH = 200;

interface Deps {
  readonly sessions: SessionService;
  readonly openEm: () => EntityManager;
  readonly logger: Logger;
  readonly now?: Now;
}

/** Ends sessions whose time is over and forgets what has become of no use. Runs in every process; they do not mind each other. */
export function createHousekeeping({ sessions, openEm, logger, now = systemNow }: Deps) {
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> | undefined;

  async function run(): Promise<void> {
    while ((await sessions.endExpired(BATCH)) === BATCH);
    const em = openEm();
    await forgetAttemptsBefore(em, new Date(now().getTime() - FORGOTTEN_AFTER_S * 1000));
    await deleteTokensOfEnded(em, new Date(now().getTime() - KEEP_TOKENS_MS));
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
