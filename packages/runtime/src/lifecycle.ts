import type { Logger } from './logger.js';
import { messageOf } from './errors.js';
import { withDeadline } from './time.js';

export interface Lifecycle {
  /** Aborted as soon as stopping begins. */
  readonly signal: AbortSignal;
  /** Registers what must be ended; the last registered is ended first. */
  onStop(name: string, stop: () => Promise<void> | void): void;
  /** Ends everything once; later calls wait for the first. Never rejects: what failed is logged. */
  stop(): Promise<void>;
}

export function createLifecycle({ logger, deadlineMs = 4_500 }: { logger: Logger; deadlineMs?: number }): Lifecycle {
  const stops: { name: string; stop: () => Promise<void> | void }[] = [];
  const controller = new AbortController();
  let stopping: Promise<void> | undefined;
  async function stopAll(): Promise<void> {
    controller.abort(new Error('the process is stopping'));
    for (const { name, stop } of stops.toReversed()) {
      try {
        await withDeadline(deadlineMs, `Stopping ${name}`, async () => stop());
      } catch (error) {
        logger.error({ err: error }, `${name} did not stop cleanly`);
      }
    }
  }
  return {
    signal: controller.signal,
    onStop: (name, stop) => void stops.push({ name, stop }),
    stop: () => (stopping ??= stopAll()),
  };
}

const REPEAT_WITHIN_MS = 1_000;

interface ProcessLike {
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- each event of a process has arguments of its own
  on(event: string, listener: (...args: any[]) => void): unknown;
  exit(code: number): void;
}

/**
 * Stops on SIGTERM, SIGINT and SIGHUP, then exits. Ctrl-C reaches a process twice within a millisecond (from the
 * terminal and from npm), so repeats within one second count as one; a later one exits at once.
 */
export function stopOnSignals(lifecycle: Lifecycle, logger: Logger, host: ProcessLike): void {
  let firstAt = 0;
  const stopAndExit = async (code: number): Promise<void> => {
    await lifecycle.stop();
    host.exit(code);
  };
  const onSignal = (): void => {
    const at = Date.now();
    if (firstAt === 0) {
      firstAt = at;
      void stopAndExit(0);
    } else if (at - firstAt > REPEAT_WITHIN_MS) host.exit(130);
  };
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) host.on(signal, onSignal);
  host.on('unhandledRejection', (error: unknown) => {
    logger.fatal({ err: error }, `Unhandled rejection: ${messageOf(error)}`);
    void stopAndExit(1);
  });
}
