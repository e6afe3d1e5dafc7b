import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { createTokenVerifier, ACCESS_TOKEN_ISSUER, GATEWAY_AUDIENCE, resolveGrants, type Actor, type Grant } from '@vss/auth';
import { createActorTokens, createGateway, createHttpSource, serveGateway, type Gateway } from '@vss/gateway';
import { silentLogger } from '@vss/runtime';
import { anActor } from '@vss/testing';
import type { Json } from '../../gateway/testing/serve.js';
import { signIn, type SocketClient } from '../../gateway/testing/socket-client.js';
import { startWords, type Words } from './support/words.js';

const SAID = 'subscription($after: Cursor) { said(after: $after) { cursor n word { id remark } } }';
const reader = anActor({ grants: [{ resource: 'words', actions: ['read'], scope: 'ALL', effect: 'ALLOW' }] });

let words: Words;
beforeAll(async () => {
  words = await startWords();
});
afterAll(() => words?.stop());

let gateway: Gateway;
let url: string;
const stops: (() => Promise<unknown>)[] = [];
beforeEach(async () => {
  const sources = Object.entries(words.urls).map(([name, address]) => createHttpSource({ name, url: address, tokens: createActorTokens({ subgraph: name, key: words.gatewayKey }) }));
  const verifier = createTokenVerifier({ keys: { url: words.jwksUrl }, issuer: ACCESS_TOKEN_ISSUER, audience: GATEWAY_AUDIENCE });
  gateway = await createGateway({ supergraphSdl: words.supergraphSdl, sources, verifier, signingKey: words.gatewayKey, logger: silentLogger });
  const served = await serveGateway({ gateway, host: '127.0.0.1', port: 0, logger: silentLogger });
  stops.push(() => served.close());
  url = served.url;
});
afterEach(async () => {
  for (const stop of stops.splice(0).toReversed()) await stop();
});

const until = (what: () => void): Promise<void> => vi.waitFor(what, { timeout: 10_000, interval: 5 });
const connect = async (actor: Actor = reader): Promise<SocketClient> => signIn(url, await words.token(actor));

/** The numbers and cursors of the next events. */
async function hear(client: SocketClient, count: number): Promise<{ n: number[]; cursors: string[] }> {
  const heard: { n: number; cursor: string }[] = [];
  while (heard.length < count) {
    const { type, payload } = await client.next();
    expect([type, payload.errors]).toEqual(['next', undefined]);
    heard.push(payload.data.said);
  }
  return { n: heard.map(({ n }) => n), cursors: heard.map(({ cursor }) => cursor) };
}

const range = (from: number, to: number): number[] => Array.from({ length: to - from + 1 }, (_, i) => from + i);
const cursorOf = async (client: SocketClient): Promise<string> => {
  client.subscribe('cursor', '{ wordCursor }');
  const { payload } = await client.next();
  await client.next();
  return payload.data.wordCursor;
};

