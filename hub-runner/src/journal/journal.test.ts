import { execFile } from 'node:child_process';
import { appendFile, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execPath } from 'node:process';
import { promisify } from 'node:util';
import { afterEach, describe, expect, it } from 'vitest';
import { CommandStarted, type Message } from '@vss/events';
import { silentLogger } from '@vss/runtime';
import { sourceFlags } from '../testing/processes.js';
import { aCommand, aFolder } from '../testing/rig.js';
import { openJournal, type Journal } from './journal.js';
import { formatLine, parseJournal } from './line.js';

const cleanUps: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).toReversed()) await cleanUp();
});

async function aDir(): Promise<string> {
  const { dir, remove } = await aFolder();
  cleanUps.push(remove);
  return dir;
}
async function open(dir: string, compactAboveBytes?: number): Promise<Journal> {
  const journal = await openJournal({ dir, logger: silentLogger, ...(compactAboveBytes ? { compactAboveBytes } : {}) });
  cleanUps.push(() => journal.close().catch(() => undefined));
  return journal;
}
const aReport = (id: string): Message => aCommand(CommandStarted, { hubId: 'hub_1', slotId: 'slot_1' }, { id });
const fence = (token: number) => ({ kind: 'fence', slotId: 'slot_1', token }) as const;

describe('the journal', () => {
  it('knows after a restart what was written before', async () => {
    const dir = await aDir();
    const first = await open(dir);
    await Promise.all([first.append(fence(3)), first.append({ kind: 'report', message: aReport('msg_1') }), first.append({ kind: 'report', message: aReport('msg_2') })]);
    await first.append({ kind: 'report-sent', id: 'msg_1' });
    await first.close();
    const { state } = await open(dir);
    expect(state.fences.get('slot_1')).toBe(3);
    expect([...state.reports.keys()]).toEqual(['msg_2']);
  });

  it('never lets a fencing token fall', async () => {
    const journal = await open(await aDir());
    await journal.append(fence(5), fence(4));
    expect(journal.state.fences.get('slot_1')).toBe(5);
  });

  it('leaves out a last line that a crash has torn, wherever it was torn', async () => {
    const dir = await aDir();
    const first = await open(dir);
    await first.append(fence(1));
    await first.close();
    const line = formatLine([fence(2)]);
    for (const length of [1, 8, 9, line.length - 2, line.length - 1]) {
      await appendFile(join(dir, 'journal.jsonl'), line.slice(0, length));
      const journal = await open(dir);
      expect(journal.state.fences.get('slot_1')).toBe(1);
      await journal.append(fence(1));
      await journal.close();
    }
  });

  it('refuses to start when something in the middle is damaged: what is not known must not be guessed', async () => {
    const dir = await aDir();
    const file = join(dir, 'journal.jsonl');
    await writeFile(file, `${formatLine([fence(1)])}garbage\n${formatLine([fence(2)])}`);
    await expect(open(dir)).rejects.toThrow(/line 2 is damaged/);
    await writeFile(file, formatLine([fence(1)]));
    await open(dir);
  });

  it('takes a line whole or not at all', () => {
    const line = formatLine([fence(1), { kind: 'report', message: aReport('msg_1') }]);
    expect(parseJournal(line.slice(0, -3)).fences.size).toBe(0);
    const { fences, reports } = parseJournal(line);
    expect([fences.size, reports.size]).toEqual([1, 1]);
  });

  it('belongs to one runner at a time', async () => {
    const dir = await aDir();
    const first = await open(dir);
    await expect(open(dir)).rejects.toThrow(/in use by another runner/);
    await first.close();
    await open(dir);
  });

  it('stays small: what is over is left out, what is open is kept', async () => {
    const dir = await aDir();
    const journal = await open(dir, 10_000);
    for (let i = 0; i < 100; i += 1) {
      await journal.append({ kind: 'report', message: aReport(`msg_${i}`) });
      if (i > 0) await journal.append({ kind: 'report-sent', id: `msg_${i}` });
    }
    expect((await stat(join(dir, 'journal.jsonl'))).size).toBeLessThan(12_000);
    await journal.close();
    expect([...(await open(dir)).state.reports.keys()]).toEqual(['msg_0']);
  });

  it('is not written anew with every record when what is open is much', async () => {
    const dir = await aDir();
    const journal = await open(dir, 1_000);
    // Two files at a time: the next one never has the number of the last.
    let [rewrites, last] = [0, 0];
    for (let i = 0; i < 100; i += 1) {
      await journal.append({ kind: 'report', message: aReport(`msg_${i}`) });
      const { ino } = await stat(join(dir, 'journal.jsonl'));
      if (ino !== last) [rewrites, last] = [rewrites + 1, ino];
    }
    expect(rewrites).toBeLessThan(10);
    await journal.close();
    expect((await open(dir)).state.reports.size).toBe(100);
  });

  it('takes nothing that a full disk has room for in part only', async () => {
    const dir = await aDir();
    // The limit of a file's size stands for the disk: the write that reaches it is cut short and does not fail.
    const child = [execPath, ...sourceFlags, join(import.meta.dirname, '../testing/full-disk.ts'), dir];
    const { stdout } = await promisify(execFile)('sh', ['-c', 'ulimit -f 8 && exec "$@"', 'sh', ...child]);
    expect(Number(stdout)).toBeGreaterThan(3);
    expect((await open(dir)).state.reports.size).toBe(Number(stdout));
  });

  it('forgets a command long after its deadline, and not before', async () => {
    const dir = await aDir();
    const entry = (forgetAfter: string) => ({ message: aReport('msg_1'), phase: 'DONE', result: { status: 'SUCCEEDED' }, forgetAfter }) as const;
    const first = await open(dir);
    await first.append({ kind: 'command', id: 'cmd_old', entry: entry('2020-01-01T00:00:00.000Z') }, { kind: 'command', id: 'cmd_new', entry: entry('2999-01-01T00:00:00.000Z') });
    await first.close();
    expect([...(await open(dir)).state.commands.keys()]).toEqual(['cmd_new']);
  });

  it('is readable by its owner alone', async () => {
    const dir = await aDir();
    const journal = await open(dir);
    await journal.append(fence(1));
    expect((await stat(join(dir, 'journal.jsonl'))).mode & 0o077).toBe(0);
    expect(await readFile(join(dir, 'journal.jsonl'), 'utf8')).toMatch(/^[0-9a-f]{8} \[/);
  });
});
