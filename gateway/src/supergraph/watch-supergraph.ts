import { watch, type FSWatcher } from 'node:fs';
import { dirname } from 'node:path';
import { messageOf, StartError, type Logger } from '@vss/runtime';
import { fingerprint, type SupergraphReader } from './read-supergraph.js';

export interface WatchOptions {
  readonly reader: SupergraphReader;
  /** How often an address is asked, and a file is looked at that does not tell of its changes (network file systems). */
  readonly pollMs: number;
  readonly onText: (sdl: string) => Promise<unknown>;
  readonly logger: Logger;
}

export interface SupergraphWatch {
  stop(): void;
}

/** A file must not have changed for so long: whoever writes it in place is then done. */
const SETTLED_MS = 50;

/** Reads the supergraph again whenever it changes. What cannot be read is told once and changes nothing. */
export function watchSupergraph({ reader, pollMs, onText, logger }: WatchOptions): SupergraphWatch {
  let isStopped = false;
  let next: { readonly at: number; readonly timer: NodeJS.Timeout } | undefined;
  let isLooking = false;
  let lastFailure = '';
  let seen = '';

  async function look(): Promise<void> {
    try {
      if (reader.file && !(await isSettled(reader.file))) return again(SETTLED_MS);
      const sdl = await reader.read();
      if (sdl !== undefined && !isStopped) await onText(sdl);
      lastFailure = '';
    } catch (error) {
      const failure = error instanceof StartError ? error.message : `The supergraph ${reader.location} cannot be read: ${messageOf(error)}`;
      if (failure !== lastFailure) logger.warn(`${failure}; the one in use stays`);
      lastFailure = failure;
    }
    again(pollMs);
  }

  async function isSettled(file: string): Promise<boolean> {
    const now = await fingerprint(file);
    const isSame = now === seen;
    seen = now;
    return isSame;
  }

  /** Looks again after so long, or earlier where that is settled already. */
  function again(ms: number): void {
    const at = performance.now() + ms;
    if (isStopped || (next && next.at <= at)) return;
    clearTimeout(next?.timer);
    next = { at, timer: setTimeout(onTime, ms).unref() };
  }

  function onTime(): void {
    next = undefined;
    if (isLooking) return again(SETTLED_MS);
    isLooking = true;
    void look().finally(() => (isLooking = false));
  }

  // The folder, not the file: a file that is replaced by another is a different one to the system.
  const watcher = reader.file ? watchFolder(dirname(reader.file), () => again(SETTLED_MS), logger) : undefined;
  again(reader.file ? SETTLED_MS : pollMs);
  return {
    stop() {
      isStopped = true;
      clearTimeout(next?.timer);
      watcher?.close();
    },
  };
}

function watchFolder(folder: string, onChange: () => void, logger: Logger): FSWatcher | undefined {
  try {
    const watcher = watch(folder, { persistent: false }, onChange);
    watcher.on('error', (error) => logger.warn({ err: error }, `The folder of the supergraph is no longer watched, only looked at: ${error.message}`));
    return watcher;
  } catch (error) {
    logger.warn({ err: error }, `The folder of the supergraph cannot be watched, only looked at: ${messageOf(error)}`);
    return undefined;
  }
}
