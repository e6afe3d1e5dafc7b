import { once } from 'node:events';
import { WebSocket } from 'ws';
import { createBoundedQueue, type BoundedQueue } from '@vss/gateway';
import { withoutCost, type Json } from './serve.js';

type Message = { type: string; id?: string; payload?: Json };

/** A client of graphql-transport-ws that shows each message, in order. */
export interface SocketClient {
  readonly socket: WebSocket;
  send(message: Message | string): void;
  /** The next message of any kind but `ping`; an answer without its cost. */
  next(): Promise<Message>;
  subscribe(id: string, query: string, variables?: Record<string, unknown>): void;
  closed: Promise<{ code: number; reason: string }>;
  close(): Promise<void>;
}

export async function openSocket(url: string, options: { protocol?: string; headers?: Record<string, string> } = {}): Promise<SocketClient> {
  const socket = new WebSocket(url.replace(/^http/, 'ws'), options.protocol ?? 'graphql-transport-ws', { headers: options.headers ?? {} });
  const messages: BoundedQueue<Message> = createBoundedQueue({ limit: 100_000 });
  socket.on('message', (data) => messages.push(JSON.parse((data as Buffer).toString()) as Message));
  const closed = new Promise<{ code: number; reason: string }>((resolve) =>
    socket.once('close', (code, reason) => {
      resolve({ code, reason: String(reason) });
      messages.end();
    }),
  );
  await once(socket, 'open');
  const send = (message: Message | string): void => socket.send(typeof message === 'string' ? message : JSON.stringify(message));
  return {
    socket,
    send,
    async next() {
      const { value, done } = await messages.next();
      if (done) throw new Error(`The connection was closed: ${JSON.stringify(await closed)}`);
      return value.type === 'next' ? { ...value, payload: withoutCost(value.payload) } : value;
    },
    subscribe: (id, query, variables) => send({ id, type: 'subscribe', payload: { query, ...(variables ? { variables } : {}) } }),
    closed,
    async close() {
      socket.close();
      await closed;
    },
  };
}

/** Opens a connection and waits until it is accepted. */
export async function signIn(url: string, token?: string): Promise<SocketClient> {
  const client = await openSocket(url);
  client.send({ type: 'connection_init', payload: token ? { authorization: `Bearer ${token}` } : {} });
  const answer = await client.next();
  if (answer.type !== 'connection_ack') throw new Error(`Not accepted: ${JSON.stringify(answer)}`);
  return client;
}
