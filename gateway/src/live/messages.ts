import { z } from 'zod';
import { namesDocument } from '../guard/persisted/persisted-documents.js';

// Protocol graphql-transport-ws: https://github.com/enisdenjo/graphql-ws/blob/master/PROTOCOL.md
export const SUBPROTOCOL = 'graphql-transport-ws';

/** Close codes of the protocol, two of WebSocket itself, and one of our own. */
export const CLOSE = {
  goingAway: 1001,
  tryAgainLater: 1013,
  badRequest: 4400,
  unauthorized: 4401,
  forbidden: 4403,
  initialisationTimeout: 4408,
  duplicateId: 4409,
  /** Ours: an event would have been lost, and the client wants none to be. It resumes from its last cursor. */
  tooSlow: 4418,
  tooManyInitialisations: 4429,
  tooMany: 4429,
} as const;

const payload = z.record(z.string(), z.unknown());
const message = z.discriminatedUnion('type', [
  z.object({ type: z.literal('connection_init'), payload: payload.nullish() }),
  z.object({ type: z.literal('ping'), payload: payload.nullish() }),
  z.object({ type: z.literal('pong'), payload: payload.nullish() }),
  z.object({ type: z.literal('complete'), id: z.string().min(1).max(256) }),
  z.object({
    type: z.literal('subscribe'),
    id: z.string().min(1).max(256),
    payload: z
      .object({
        query: z.string().nullish(),
        documentId: z.string().nullish(),
        operationName: z.string().nullish(),
        variables: payload.nullish(),
        extensions: payload.nullish(),
      })
      .refine((given) => Boolean(given.query) || namesDocument(given)),
  }),
]);
export type ClientMessage = z.output<typeof message>;
export type SubscribeMessage = Extract<ClientMessage, { type: 'subscribe' }>;

/** What the client said, or undefined where it is not a message of the protocol. */
export function parseMessage(text: string): ClientMessage | undefined {
  try {
    return message.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

/** The Bearer value in `connectionParams` or in a `ping`. */
export function authorizationIn(given: Record<string, unknown> | null | undefined): string | undefined {
  const value = given?.['authorization'] ?? given?.['Authorization'];
  return typeof value === 'string' ? value : undefined;
}

/** Set in `connection_init`, or in the `extensions` of a subscription, by a client that had rather be cut off than lose an event. */
export const wantsNoLoss = (given: Record<string, unknown> | null | undefined): boolean => given?.['noLoss'] === true;
