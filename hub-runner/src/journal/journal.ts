import { createHash } from 'node:crypto';
import { open, mkdir, readFile, rename, type FileHandle } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { once } from 'node:events';
import { join, resolve } from 'node:path';
import { messageOf, StartError, systemNow, type Logger, type Now } from '@vss/runtime';
import { formatLine, parseJournal } from './line.js';
import { apply, recordsOf, type JournalRecord, type JournalState } from './state.js';

export interface Journal {
  /** What has been written, and nothing else. */
  readonly state: Readonly<JournalState>;
  /** Resolves once the records are on the disk, all of them or, on rejection, none. */
  append(...records: JournalRecord[]): Promise<void>;
  close(): Promise<void>;
}

/** Written anew when it is larger than this, and has doubled since: what is open may be as large by itself. */
const COMPACT_ABOVE_BYTES = 8_000_000;

/**
 * Opens the journal of one hub, alone. Writers that come while the disk is busy share the next fsync, so many slots
 * cost hardly more than one.
 */
export async function openJournal(deps: { dir: string; logger: Logger; now?: Now; compactAboveBytes?: number }): Promise<Journal> {
  const { dir, logger, now = systemNow, compactAboveBytes = COMPACT_ABOVE_BYTES } = deps;
  const file = join(dir, 'journal.jsonl');
  const lock = await prepare(dir);
  const state = await load(file).catch((error: unknown) => {
    lock.close();
    throw error instanceof StartError ? new StartError(`${file}: ${error.message}`) : error;
  });
  let { handle, size } = await rewrite(file, state, now());
  let compactedBytes = size;
  let waiting: Waiting[] = [];
  let writing: Promise<void> | undefined;

  async function writeAll(): Promise<void> {
    while (waiting.length > 0) {
      const batch = waiting;
      waiting = [];
      try {
        // One line for all of them: a line counts whole or not at all, whatever a power cut leaves of the write.
        await writeBatch(formatLine(batch.flatMap(({ records }) => records)));
        for (const { records, done } of batch) {
          for (const record of records) apply(state, record);
          done.resolve();
        }
      } catch (error) {
        logger.error({ err: error }, `The journal cannot be written: ${messageOf(error)}`);
        for (const { done } of batch) done.reject(error);
      }
    }
    writing = undefined;
  }

  async function writeBatch(text: string): Promise<void> {
    if (size > Math.max(compactAboveBytes, 2 * compactedBytes)) {
      const old = handle;
      ({ handle, size } = await rewrite(file, state, now()));
      compactedBytes = size;
      await old.close();
    }
    try {
      await writeWhole(handle, text, size);
      await handle.datasync();
      size += Buffer.byteLength(text);
    } catch (error) {
      // A disk that is full takes half a line; the next one must not be glued to it.
      await handle.truncate(size).catch(() => undefined);
      throw error;
    }
  }

  return {
    state,
    append(...records) {
      const done = Promise.withResolvers<void>();
      waiting.push({ records, done });
      // A tick later, so that all that is appended within one turn shares one write.
      writing ??= Promise.resolve().then(writeAll);
      return done.promise;
    },
    async close() {
      await writing;
      await handle.close();
      lock.close();
    },
  };
}

interface Waiting {
  records: readonly JournalRecord[];
  done: PromiseWithResolvers<void>;
}

/** Makes the folder and takes it for this process. The lock is a socket without a file: it goes with the process, however that ends. */
async function prepare(dir: string): Promise<Server> {
  try {
    await mkdir(dir, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw new StartError(`The journal folder ${dir} cannot be made: ${messageOf(error)}`);
  }
  const name = createHash('sha256').update(resolve(dir)).digest('hex').slice(0, 32);
  const lock = createServer().unref();
  lock.listen(`\0vss-hub-runner-${name}`);
  try {
    await once(lock, 'listening');
  } catch (cause) {
    throw new StartError(`The journal folder ${dir} is in use by another runner`, { cause });
  }
  return lock;
}

/** A disk that becomes full cuts a write short without an error: only the next one fails. */
async function writeWhole(handle: FileHandle, text: string, position: number): Promise<void> {
  const bytes = Buffer.from(text);
  for (let written = 0; written < bytes.length; )
    written += (await handle.write(bytes, written, bytes.length - written, position + written)).bytesWritten;
}

async function load(file: string): Promise<JournalState> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw new StartError(`cannot be read: ${messageOf(error)}`);
    text = '';
  }
  return parseJournal(text);
}

/** Writes the state beside the old file and puts it in its place, so that at every instant one whole file is there. */
async function rewrite(file: string, state: JournalState, at: Date): Promise<{ handle: FileHandle; size: number }> {
  const records = recordsOf(state, at);
  const text = records.map((record) => formatLine([record])).join('');
  const next = `${file}.next`;
  const handle = await open(next, 'w', 0o600);
  try {
    await writeWhole(handle, text, 0);
    await handle.datasync();
    await rename(next, file);
    const folder = await open(join(file, '..'), 'r');
    try {
      await folder.sync();
    } finally {
      await folder.close();
    }
  } catch (error) {
    await handle.close();
    throw new StartError(`The journal ${file} cannot be written: ${messageOf(error)}`);
  }
  for (const [id, entry] of state.commands) if (entry.phase === 'DONE' && Date.parse(entry.forgetAfter) <= at.getTime()) state.commands.delete(id);
  return { handle, size: Buffer.byteLength(text) };
}
