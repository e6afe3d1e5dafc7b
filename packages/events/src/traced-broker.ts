import { inSpan, isTracing, type SpanOptions } from '@vss/runtime';
import type { Broker, MessageHandler } from './broker.js';
import type { Message } from './message.js';

/**
 * A broker by which traces go on: sending a message and handling it are spans, and what a message carries on is the
 * span that sent it. Only for messages that were added within a recorded trace: heartbeats would each begin one.
 */
export function traceMessages<B extends Broker>(broker: B): B {
  return {
    ...broker,
    publish: (message: Message) => follow('publish', 'producer', message, {}, (sent) => broker.publish(sent)),
    subscribe: (options: Parameters<Broker['subscribe']>[0]) => broker.subscribe({ ...options, handler: traced(options.handler, { 'messaging.consumer.group.name': options.group }) }),
    consumeCommands: (options: Parameters<Broker['consumeCommands']>[0]) => broker.consumeCommands({ ...options, handler: traced(options.handler, { 'vss.hub.id': options.hubId }) }),
  };
}

const traced =
  (handler: MessageHandler, attributes: NonNullable<SpanOptions['attributes']>): MessageHandler =>
  (message, signal) =>
    follow('handle', 'consumer', message, attributes, (taken) => handler(taken, signal));

function follow(verb: string, kind: 'producer' | 'consumer', message: Message, about: NonNullable<SpanOptions['attributes']>, work: (message: Message) => Promise<void>): Promise<void> {
  if (!isTracing() || !message.traceparent) return work(message);
  const attributes = { 'messaging.operation.name': verb, 'messaging.message.id': message.id, 'messaging.destination.name': message.type, ...about };
  return inSpan(`${verb} ${message.type}`, { kind, parent: message.traceparent, attributes }, (span) => work({ ...message, traceparent: span?.traceparent }));
}
