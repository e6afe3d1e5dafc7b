import type { Message, MessageDefinition, PayloadOf } from '@vss/events';
import { newId, newTraceId } from '@vss/runtime';

/** An event as another subgraph would send it; publish it to a broker. What matters is given, the rest is made up. */
export function aMessage<D extends MessageDefinition>(definition: D, payload: PayloadOf<D>, rest: Partial<Omit<Message, 'type' | 'payload'>> = {}): Message {
  return {
    id: newId('msg'),
    type: definition.type,
    version: definition.version,
    at: new Date().toISOString(),
    centerId: null,
    aggregateId: definition.aggregateIdOf(payload),
    sequence: 1,
    causationId: null,
    traceId: newTraceId(),
    actor: 'system',
    payload,
    ...rest,
  };
}
