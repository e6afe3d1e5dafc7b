import { HubAnnounced, HubHeartbeat, HubLeft, type Broker, type Subscription } from '@vss/events';
import { createMetrics, newId as typeId, systemNow, type Logger, type Metrics, type NewId, type Now } from '@vss/runtime';
import { createCallTracker, type CallSettings } from './calls/index.js';
import { createCommandConsumer } from './commands/index.js';
import { createDevices } from './devices.js';
import { openJournal } from './journal/index.js';
import type { HubPorts } from './ports/index.js';
import { createReports } from './reports/index.js';
import { createSlots, type SlotSettings } from './slots/index.js';

export interface Intervals extends CallSettings, SlotSettings {
  heartbeatMs: number;
  telemetryMs: number;
  /** How often hub and devices announce themselves anew, for those who were not there the last time. */
  announceMs: number;
  /** How often it is looked for what is past its time. */
  sweepMs: number;
  /** How long a stop waits for the broker to take the last reports. */
  drainMs: number;
}

const FIRST_READING_MS = 1_000;
const INTERVALS: Intervals = {
  heartbeatMs: 3_000,
  telemetryMs: 3_000,
  announceMs: 300_000,
  sweepMs: 500,
  drainMs: 1_500,
  requestMs: 10_000,
  unreachableMs: 60_000,
  askAgainMs: 1_000,
  longestTalkMs: 4 * 3_600_000,
  registrationMs: 25_000,
  comebackMs: 10_000,
  powerOffMs: 2_000,
  bootMs: 45_000,
};

export interface HubRunnerOptions {
  hubId: string;
  centerId: string;
  name: string;
  broker: Broker;
  ports: HubPorts;
  /** Folder of this hub's journal; one runner at a time. */
  journalDir: string;
  /** Derives a slot's SIP password: see `sipPasswordOf`. */
  sipPassword: (slotNumber: string) => string;
  logger: Logger;
  /** Where it counts what it does. */
  metrics?: Metrics;
  now?: Now;
  newId?: NewId;
  intervals?: Partial<Intervals>;
}

export interface HubRunner {
  start(): Promise<void>;
  /** Reports that the hub leaves. Calls go on at a real PBX and are taken up by the next start. */
  stop(): Promise<void>;
  isReady(): boolean;
}

/** Executes commands for one hub and reports what happens beside it. */
export async function createHubRunner(options: HubRunnerOptions): Promise<HubRunner> {
  const { hubId, centerId, broker, ports, logger, sipPassword, metrics = createMetrics(), now = systemNow, newId = typeId } = options;
  const intervals = { ...INTERVALS, ...options.intervals };
  const name = ports.simulated && !options.name.includes('SIMULATED') ? `${options.name} (SIMULATED)` : options.name;
  const journal = await openJournal({ dir: options.journalDir, logger, now });
  const reports = createReports({ journal, broker, logger, now, newId, centerId });
  const stopping = new AbortController();
  const common = { hubId, centerId, journal, reports, logger, now, settings: intervals, stopping: stopping.signal };
  const calls = createCallTracker({ ...common, callControl: ports.callControl });
  const slots = createSlots({ ...common, registrar: ports.registrar, phones: ports.phones, usbPower: ports.usbPower, sipPassword });
  const devices = createDevices({ ...common, simulated: ports.simulated, phones: ports.phones, requestMs: intervals.requestMs });
  const commands = createCommandConsumer({ ...common, calls, slots, ended: metrics.counters('vss_hub_commands_total', 'Commands that ended', ['type', 'result']) });
  const timers: NodeJS.Timeout[] = [];
  let subscription: Subscription | undefined;

  const every = (ms: number, work: () => void): void => void timers.push(setInterval(work, ms));
  const about = (): { hubId: string; at: string } => ({ hubId, at: now().toISOString() });
  const announcement = () => ({ ...about(), name, simulated: ports.simulated, adapters: { ...ports.adapters } });

  const isReady = (): boolean => subscription !== undefined && ports.isReady() && broker.isConnected();
  metrics.gauge('vss_hub_ready', 'Whether commands can be executed: 1', () => (isReady() ? 1 : 0));
  metrics.gauge('vss_hub_open_calls', 'Calls that were ordered and have not ended', () => journal.state.calls.size);
  metrics.gauge('vss_hub_waiting_reports', 'Reports that no broker has confirmed yet', () => journal.state.reports.size);

  return {
    async start() {
      reports.start();
      await reports.append([reports.report(HubAnnounced, announcement())]);
      await ports.open();
      // First the past, then what is new: a call that is still open must be known before a command about it comes.
      calls.start();
      slots.start();
      devices.start();
      commands.start();
      subscription = await broker.consumeCommands({ hubId, handler: (message) => commands.handle(message), onDead: (message, reason) => commands.onDead(message, reason) });
      every(intervals.heartbeatMs, () => void reports.sendOnce(HubHeartbeat, about()));
      every(intervals.telemetryMs, () => void devices.sample());
      // The first reading soon after the devices are known: who starts a call at once sees them too.
      timers.push(setTimeout(() => void devices.sample(), Math.min(FIRST_READING_MS, intervals.telemetryMs)));
      every(intervals.announceMs, () => {
        void reports.sendOnce(HubAnnounced, announcement());
        void devices.announceAgain();
      });
      every(intervals.sweepMs, () => {
        calls.sweep();
        slots.sweep();
      });
    },
    async stop() {
      for (const timer of timers) clearInterval(timer);
      stopping.abort(new Error('the runner is stopping'));
      await subscription?.stop();
      await commands.idle();
      // A simulated PBX ends its calls now, which is still reported.
      await ports.close();
      await calls.idle();
      devices.stop();
      await slots.stop();
      await calls.stop();
      await reports.append([reports.report(HubLeft, about())]).catch((error: unknown) => logger.error({ err: error }, 'The hub could not say that it leaves'));
      await reports.stop(intervals.drainMs);
      await journal.close();
    },
    isReady,
  };
}
