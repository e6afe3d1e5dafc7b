import type { Broker, Message, MessageDefinition, PayloadOf } from '@vss/events';
import { delay, type Logger, messageOf, type NewId, newTraceId, type Now } from '@vss/runtime';
import { unlessAborted } from '../common/abort.js';
import { createLanes } from '../common/lanes.js';
import type { Journal, JournalRecord, Origin } from '../journal/index.js';

const FIRST_RETRY_MS = 100;
const LONGEST_RETRY_MS = 5_000;

interface Deps {
  journal: Journal;
  broker: Broker;
  logger: Logger;
  now: Now;
  newId: NewId;
  /** For reports that nobody asked for. */
  centerId: string;
}

export interface Reports {
  /** A report not yet made: give it to `append`. */
  report<D extends MessageDefinition>(definition: D, payload: PayloadOf<D>, origin?: Origin): Report;
  /**
   * Writes reports and other records to the journal, together, and has the reports sent. Resolves when they are
   * written; the sending goes on until a broker has confirmed it, across restarts.
   */
  append(reports: readonly Report[], ...records: JournalRecord[]): Promise<void>;
  /** The same for what must be told whatever happens: a disk that is full is tried again until there is room. */
  appendSurely(reports: readonly Report[], ...records: JournalRecord[]): Promise<void>;
  /** Sends once, unless a report of its lane still waits or the last of its type does: for what is worth nothing when late. */
  sendOnce<D extends MessageDefinition>(definition: D, payload: PayloadOf<D>): Promise<void>;
  /** Sends what an earlier process could not. */
  start(): void;
  /** Waits up to `drainMs` for the broker to take what is left; the rest is sent by the next process. */
  stop(drainMs: number): Promise<void>;
}

export interface Report {
  readonly definition: MessageDefinition;
  readonly payload: unknown;
  readonly origin: Origin;
}

export function createReports({ journal, broker, logger, now, newId, centerId }: Deps): Reports {
  const sequences = new Map(journal.state.sequences);
  const lanes = createLanes();
  const waiting = new Map<string, number>();
  // Of each type its own: heartbeat and telemetry come at the same instants, and neither may keep the other away.
  const underWay = new Set<string>();
  const stopping = new AbortController();

  function messageFor({ definition, payload, origin }: Report): Message {
    const aggregateId = definition.aggregateIdOf(payload);
    const sequence = (sequences.get(aggregateId) ?? 0) + 1;
    sequences.set(aggregateId, sequence);
    return { id: newId('msg'), type: definition.type, version: definition.version, at: now().toISOString(), aggregateId, sequence, ...origin, payload };
  }

  function send(message: Message): void {
    const lane = laneOf(message.aggregateId);
    waiting.set(lane, (waiting.get(lane) ?? 0) + 1);
    void lanes.run(lane, async () => {
      if (await sendUntilConfirmed(message)) await journal.append({ kind: 'report-sent', id: message.id }).catch(() => undefined);
      waiting.set(lane, (waiting.get(lane) ?? 1) - 1);
    });
  }

  async function sendUntilConfirmed(message: Message): Promise<boolean> {
    for (let retryMs = FIRST_RETRY_MS; !stopping.signal.aborted; retryMs = Math.min(retryMs * 2, LONGEST_RETRY_MS)) {
      try {
        await unlessAborted(broker.publish(message), stopping.signal);
        return true;
      } catch (error) {
        if (stopping.signal.aborted) return false;
        if (retryMs === FIRST_RETRY_MS) logger.warn({ type: message.type, id: message.id }, `A report was not taken, it is sent again: ${messageOf(error)}`);
        await delay(retryMs, stopping.signal).catch(() => undefined);
      }
    }
    return false;
  }

  async function append(reports: readonly Report[], ...records: JournalRecord[]): Promise<void> {
    const messages = reports.map(messageFor);
    await journal.append(...messages.map((message) => ({ kind: 'report', message }) as const), ...records);
    messages.forEach(send);
  }

  const ownOrigin = (): Origin => ({ centerId, traceId: newTraceId(), causationId: null, actor: 'system' });

  return {
    report: (definition, payload, origin = ownOrigin()) => ({ definition, payload, origin }),
    append,
    async appendSurely(reports, ...records) {
      for (;;) {
        try {
          return await append(reports, ...records);
        } catch (error) {
          await delay(1_000, stopping.signal).catch(() => {
            throw error;
          });
        }
      }
    },
    async sendOnce(definition, payload) {
      const lane = laneOf(definition.aggregateIdOf(payload));
      const sending = `${lane} ${definition.type}`;
      if ((waiting.get(lane) ?? 0) > 0 || underWay.has(sending) || stopping.signal.aborted || !broker.isConnected()) return;
      underWay.add(sending);
      await lanes.run(lane, async () => {
        const message = messageFor({ definition, payload, origin: ownOrigin() });
        try {
          await journal.append({ kind: 'sequence', aggregateId: message.aggregateId, last: message.sequence }, { kind: 'alive', at: message.at });
          await unlessAborted(broker.publish(message), stopping.signal);
        } catch (error) {
          logger.debug({ type: message.type }, `Not sent: ${messageOf(error)}`);
        } finally {
          underWay.delete(sending);
        }
      });
    },
    start() {
      for (const message of journal.state.reports.values()) send(message);
    },
    async stop(drainMs) {
      const drained = new AbortController();
      await Promise.race([lanes.idle(), delay(drainMs, drained.signal)]).catch(() => undefined);
      drained.abort();
      stopping.abort(new Error('the runner is stopping'));
      await lanes.idle();
    },
  };
}

/** One slot's reports keep their order; so do a hub's own and those of its devices (`hub/serial`), which come after it. */
const laneOf = (aggregateId: string): string => aggregateId.split('/')[0] ?? aggregateId;
