import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { env } from 'node:process';
import { afterAll, describe, expect, it } from 'vitest';
import { CallFinished, CallOriginate, CommandFailed, CommandSucceeded, payloadOf, type Message } from '@vss/events';
import { newId } from '@vss/runtime';
import type { CallAtPbx, CallOrder, CallResult } from './ports/index.js';
import { talkTo } from './testing/ipc.js';
import { sourceFlags } from './testing/processes.js';
import { aCommand, aFolder } from './testing/rig.js';

const CHILD = join(import.meta.dirname, 'testing/runner-process.ts');
// Dozens of children start here: all but the first find the sources compiled.
const cache = await aFolder();
afterAll(() => cache.remove());
const ENDED: CallResult = { outcome: 'ANSWERED', sipCode: 200, hangupCause: 16, hungUpBy: 'FAR_END', failureReason: null, legs: [] };

/** What outlives a runner: a PBX that counts what it is told to dial, and a broker that redelivers what was not acknowledged. */
function aWorld(command: Message) {
  const dialled: string[] = [];
  const reports = new Map<string, Message>();
  let state: CallAtPbx | undefined;
  let acknowledged = false;
  let child: ReturnType<typeof talkTo> | undefined;
  const over = Promise.withResolvers<void>();
  const { callId } = command.payload as { callId: string };
  const has = (type: string): boolean => [...reports.values()].some((message) => message.type === type);

  const pbx = {
    originate: ({ callId: id }: CallOrder) => {
      dialled.push(id);
      const answeredAt = new Date();
      state = { state: 'UP', answeredAt };
      child?.tell('call', { kind: 'rang', callId: id, at: answeredAt });
      child?.tell('call', { kind: 'picked-up', callId: id, at: answeredAt });
    },
    find: () => state ?? null,
    hangup: () => undefined,
    /** The far end hangs up. */
    end: () => {
      if (!state || state.state === 'FINISHED') return;
      state = { state: 'FINISHED', at: new Date(), result: ENDED };
      child?.tell('call', { kind: 'finished', callId, at: new Date(), result: ENDED });
    },
    forget: () => (state = undefined),
  };

  function report(message: Message): void {
    reports.set(message.id, message);
    if (message.type === 'runner.call.picked-up') setImmediate(pbx.end);
    const isTold = has(CommandSucceeded.type) || has(CommandFailed.type);
    if (isTold && (has(CallFinished.type) || dialled.length === 0)) over.resolve();
  }

  /** As a broker does until it hears that the command is safe. */
  async function deliver(): Promise<void> {
    if (acknowledged) return;
    await child?.ask('command', command);
    acknowledged = true;
  }

  function run(dir: string, kill: { at: number; when: 'before' | 'after' } | undefined): ChildProcess {
    const process = fork(CHILD, [dir, String(kill?.at ?? 0), kill?.when ?? 'after'], { execArgv: [...sourceFlags], env: { ...env, NODE_COMPILE_CACHE: cache.dir }, stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
    // A child that has killed itself takes its channel with it.
    process.on('error', () => undefined);
    const channel = { on: process.on.bind(process), send: (packet: never) => process.connected && process.send(packet, () => undefined) };
    const { originate, find, hangup } = pbx;
    child = talkTo(channel as never, { report, originate, find, hangup }, { ready: () => void deliver() });
    return process;
  }
  return { run, pbx, dialled, reports, over: over.promise };
}

const anOriginate = (): Message =>
  aCommand(CallOriginate, { hubId: 'hub_test', slotId: 'slot_1', callId: newId('call'), slotNumber: '6001', phoneNumber: '+15550100200', ringTimeoutMs: 20_000 });

async function scenario(kill: { at: number; when: 'before' | 'after' }, afterKill: (world: ReturnType<typeof aWorld>) => void = () => undefined) {
  const { dir, remove } = await aFolder();
  const world = aWorld(anOriginate());
  const first = world.run(dir, kill);
  const died = once(first, 'exit');
  const ending = await Promise.race([died, world.over.then(() => undefined)]);
  // More syncs than the whole call takes: nothing was killed, the count is over.
  if (!ending) {
    first.kill('SIGKILL');
    await died;
    await remove();
    return undefined;
  }
  afterKill(world);
  const second = world.run(dir, undefined);
  await world.over;
  second.kill('SIGKILL');
  await once(second, 'exit');
  await remove();
  const of = (type: string): Message[] => [...world.reports.values()].filter((message) => message.type === type);
  return {
    dialled: world.dialled.length,
    ends: of(CallFinished.type).map((message) => payloadOf(CallFinished, message)).map(({ outcome, failureReason }) => failureReason ?? outcome),
    failures: of(CommandFailed.type).map((message) => payloadOf(CommandFailed, message).code),
  };
}

describe('a runner that is killed during a call', () => {
  it.each(['before', 'after'] as const)('dials once at most and ends the call truly, whichever write of its journal was the last: killed %s it', { timeout: 120_000 }, async (when) => {
    const results: unknown[] = [];
    for (let at = 1; at <= 40; at += 1) {
      const result = await scenario({ at, when });
      if (!result) break;
      results.push(result);
    }
    // Opening the journal, the announcement, RECEIVED, STARTED, and the call's own reports: at least.
    expect(results.length).toBeGreaterThanOrEqual(6);
    const dialled = { dialled: 1, ends: ['ANSWERED'], failures: [] };
    // Begun in the journal, but killed before the order left: it cannot be known, so it is not dialled again.
    const inDoubt = { dialled: 0, ends: ['IN_DOUBT'], failures: ['IN_DOUBT'] };
    for (const result of results) expect([dialled, inDoubt]).toContainEqual(result);
  });

  it('says that a call is lost when the PBX has forgotten it too', { timeout: 60_000 }, async () => {
    const results: unknown[] = [];
    for (let at = 4; at <= 8; at += 1) results.push(await scenario({ at, when: 'after' }, (world) => world.pbx.forget()));
    expect(results).toContainEqual({ dialled: 1, ends: ['LOST'], failures: [] });
    for (const result of results) expect(result).toMatchObject({ ends: [expect.stringMatching(/^(LOST|IN_DOUBT|ANSWERED)$/)] });
  });
});
