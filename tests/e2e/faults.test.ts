import { spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { afterEach, describe, expect, it } from 'vitest';
import { CallDocument, CallEndDocument, CallsDocument, CallStartDocument, EventsDocument, SlotsDocument, type VssClient } from '@vss/sdk';
import { PASSWORD, startPlatform, type Platform } from './support/platform.js';
import { ROOT, startProcess } from './support/process.js';
import { until } from './support/until.js';

const MAIN = join(ROOT, 'standalone/dist/main.js');
const folders: string[] = [];
const platforms: Platform[] = [];

async function folder(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'vss-fault-'));
  folders.push(path);
  return path;
}

async function start(env: Record<string, string>): Promise<Platform> {
  const platform = await startPlatform(env);
  platforms.push(platform);
  return platform;
}

/** Starts what must not start, and gives what it said. */
async function refusedStart(env: Record<string, string>): Promise<{ code: number | null; lines: string[] }> {
  const running = startProcess(process.execPath, [MAIN], { VSS_PORT: '0', VSS_DEMO_PASSWORD: PASSWORD, ...env });
  const { code } = await running.exited;
  return { code, lines: running.output().trim().split('\n') };
}

afterEach(async () => {
  for (const platform of platforms.splice(0)) await platform.stop();
  for (const path of folders.splice(0)) await rm(path, { recursive: true, force: true });
});

const freeSlots = (client: VssClient, atLeast: number): Promise<{ id: string; number: string }[]> =>
  until(async () => {
    const { nodes } = (await client.request(SlotsDocument, { first: 200, filter: { state: 'READY', availability: 'FREE' } })).slots;
    return nodes.length >= atLeast ? nodes : undefined;
  }, `${atLeast} free slots`);

describe('the whole platform is killed during calls', () => {
  it('comes back on the database left behind: every call ends, no slot is stuck, no event is missing', { timeout: 120_000 }, async () => {
    const dataDir = await folder();
    const first = await start({ VSS_DATA_DIR: dataDir });
    const operator = await first.as('operator');
    const slots = await freeSlots(operator, 5);
    const callIds: string[] = [];
    for (const [n, slot] of slots.slice(0, 5).entries()) {
      // Numbers that answer and talk on: the calls are alive when the end comes.
      const { callStart } = await operator.request(CallStartDocument, { input: { slotId: slot.id, phoneNumber: `+1${212 + n}5550100`, idempotencyKey: randomUUID() } });
      expect(callStart.userErrors).toEqual([]);
      callIds.push(callStart.call?.id ?? '');
    }
    await first.kill();

    const second = await start({ VSS_DATA_DIR: dataDir });
    const again = await second.as('operator');
    const supervisor = await second.as('supervisor');
    for (const id of callIds) {
      const ended = await until(async () => {
        const { call } = await again.request(CallDocument, { id });
        // One that the hub had not begun yet is dialled now, and goes on until we hang up.
        if (call.status === 'ANSWERED') await again.request(CallEndDocument, { input: { callId: id } });
        return call.status === 'ENDED' ? call : undefined;
      }, `the end of ${id}`, 40_000);
      expect(ended.outcome).not.toBeNull();
      expect(ended.cdr).not.toBeNull();
      // Each change of the call is in the log, once.
      const logged = await until(async () => {
        const { nodes } = (await supervisor.request(EventsDocument, { first: 200, filter: { aggregateId: id } })).events;
        return nodes.some(({ type }) => type === 'telephony.call.ended') ? nodes : undefined;
      }, `the end of ${id} in the log`);
      const types = logged.map(({ type }) => type);
      expect(types.filter((type) => type === 'telephony.call.queued')).toHaveLength(1);
      expect(types.filter((type) => type === 'telephony.call.ended')).toHaveLength(1);
    }
    expect((await again.request(CallsDocument, { first: 200, filter: { live: true } })).calls.nodes).toEqual([]);
    const used = new Set(slots.slice(0, 5).map(({ id }) => id));
    await until(async () => {
      const { nodes } = (await again.request(SlotsDocument, { first: 200 })).slots;
      const stuck = nodes.filter((slot) => used.has(slot.id) && slot.state !== 'READY' && !(slot.state === 'FAULT' && slot.faultReason));
      return stuck.length === 0 ? true : undefined;
    }, 'slots that are READY or in FAULT with a reason', 40_000);
  });
});

