import type { MessageDefinition, PayloadOf } from './catalogue/index.js';
import { payloadOf, type Message } from './message.js';

/** What to do with one kind of message. */
export interface Route<Tx> {
  readonly type: string;
  readonly work: (tx: Tx, message: Message) => Promise<void>;
}

export function on<Tx, D extends MessageDefinition>(definition: D, work: (tx: Tx, payload: PayloadOf<D>, message: Message) => Promise<unknown>): Route<Tx> {
  return {
    type: definition.type,
    async work(tx, message) {
      await work(tx, payloadOf(definition, message), message);
    },
  };
}

/** Routes as a consumer needs them: the types to subscribe to, and one function for all of them. */
export function handlersByType<Tx>(routes: readonly Route<Tx>[]): { patterns: string[]; work: (tx: Tx, message: Message) => Promise<void> } {
  const byType = new Map(routes.map((route) => [route.type, route]));
  if (byType.size < routes.length) throw new Error('Two routes take the same type of message');
  return {
    patterns: [...byType.keys()],
    async work(tx, message) {
      // A type that the group no longer asks for may still be in its queue.
      await byType.get(message.type)?.work(tx, message);
    },
  };
}
