import { z } from 'zod';
import { AppError } from '@vss/runtime';
import type { MessageDefinition, PayloadOf } from './catalogue/index.js';

/** What every message is wrapped in. */
export const envelope = z.object({
  id: z.string(),
  type: z.string(),
  version: z.number().int().positive(),
  at: z.iso.datetime(),
  /** The center that it concerns; null for what concerns the platform. */
  centerId: z.string().nullable(),
  aggregateId: z.string(),
  /** Grows by one with each message of the aggregate from one sender. */
  sequence: z.number().int().nonnegative(),
  /** Id of the message that this one follows from. */
  causationId: z.string().nullable(),
  traceId: z.string(),
  /** The span that it follows from, as W3C Trace Context writes it; absent where the trace is not recorded. */
  traceparent: z.string().optional(),
  /** Id of the user on whose behalf it was sent, or `system`. */
  actor: z.string(),
  payload: z.unknown(),
});
export type Message = z.output<typeof envelope>;

export const isCommand = (message: Pick<Message, 'type'>): boolean => message.type.startsWith('hub.');

/** Reads a message off the wire. Throws BAD_USER_INPUT naming what is wrong with it. */
export function parseMessage(text: string): Message {
  let raw: unknown;
  try {
    raw = JSON.parse(text);
  } catch (cause) {
    throw new AppError('BAD_USER_INPUT', 'A message is not JSON', {}, { cause });
  }
  const parsed = envelope.safeParse(raw);
  if (!parsed.success) throw new AppError('BAD_USER_INPUT', `A message is malformed: ${z.prettifyError(parsed.error)}`);
  return parsed.data;
}

/** The message's payload if it is of this kind and well formed. Throws BAD_USER_INPUT otherwise. */
export function payloadOf<D extends MessageDefinition>(definition: D, message: Message): PayloadOf<D> {
  if (message.type !== definition.type) throw new AppError('BAD_USER_INPUT', `${message.type} is not ${definition.type}`);
  if (message.version > definition.version)
    throw new AppError('BAD_USER_INPUT', `${message.type} has version ${message.version}; this process knows up to ${definition.version}`);
  const parsed = definition.payload.safeParse(message.payload);
  if (!parsed.success) throw new AppError('BAD_USER_INPUT', `${message.type} is malformed: ${z.prettifyError(parsed.error)}`);
  return parsed.data as PayloadOf<D>;
}
