import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInProcessBroker, payloadOf, type Broker, type Message, type MessageDefinition, type PayloadOf } from '@vss/events';
import { newId, newTraceId, silentLogger } from '@vss/runtime';

/** What the runner has told, in the order in which it arrived. */
export interface Heard {
  readonly messages: readonly Message[];
  of<D extends MessageDefinition>(definition: D): PayloadOf<D>[];
  /** The first report of this kind that fits, whether it has come or is still to come. */
  next<D extends MessageDefinition>(definition: D, fits?: (payload: PayloadOf<D>) => boolean): Promise<PayloadOf<D>>;
}

/** Listens to all that runners tell a broker. */
export async function hear(broker: Broker): Promise<Heard> {
  const messages: Message[] = [];
  const waiting = new Set<() => void>();
  await broker.subscribe({
    group: 'test',
    patterns: ['runner.#'],
    handler: async (message) => {
      messages.push(message);
      for (const look of waiting) look();
    },
    onDead: async () => undefined,
  });
  const of = <D extends MessageDefinition>(definition: D): PayloadOf<D>[] =>
    messages.filter(({ type }) => type === definition.type).map((message) => payloadOf(definition, message));
  return {
    messages,
    of,
    next: (definition, fits = () => true) =>
      new Promise((resolve) => {
        const look = (): void => {
          const found = of(definition).find(fits);
          if (found === undefined) return;
          waiting.delete(look);
          resolve(found);
        };
        waiting.add(look);
        look();
      }),
  };
}

export async function aFolder(): Promise<{ dir: string; remove: () => Promise<void> }> {
  const dir = await mkdtemp(join(tmpdir(), 'vss-runner-'));
  return { dir, remove: () => rm(dir, { recursive: true, force: true }) };
}

export const aBroker = () => createInProcessBroker({ logger: silentLogger, attempts: 2, backoffMs: 1 });

/** A command as telephony would send it. Only what matters to a test needs saying. */
export function aCommand<D extends MessageDefinition>(definition: D, payload: Partial<PayloadOf<D>> & { hubId: string; slotId: string }, more: Partial<Message> = {}): Message {
  const defaults = { commandId: newId('cmd'), fencingToken: 1, deadlineAt: new Date(Date.now() + 60_000).toISOString() };
  return {
    id: newId('msg'),
    type: definition.type,
    version: 1,
    at: new Date().toISOString(),
    centerId: 'ctr_test',
    aggregateId: payload.slotId,
    sequence: 1,
    causationId: null,
    traceId: newTraceId(),
    actor: 'user_test',
    payload: { ...defaults, ...(payload as object) },
    ...more,
  };
}
