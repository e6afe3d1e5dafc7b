import type { DocumentNode } from 'graphql';
import { createClient, type Client } from 'graphql-ws';
import { Stream } from './stream.js';

export type WebSocketConstructor = typeof globalThis.WebSocket;

/** `idle`: nothing is followed. `open`: connected. `waiting`: the connection is lost and tried again. */
export type LiveState = 'idle' | 'open' | 'waiting';

export interface LiveConnection {
  subscribe<R>(document: DocumentNode, variables: Record<string, unknown>): AsyncIterableIterator<R>;
  /** Hands a renewed token to the open connection, so that its streams outlive the old one. */
  renew(accessToken: string): void;
  close(): void;
}

export interface LiveOptions {
  url: string;
  webSocket: WebSocketConstructor;
  /** A valid token, renewed where it is about to end. */
  token: () => Promise<string | undefined>;
  /** Gets another token because the platform refused the present one. */
  reauthenticate: () => Promise<unknown>;
  onState: (state: LiveState) => void;
  maxUnread: number;
}

const KEEP_ALIVE_MS = 10_000;
/** A connection that leaves a ping unanswered this long is dead, whatever the network says. */
const PONG_MS = 5_000;

export function createLiveConnection(options: LiveOptions): LiveConnection {
  const streams = new Set<{ return(): unknown }>();
  let socket: WebSocket | undefined;
  let unanswered: ReturnType<typeof setTimeout> | undefined;
  const client: Client = createClient({
    url: options.url,
    webSocketImpl: options.webSocket,
    lazy: true,
    keepAlive: KEEP_ALIVE_MS,
    connectionAckWaitTimeout: 10_000,
    // Each stream resumes by itself from its own cursor: a repeat by the client would start it from the beginning.
    retryAttempts: 0,
    connectionParams: async () => {
      const token = await options.token();
      return token ? { authorization: `Bearer ${token}` } : {};
    },
    on: {
      opened: (opened) => {
        socket = opened as WebSocket;
      },
      connected: () => options.onState('open'),
      ping: (received) => {
        if (received) return;
        clearTimeout(unanswered);
        unanswered = setTimeout(() => client.terminate(), PONG_MS);
        // Renews a token that is about to end, before the platform cuts the connection off.
        options.token().catch(() => undefined);
      },
      pong: (received) => {
        if (received) clearTimeout(unanswered);
      },
      closed: () => {
        clearTimeout(unanswered);
        socket = undefined;
        options.onState(streams.size > 0 ? 'waiting' : 'idle');
      },
    },
  });
  return {
    subscribe<R>(document: DocumentNode, variables: Record<string, unknown>) {
      const stream: Stream<R> = new Stream<R>({ client, document, variables, maxUnread: options.maxUnread, reauthenticate: options.reauthenticate, onEnd: () => streams.delete(stream) });
      streams.add(stream);
      return stream;
    },
    renew(accessToken) {
      if (socket?.readyState === 1) socket.send(JSON.stringify({ type: 'ping', payload: { authorization: `Bearer ${accessToken}` } }));
    },
    close() {
      for (const stream of streams) stream.return();
    },
  };
}