describe('a stream from the outbox', () => {
  it('goes on from a cursor: what was missed first, then what comes, none twice', async () => {
    const first = await connect();
    first.subscribe('1', SAID);
    await until(() => expect(words.openStreams()).toBe(1));
    await words.say(1, 10);
    const { n, cursors } = await hear(first, 10);
    expect(n).toEqual(range(1, 10));
    await first.close();
    await until(() => expect(words.openStreams()).toBe(0));
    await words.say(11, 20);
    const second = await connect();
    second.subscribe('1', SAID, { after: cursors[4] });
    expect((await hear(second, 15)).n).toEqual(range(6, 20));
    await words.say(21, 25);
    expect((await hear(second, 5)).n).toEqual(range(21, 25));
  });

  it('is one for everybody again, when those who came with cursors have caught up', async () => {
    const first = await connect();
    first.subscribe('1', SAID);
    await until(() => expect(gateway.live.clients).toBe(1));
    await words.say(1, 100);
    const { cursors } = await hear(first, 100);
    // What a stream does not show moves the place too.
    await words.sayNothing();
    const head = await cursorOf(first);
    const [atHead, ...clients] = [await connect(), ...(await Promise.all(range(0, 29).map(() => connect())))];
    atHead.subscribe('1', SAID, { after: head });
    for (const [i, client] of clients.entries()) client.subscribe('1', SAID, { after: cursors[i * 3] });
    for (const [i, client] of clients.entries()) expect((await hear(client, 99 - i * 3)).n).toEqual(range(i * 3 + 2, 100));
    await until(() => expect([words.openStreams(), gateway.live.upstreams, gateway.live.clients]).toEqual([1, 1, 32]));
    words.remarked.length = 0;
    await words.say(101, 110);
    for (const client of [first, atHead, ...clients]) expect((await hear(client, 10)).n).toEqual(range(101, 110));
    expect(words.remarked).toEqual(range(101, 110).map(String));
  });

  it('is one also where all come with cursors at once, to a gateway that knows nothing yet', async () => {
    await words.say(1, 300);
    const scout = await connect();
    const before = await cursorOf(scout);
    scout.subscribe('1', SAID, { after: before });
    await until(() => expect(gateway.live.clients).toBe(1));
    await words.say(301, 500);
    const { cursors } = await hear(scout, 200);
    await scout.close();
    await until(() => expect(gateway.live.upstreams).toBe(0));
    const opened = gateway.live.opened;
    const clients = await Promise.all(range(1, 40).map(() => connect()));
    for (const [i, client] of clients.entries()) client.subscribe('1', SAID, { after: cursors[(i * 37) % 200] });
    for (const [i, client] of clients.entries()) expect((await hear(client, 199 - ((i * 37) % 200))).n).toEqual(range(302 + ((i * 37) % 200), 500));
    await until(() => expect(words.openStreams()).toBe(1));
    expect(gateway.live.opened - opened).toBeLessThan(10);
    await words.say(501);
    for (const client of clients) expect((await hear(client, 1)).n).toEqual([501]);
  });

  it('goes on over a restart of its subgraph without its clients noticing', async () => {
    const [client, late] = [await connect(), await connect()];
    client.subscribe('1', SAID);
    await until(() => expect(gateway.live.clients).toBe(1));
    await words.say(1, 3);
    expect((await hear(client, 3)).n).toEqual([1, 2, 3]);
    await words.stopSubgraph();
    await words.say(4, 6);
    await words.startSubgraph();
    expect((await hear(client, 3)).n).toEqual([4, 5, 6]);
    late.subscribe('1', SAID);
    await until(() => expect(gateway.live.clients).toBe(2));
    await words.say(7);
    for (const each of [client, late]) expect((await hear(each, 1)).n).toEqual([7]);
    expect(gateway.live.upstreams).toBe(1);
  });

  it('says so when a cursor is too old, not of this stream, or of a time to come; others are not disturbed', async () => {
    const client = await connect();
    await words.say(1, 5);
    const old = await cursorOf(client);
    client.subscribe('1', SAID, { after: old });
    await until(() => expect(gateway.live.clients).toBe(1));
    await words.say(6, 10);
    await hear(client, 5);
    await words.forgetAll();
    // What its process remembers it would still replay.
    await words.stopSubgraph();
    await words.startSubgraph();
    const cursor = (text: string): string => Buffer.from(text).toString('base64url');
    const others: [string, string, string | undefined][] = [
      ['old', cursor('words.said@1'), 'CURSOR_EXPIRED'],
      ['to come', cursor('words.said@99999999'), 'CURSOR_EXPIRED'],
      ['of another stream', cursor('words.other@3'), undefined],
      ['nonsense', 'nonsense', undefined],
    ];
    for (const [id, after, reason] of others) {
      client.subscribe(id, SAID, { after });
      expect(await client.next()).toMatchObject({ id, type: 'error', payload: [{ extensions: { code: 'BAD_USER_INPUT', ...(reason ? { reason } : {}) } }] });
    }
    await words.say(11);
    expect((await hear(client, 1)).n).toEqual([11]);
    expect(gateway.live.upstreams).toBe(1);
  });

  it('leaves nothing behind, whenever its clients go', async () => {
    const client = await connect();
    const head = await cursorOf(client);
    for (let i = 0; i < 60; i++) {
      client.subscribe(`s${i}`, SAID, i % 2 ? { after: head } : {});
      // Every third is given the time to be opened.
      await until(() => expect(words.openStreams()).toBeGreaterThan(i % 3 === 0 ? 0 : -1));
      client.send({ id: `s${i}`, type: 'complete' });
    }
    await until(() => expect([words.openStreams(), gateway.live.upstreams, gateway.live.clients]).toEqual([0, 0, 0]));
  });
});

