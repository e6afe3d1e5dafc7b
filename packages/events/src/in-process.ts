import { AppError, type Logger } from '@vss/runtime';
import { bringToEnd, settledSoon } from './attempts.js';
import type { Broker, DeadLetterHandler, MessageHandler, Subscription } from './broker.js';
import { isCommand, type Message } from './message.js';
import { matchesAny, partitionOf } from './patterns.js';
import { traceMessages } from './traced-broker.js';

export interface InProcessOptions {
  readonly logger: Logger;
  /** How often a message is tried before it is a dead letter. */
  readonly attempts?: number;
  /** Before the second attempt; doubled with each. */
  readonly backoffMs?: number;
  /** How many messages of one group are handled at the same time. */
  readonly partitions?: number;
  /** False: published messages wait until `open()`, when every group has subscribed. */
  readonly open?: boolean;
}

/** One process's broker; it keeps nothing. A message is safe because its sender's outbox keeps it until `publish` resolves. */
export interface InProcessBroker extends Broker {
  open(): void;
}

interface Group {
  readonly name: string;
  readonly patterns: readonly string[];
  readonly members: Member[];
  /** Ends of the queues that are not empty; messages of one lane follow each other. */
  readonly lanes: Map<string, Promise<void>>;
  readonly laneOf: (aggregateId: string) => string;
  turn: number;
}

interface Member {
  readonly handler: MessageHandler;
  readonly onDead: DeadLetterHandler;
  readonly stopping: AbortController;
  readonly underWay: Set<Promise<unknown>>;
}

export function createInProcessBroker({ logger, attempts = 5, backoffMs = 50, partitions = 4, open = true }: InProcessOptions): InProcessBroker {
  const groups = new Map<string, Group>();
  const hubs = new Map<string, Group>();
  const opened = Promise.withResolvers<void>();
  if (open) opened.resolve();
  let isClosed = false;

  function deliver(group: Group, message: Message): Promise<void> {
    const lane = group.laneOf(message.aggregateId);
    const done = (group.lanes.get(lane) ?? Promise.resolve()).then(() => handOver(group, message));
    const end = done.catch(() => undefined).then(() => void (group.lanes.get(lane) === end && group.lanes.delete(lane)));
    group.lanes.set(lane, end);
    return done;
  }

  async function handOver(group: Group, message: Message): Promise<void> {
    const member = group.members[group.turn++ % Math.max(group.members.length, 1)];
    if (!member) throw new AppError('UNAVAILABLE', `Nobody takes the messages of ${group.name} now`);
    const { handler, onDead, stopping, underWay } = member;
    const work = bringToEnd(message, { handler, onDead, attempts, backoffMs, logger, group: group.name }, stopping.signal);
    underWay.add(work);
    try {
      await work;
    } finally {
      underWay.delete(work);
    }
  }

  function join(all: Map<string, Group>, name: string, patterns: readonly string[], laneOf: Group['laneOf'], handler: MessageHandler, onDead: DeadLetterHandler): Subscription {
    const group: Group = all.get(name) ?? { name, patterns, members: [], lanes: new Map(), laneOf, turn: 0 };
    if (group.patterns.join() !== patterns.join()) throw new Error(`The members of the group ${name} subscribe to different messages`);
    all.set(name, group);
    const member: Member = { handler, onDead, stopping: new AbortController(), underWay: new Set() };
    group.members.push(member);
    return {
      check: () => (isClosed || !group.members.includes(member) ? Promise.reject(new AppError('UNAVAILABLE', `${name} is not subscribed`)) : Promise.resolve(name)),
      async stop() {
        const at = group.members.indexOf(member);
        if (at >= 0) group.members.splice(at, 1);
        member.stopping.abort(new AppError('UNAVAILABLE', `${name} is stopping`));
        await settledSoon(member.underWay);
      },
    };
  }

  return traceMessages<InProcessBroker>({
    async publish(message) {
      await opened.promise;
      if (isClosed) throw new AppError('UNAVAILABLE', 'The broker is closed');
      // Parsed from text on the wire everywhere else: handlers must not share objects here either.
      const copy = (): Message => structuredClone(message);
      if (isCommand(message)) {
        const { hubId } = message.payload as { hubId: string };
        const hub = hubs.get(hubId);
        if (!hub || hub.members.length === 0) throw new AppError('UNAVAILABLE', `The hub ${hubId} is not here`);
        return deliver(hub, copy());
      }
      const takers = [...groups.values()].filter(({ patterns }) => matchesAny(patterns, message.type));
      const results = await Promise.allSettled(takers.map((group) => deliver(group, copy())));
      const failed = results.find((result) => result.status === 'rejected');
      if (failed) throw failed.reason;
    },
    async subscribe({ group, patterns, isTemporary, handler, onDead }) {
      // As many as handlers may use the database at a time.
      const subscription = join(groups, group, [...patterns].sort(), (id) => String(partitionOf(id, partitions)), handler, onDead);
      if (!isTemporary) return subscription;
      return {
        check: () => subscription.check(),
        stop() {
          // A group without members is waited for; this one does not come back.
          groups.delete(group);
          return subscription.stop();
        },
      };
    },
    async consumeCommands({ hubId, handler, onDead }) {
      return join(hubs, hubId, [], (slotId) => slotId, handler, onDead);
    },
    isConnected: () => !isClosed,
    open: () => opened.resolve(),
    async close() {
      isClosed = true;
      opened.resolve();
      const members = [...groups.values(), ...hubs.values()].flatMap((group) => group.members.splice(0));
      for (const { stopping } of members) stopping.abort(new AppError('UNAVAILABLE', 'The broker is closing'));
      await settledSoon(members.flatMap(({ underWay }) => [...underWay]));
    },
  });
}
