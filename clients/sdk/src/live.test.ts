import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { WebSocketServer, type WebSocket as ServerSocket } from 'ws';
import { CallUpdatedDocument, VssClient, type CallUpdatedSubscription, type LiveState, type VssClientOptions } from './index.js';

interface Subscribed {
  id: string;
  socket: ServerSocket;
  token: string | undefined;
  after: string | null | undefined;
}

/** The live side of a platform: what clients ask for is kept, and the test says what they are told. */
class LivePlatform {
  readonly subscribed: Subscribed[] = [];
  readonly pings: unknown[] = [];
  completed = 0;
  #server: Server | undefined;
  #sockets: WebSocketServer | undefined;
  #port = 0;

  async start(): Promise<this> {
    this.#server = createServer();
    this.#sockets = new WebSocketServer({ server: this.#server });
    this.#sockets.on('connection', (socket) => this.#serve(socket));
    this.#server.listen(this.#port, '127.0.0.1');
    await once(this.#server, 'listening');
    this.#port = (this.#server.address() as AddressInfo).port;
    return this;
  }

  /** As if it was killed: nothing is said goodbye to. */
  async kill(): Promise<void> {
    for (const socket of this.#sockets?.clients ?? []) socket.terminate();
    this.#server?.close();
    await once(this.#server as Server, 'close');
  }

  get url(): string {
    return `http://127.0.0.1:${this.#port}/graphql`;
  }

  /** The n-th subscription, as soon as it is there. */
  nth(n: number): Promise<Subscribed> {
    return vi.waitFor(() => {
      const found = this.subscribed[n];
      if (!found) throw new Error(`${n} subscriptions so far`);
      return found;
    }, 5_000);
  }

  #serve(socket: ServerSocket): void {
    let token: string | undefined;
    socket.on('message', (data) => {
      const message = JSON.parse((data as Buffer).toString()) as { type: string; id: string; payload?: { authorization?: string; variables?: { after?: string | null } } };
      if (message.type === 'connection_init') {
        token = message.payload?.authorization;
        socket.send(JSON.stringify({ type: 'connection_ack' }));
      } else if (message.type === 'ping') {
        this.pings.push(message.payload);
        socket.send(JSON.stringify({ type: 'pong' }));
      } else if (message.type === 'complete') this.completed += 1;
      else this.subscribed.push({ id: message.id, socket, token, after: message.payload?.variables?.after });
    });
  }
}

const say = ({ socket, id }: Subscribed, type: 'next' | 'error', payload: unknown): void => socket.send(JSON.stringify({ id, type, payload }));
const event = (cursor: number, extensions?: object): object => ({ data: { callUpdated: { cursor: String(cursor), at: '', type: '', call: null } }, ...(extensions ? { extensions } : {}) });
const error = (code: string, reason?: string): object[] => [{ message: code, extensions: { code, reason } }];
const cursorOf = ({ value }: IteratorResult<CallUpdatedSubscription>): string => value.callUpdated.cursor;

const platforms: LivePlatform[] = [];
const clients: VssClient[] = [];
afterEach(async () => {
  for (const client of clients.splice(0)) client.close();
  for (const platform of platforms.splice(0)) await platform.kill();
});

async function aPlatform(): Promise<LivePlatform> {
  const platform = await new LivePlatform().start();
  platforms.push(platform);
  return platform;
}

/** A signed-in client; its tokens are numbered. */
async function aClient(platform: LivePlatform, options: Partial<VssClientOptions> = {}): Promise<VssClient> {
  let tokens = 0;
  const session = (): object => ({ accessToken: `access-${++tokens}`, refreshToken: 'refresh', expiresAt: new Date(Date.now() + 600_000).toISOString(), user: { id: 'usr_1' }, userErrors: [] });
  const fetch: typeof globalThis.fetch = async (_, init) => Response.json({ data: /mutation Login/.test(init?.body as string) ? { login: session() } : { sessionRefresh: session() } });
  const client = new VssClient({ url: platform.url, fetch, ...options });
  clients.push(client);
  await client.login('olga', 'secret');
  return client;
}

describe('a subscription', () => {
  it('goes on behind the last event after the platform was killed and started again', async () => {
    const platform = await aPlatform();
    const states: LiveState[] = [];
    const vss = await aClient(platform, { onLive: (state) => states.push(state) });
    const stream = vss.subscribe(CallUpdatedDocument, { after: '0' });
    const first = await platform.nth(0);
    expect([first.after, first.token]).toEqual(['0', 'Bearer access-1']);
    for (const cursor of [1, 2]) say(first, 'next', event(cursor));
    expect([cursorOf(await stream.next()), cursorOf(await stream.next())]).toEqual(['1', '2']);

    await platform.kill();
    const waiting = stream.next();
    await vi.waitFor(() => expect(states.at(-1)).toBe('waiting'));
    await platform.start();
    const second = await platform.nth(1);
    expect(second.after).toBe('2');
    say(second, 'next', event(3));
    expect(cursorOf(await waiting)).toBe('3');
    expect(states.at(-1)).toBe('open');
  });

  it('of a program is held by its API key, and ends when the key is taken back', async () => {
    const platform = await aPlatform();
    const vss = new VssClient({ url: platform.url, apiKey: 'vss_Ab3dEf9h_secret' });
    clients.push(vss);
    const stream = vss.subscribe(CallUpdatedDocument, { after: '0' });
    const first = await platform.nth(0);
    expect(first.token).toBe('Bearer vss_Ab3dEf9h_secret');
    say(first, 'next', event(1));
    expect(cursorOf(await stream.next())).toBe('1');
    say(first, 'error', error('UNAUTHENTICATED', 'SESSION_ENDED'));
    await expect(stream.next()).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
    expect(platform.subscribed).toHaveLength(1);
  });

  it('reads again what the platform passed over because the client was too slow', async () => {
    const platform = await aPlatform();
    const stream = (await aClient(platform)).subscribe(CallUpdatedDocument, { after: '0' });
    const first = await platform.nth(0);
    say(first, 'next', event(1));
    say(first, 'next', event(9, { dropped: 7 }));
    const second = await platform.nth(1);
    expect(second.after).toBe('1');
    say(second, 'next', event(2));
    expect([cursorOf(await stream.next()), cursorOf(await stream.next())]).toEqual(['1', '2']);
  });

  it('does not hear what an earlier connection still says', async () => {
    const platform = await aPlatform();
    const stream = (await aClient(platform)).subscribe(CallUpdatedDocument, { after: '0' });
    const first = await platform.nth(0);
    say(first, 'error', error('UNAVAILABLE'));
    const second = await platform.nth(1);
    say(first, 'next', event(66));
    say(second, 'next', event(1));
    expect(cursorOf(await stream.next())).toBe('1');
  });

  it('ends at once, also while it waits, and tells the platform', async () => {
    const platform = await aPlatform();
    const vss = await aClient(platform);
    const stream = vss.subscribe(CallUpdatedDocument);
    const other = vss.subscribe(CallUpdatedDocument);
    await platform.nth(1);
    const waiting = [stream.next(), stream.next()];
    await stream.return?.();
    expect((await Promise.all(waiting)).map(({ done }) => done)).toEqual([true, true]);
    await vi.waitFor(() => expect(platform.completed).toBe(1));
    const last = other.next();
    vss.close();
    expect(await last).toEqual({ done: true, value: undefined });
    expect(await other.next()).toEqual({ done: true, value: undefined });
  });

  it('gives what was left unread up to its limit, then fails', async () => {
    const platform = await aPlatform();
    const stream = (await aClient(platform, { maxUnread: 2 })).subscribe(CallUpdatedDocument, { after: '0' });
    const subscribed = await platform.nth(0);
    for (const cursor of [1, 2, 3]) say(subscribed, 'next', event(cursor));
    await vi.waitFor(() => expect(platform.completed).toBe(1));
    expect([cursorOf(await stream.next()), cursorOf(await stream.next())]).toEqual(['1', '2']);
    await expect(stream.next()).rejects.toMatchObject({ code: 'UNAVAILABLE', message: '2 events were left unread' });
    expect(await stream.next()).toEqual({ done: true, value: undefined });
  });

  it('fails where trying again does not help', async () => {
    const platform = await aPlatform();
    const vss = await aClient(platform);
    for (const [n, code] of ['FORBIDDEN', 'BAD_USER_INPUT'].entries()) {
      const stream = vss.subscribe(CallUpdatedDocument, { after: '0' });
      say(await platform.nth(n), 'error', error(code, code === 'BAD_USER_INPUT' ? 'CURSOR_EXPIRED' : undefined));
      await expect(stream.next()).rejects.toMatchObject({ code });
    }
  });

  it.each([
    ['the rights have changed', error('FORBIDDEN', 'RIGHTS_CHANGED')],
    ['the graph has changed', error('SUPERGRAPH_CHANGED')],
    ['its subgraph is away', error('UNAVAILABLE')],
    ['there were too many', [{ message: 'wait', extensions: { code: 'RATE_LIMITED', retryAfterMs: 20 } }]],
  ])('is asked for anew, from the last event, when %s', async (_what, told) => {
    const platform = await aPlatform();
    const stream = (await aClient(platform)).subscribe(CallUpdatedDocument, { after: '0' });
    const first = await platform.nth(0);
    say(first, 'next', event(1));
    say(first, 'error', told);
    const second = await platform.nth(1);
    expect(second.after).toBe('1');
    say(second, 'next', event(2));
    expect([cursorOf(await stream.next()), cursorOf(await stream.next())]).toEqual(['1', '2']);
  });

  it.each([
    ['stops', 1001],
    ['finds the client too slow', 4418],
    ['cannot confirm the session', 1013],
  ])('is asked for anew, from the last event, when the platform %s', async (_what, code) => {
    const platform = await aPlatform();
    (await aClient(platform)).subscribe(CallUpdatedDocument, { after: '0' });
    const first = await platform.nth(0);
    say(first, 'next', event(1));
    first.socket.close(code, 'so');
    expect((await platform.nth(1)).after).toBe('1');
  });

  it('goes on with another token where the platform refuses the one it has', async () => {
    const platform = await aPlatform();
    (await aClient(platform)).subscribe(CallUpdatedDocument, { after: '0' });
    const first = await platform.nth(0);
    say(first, 'error', error('UNAUTHENTICATED', 'TOKEN_EXPIRED'));
    first.socket.close(4401, 'The access token has expired');
    expect((await platform.nth(1)).token).toBe('Bearer access-2');
  });

  it('hands a renewed token to the open connection', async () => {
    const platform = await aPlatform();
    const vss = await aClient(platform);
    vss.subscribe(CallUpdatedDocument);
    await platform.nth(0);
    await vss.renew();
    await vi.waitFor(() => expect(platform.pings).toContainEqual({ authorization: 'Bearer access-2' }));
    expect(platform.subscribed).toHaveLength(1);
  });

  it('fails for who has not signed in', async () => {
    const platform = await aPlatform();
    const vss = new VssClient({ url: platform.url });
    clients.push(vss);
    const stream = vss.subscribe(CallUpdatedDocument);
    const subscribed = await platform.nth(0);
    say(subscribed, 'error', error('UNAUTHENTICATED'));
    await expect(stream.next()).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
  });
});