describe('rights', () => {
  const SECRETS = 'subscription($after: Cursor) { said(after: $after) { cursor n heardBy word { id secret } } }';
  const mayHear: Grant[] = [{ resource: 'words', actions: ['read', 'hear'], scope: 'ALL', effect: 'ALLOW' }];
  const mayRead: Grant[] = [{ resource: 'words', actions: ['read'], scope: 'ALL', effect: 'ALLOW' }];
  const of = ({ data: { said } }: Json): unknown[] => [said.n, said.heardBy, said.word.secret];

  it('that narrow, narrow the open stream at the very place where it is; none at all end it', async () => {
    const user = anActor({ grants: mayHear });
    const [client, other] = [await connect(user), await connect(anActor({ role: 'other', grants: mayHear }))];
    for (const each of [client, other]) each.subscribe('1', SECRETS);
    await until(() => expect(gateway.live.clients).toBe(2));
    await words.say(1, 5);
    for (const n of range(1, 5)) expect(of((await client.next()).payload)).toEqual([n, user.userId, `secret of ${n}`]);
    gateway.changeRights({ role: user.role, permissionVersion: 2, grants: resolveGrants(mayRead) });
    await words.say(6, 10);
    for (const n of range(6, 10)) {
      const { payload } = await client.next();
      expect(of(payload)).toEqual([n, user.userId, null]);
      expect(payload.errors).toMatchObject([{ path: ['said', 'word', 'secret'], extensions: { code: 'FORBIDDEN' } }]);
    }
    gateway.changeRights({ userId: user.userId, role: 'nobody', permissionVersion: 1, grants: resolveGrants([]) });
    expect(await client.next()).toMatchObject({ type: 'error', payload: [{ extensions: { code: 'FORBIDDEN' } }] });
    await words.say(11);
    for (const n of range(1, 11)) expect((await other.next()).payload.data.said).toMatchObject({ n, word: { secret: `secret of ${n}` } });
    // What the user may do now counts for whatever he asks next, and with the token that he has.
    for (const each of [client, await connect(user)]) {
      each.subscribe('2', SECRETS);
      expect(await each.next()).toMatchObject({ id: '2', type: 'error', payload: [{ extensions: { code: 'FORBIDDEN' } }] });
    }
    await until(() => expect([gateway.live.clients, words.openStreams()]).toEqual([1, 1]));
  });

  it('that a renewed token brings are those of the open stream from then on', async () => {
    const user = anActor({ grants: mayRead });
    const client = await connect(user);
    client.subscribe('1', SECRETS);
    await until(() => expect(gateway.live.clients).toBe(1));
    await words.say(1);
    expect(of((await client.next()).payload)).toEqual([1, user.userId, null]);
    client.send({ type: 'ping', payload: { authorization: `Bearer ${await words.token({ ...user, permissionVersion: 2, grants: resolveGrants(mayHear) })}` } });
    expect(await client.next()).toMatchObject({ type: 'pong' });
    await words.say(2);
    expect(of((await client.next()).payload)).toEqual([2, user.userId, 'secret of 2']);
  });

  it('that differ never share an answer, whenever and wherever their holders begin', async () => {
    const [a, b] = [anActor({ grants: mayHear }), anActor({ grants: mayHear })];
    const holders: [Actor, boolean][] = [
      [a, true],
      [b, true],
      [{ ...a, grants: resolveGrants(mayRead) }, false],
      [{ ...a, role: 'another', grants: resolveGrants(mayRead) }, false],
      [{ ...a, permissionVersion: 2, grants: resolveGrants(mayRead) }, false],
      [{ ...b, centerId: 'ctr_other', grants: resolveGrants(mayRead) }, false],
    ];
    const begin = await cursorOf(await connect());
    const clients: { client: SocketClient; actor: Actor; hears: boolean; from: number }[] = [];
    const join = async (after: string | undefined, from: number): Promise<void> => {
      for (const [actor, hears] of holders) {
        const client = await connect(actor);
        client.subscribe('1', SECRETS, { after });
        clients.push({ client, actor, hears, from });
      }
      await until(() => expect(gateway.live.clients).toBe(clients.length));
    };
    await join(undefined, 1);
    await words.say(1, 20);
    await join(begin, 1);
    await words.say(21, 40);
    await join(begin, 1);
    await join(undefined, 41);
    await words.say(41, 60);
    for (const { client, actor, hears, from } of clients)
      for (const n of range(from, 60)) expect(of((await client.next()).payload)).toEqual([n, actor.userId, hears ? `secret of ${n}` : null]);
    expect(gateway.live.upstreams).toBe(holders.length);
  });

  it('are not asked for where the graph cannot tell of sessions', async () => {
    const client = await connect();
    client.subscribe('1', SAID);
    await until(() => expect(gateway.live.clients).toBe(1));
    await gateway.confirmSessions();
    await words.say(1);
    expect((await hear(client, 1)).n).toEqual([1]);
  });
});
