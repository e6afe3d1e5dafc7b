/**
 * A runner as a process of its own whose broker and PBX live in its parent, so that both outlive it. It can end itself
 * as `kill -9` would at a chosen write of its journal: `KILL_AT=<n>` and `KILL_WHEN=before|after` the n-th sync.
 */
import { open } from 'node:fs/promises';
import { flushCompileCache } from 'node:module';
import process from 'node:process';
import type { Broker, Message, MessageHandler } from '@vss/events';
import { silentLogger } from '@vss/runtime';
import { createHubRunner } from '../app.js';
import { createListeners } from '../common/listeners.js';
import type { CallAtPbx, CallControl, CallEvent } from '../ports/index.js';
import { createSimulatedHub } from '../simulated/hub.js';
import { talkTo } from './ipc.js';

const [journalDir = '', killAt = '0', killWhen = 'after'] = process.argv.slice(2);

async function dieAtSync(n: number): Promise<void> {
  const handle = await open(process.execPath);
  const prototype = Object.getPrototypeOf(handle) as { datasync(): Promise<void> };
  await handle.close();
  // eslint-disable-next-line @typescript-eslint/unbound-method
  const { datasync } = prototype;
  let syncs = 0;
  prototype.datasync = async function (this: unknown) {
    syncs += 1;
    if (syncs === n && killWhen === 'before') process.kill(process.pid, 'SIGKILL');
    await datasync.call(this as never);
    if (syncs === n) process.kill(process.pid, 'SIGKILL');
  };
}

let handler: MessageHandler | undefined;
const watchers = createListeners<CallEvent>();
const revive = (event: CallEvent): CallEvent => ({ ...event, at: new Date(event.at) });
const parent = talkTo(
  process as never,
  { command: (message: Message) => handler?.(message, new AbortController().signal) },
  { call: (event: CallEvent) => watchers.tell(revive(event)) },
);

const broker: Broker = {
  publish: (message) => parent.ask('report', message),
  subscribe: async () => ({ stop: async () => undefined, check: async () => 'here' }),
  consumeCommands: async (options) => {
    handler = options.handler;
    return { stop: async () => undefined, check: async () => 'here' };
  },
  isConnected: () => true,
  close: async () => undefined,
};

const callControl: CallControl = {
  originate: (order) => parent.ask('originate', order),
  hangup: (callId) => parent.ask('hangup', callId),
  async find(callId) {
    const found = await parent.ask<CallAtPbx | null>('find', callId);
    // Instants travel as text.
    if (found?.state === 'UP') return { ...found, answeredAt: new Date(found.answeredAt) };
    if (found?.state === 'FINISHED') return { ...found, at: new Date(found.at) };
    return found ?? undefined;
  },
  watch: watchers.add,
};

if (Number(killAt) > 0) await dieAtSync(Number(killAt));
const runner = await createHubRunner({
  hubId: 'hub_test',
  centerId: 'ctr_test',
  name: 'Test hub',
  broker,
  ports: { ...createSimulatedHub({ seed: 1, devices: { AUTO: 0, MF: 0, LS: 0 } }), callControl },
  journalDir,
  sipPassword: () => 'unused',
  logger: silentLogger,
  // Far apart: only what the call itself writes is counted.
  intervals: { heartbeatMs: 3_600_000, telemetryMs: 3_600_000, askAgainMs: 10 },
});
await runner.start();
flushCompileCache();
parent.tell('ready', null);