describe('what keeps it from starting is said in one line, with a non-zero exit', () => {
  it('a taken port', async () => {
    const holder = createServer();
    await new Promise<void>((resolve) => holder.listen(0, '127.0.0.1', resolve));
    const { port } = holder.address() as AddressInfo;
    const { code, lines } = await refusedStart({ VSS_DATA_DIR: await folder(), VSS_PORT: String(port) });
    holder.close();
    expect(code).toBe(1);
    expect(lines).toEqual([expect.stringMatching(new RegExp(`${port}.*in use`, 'i'))]);
  });

  it('settings that are wrong, all at once', async () => {
    const { code, lines } = await refusedStart({ VSS_DATA_DIR: await folder(), VSS_PORT: 'none', VSS_LOG_LEVEL: 'loud' });
    expect(code).toBe(1);
    expect(lines).toEqual([expect.stringMatching(/VSS_PORT.*VSS_LOG_LEVEL/)]);
  });

  it('a data folder that is in use by another instance', async () => {
    const dataDir = await folder();
    await start({ VSS_DATA_DIR: dataDir });
    const { code, lines } = await refusedStart({ VSS_DATA_DIR: dataDir });
    expect(code).toBe(1);
    expect(lines).toEqual([expect.stringMatching(/in use by another instance/)]);
  });

  it('a data folder that cannot be used', async () => {
    const dataDir = await folder();
    const file = join(dataDir, 'a-file');
    await writeFile(file, '');
    await chmod(file, 0o400);
    const { code, lines } = await refusedStart({ VSS_DATA_DIR: join(file, 'data') });
    expect(code).toBe(1);
    expect(lines).toEqual([expect.stringMatching(/data folder.*cannot be used/)]);
  });

  it('secrets that are damaged', async () => {
    const dataDir = await folder();
    await writeFile(join(dataDir, 'secrets.json'), '{"identityKey":');
    const { code, lines } = await refusedStart({ VSS_DATA_DIR: dataDir });
    expect(code).toBe(1);
    expect(lines).toEqual([expect.stringMatching(/secrets\.json is damaged/)]);
  });

  it('a database of a newer version', async () => {
    const dataDir = await folder();
    const platform = await start({ VSS_DATA_DIR: dataDir });
    await platform.stop();
    // The version file of PostgreSQL's own data folder, raised by hand.
    const version = join(dataDir, 'cluster/PG_VERSION');
    const now = Number(await readFile(version, 'utf8'));
    await writeFile(version, `${now + 1}\n`);
    const { code, lines } = await refusedStart({ VSS_DATA_DIR: dataDir });
    await writeFile(version, `${now}\n`);
    expect(code).toBe(1);
    expect(lines).toEqual([expect.stringMatching(/PostgreSQL/)]);
  });

  it('a disk that is full', async ({ skip }) => {
    const dataDir = await folder();
    // A file system of 6 MB in a mount namespace of its own; as an ordinary user, in a user namespace too. Where root is
    // refused one (a chroot), in everybody's.
    const isRoot = process.getuid?.() === 0;
    const unshare = ['unshare', '--mount', ...(isRoot ? [] : ['--user', '--map-root-user']), 'sh', '-c'];
    const mount = 'mount -t tmpfs -o size=6m tmpfs "$1"';
    const hasOwn = spawnSync('unshare', [...unshare.slice(1), mount, 'sh', dataDir]).status === 0;
    const isMounted = !hasOwn && isRoot && spawnSync('sh', ['-c', mount, 'sh', dataDir]).status === 0;
    skip(!hasOwn && !isMounted, 'this user may not mount a small disk here');
    const [command, ...args] = [...(hasOwn ? [...unshare, `${mount} && exec "$2" "$3"`, 'sh', dataDir] : []), process.execPath, MAIN];
    try {
      const running = startProcess(command, args, { VSS_PORT: '0', VSS_DEMO_PASSWORD: PASSWORD, VSS_DATA_DIR: dataDir });
      const { code } = await running.exited;
      expect(code).toBe(1);
      expect(running.output().trim().split('\n')).toEqual([expect.stringMatching(/space|full/i)]);
    } finally {
      if (isMounted) spawnSync('umount', [dataDir]);
    }
  });
});

describe('the end', () => {
  it('stops on SIGTERM with calls going on and leaves no process', { timeout: 60_000 }, async () => {
    const dataDir = await folder();
    const platform = await startPlatform({ VSS_DATA_DIR: dataDir });
    const operator = await platform.as('operator');
    const [slot] = await freeSlots(operator, 1);
    await operator.request(CallStartDocument, { input: { slotId: slot?.id ?? '', phoneNumber: '+12125550100' } });
    const startedAt = Date.now();
    expect(await platform.stop()).toEqual({ code: 0, signal: null });
    expect(Date.now() - startedAt).toBeLessThan(15_000);
    expect(processesOn(dataDir)).toEqual([]);
  });

  it('a call whose end was asked for ends', { timeout: 60_000 }, async () => {
    const platform = await start({ VSS_DATA_DIR: await folder() });
    const operator = await platform.as('operator');
    const [slot] = await freeSlots(operator, 1);
    const { callStart } = await operator.request(CallStartDocument, { input: { slotId: slot?.id ?? '', phoneNumber: '+12125550102' } });
    const id = callStart.call?.id ?? '';
    // At once, before it rings: what is not dialled any more must not be dialled.
    await operator.request(CallEndDocument, { input: { callId: id } });
    const call = await until(async () => {
      const answer = await operator.request(CallDocument, { id });
      return answer.call.status === 'ENDED' ? answer.call : undefined;
    }, 'the end');
    expect(call.outcome).toBe('CANCELLED');
  });
});

/** Processes whose command line or working folder is in the data folder. */
function processesOn(dataDir: string): string[] {
  const { stdout } = spawnSync('sh', ['-c', 'for p in /proc/[0-9]*; do printf "%s %s %s\\n" "$p" "$(readlink $p/cwd 2>/dev/null)" "$(tr "\\0" " " < $p/cmdline 2>/dev/null)"; done'], { encoding: 'utf8' });
  return stdout.split('\n').filter((line) => line.includes(dataDir) && !line.includes('for p in'));
}
