import { createServer, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { anonymousActor } from '@vss/auth';
import { createHttpSource, DEFAULT_RESILIENCE, resilient, type RawAnswer, type RawRequest, type Source } from '@vss/gateway';
import { nobody, noReply } from './source.js';

const stops: (() => unknown)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).toReversed()) await stop();
});

interface Far {
  readonly url: string;
  /** Everything that came, by connection. */
  readonly received: string[];
  readonly sockets: Socket[];
}

/** A server that does with each piece it receives whatever the test says. */
async function far(onData: (socket: Socket, text: string, connection: number) => void): Promise<Far> {
  const received: string[] = [];
  const sockets: Socket[] = [];
  const server = createServer((socket) => {
    const connection = sockets.push(socket) - 1;
    received[connection] = '';
    socket.on('error', () => undefined);
    socket.on('data', (chunk) => {
      received[connection] += chunk.toString('latin1');
      onData(socket, chunk.toString('latin1'), connection);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  stops.push(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql?x=1`, received, sockets };
}

function sourceOf(url: string, maxConnections?: number): Source & { send: NonNullable<Source['send']> } {
  const source = resilient(createHttpSource({ name: 'a', url, ...(maxConnections ? { maxConnections } : {}) }), { settings: DEFAULT_RESILIENCE, isSession: true });
  stops.push(() => source.close?.());
  if (!source.send) throw new Error('A source over HTTP sends bytes');
  return source as Source & { send: NonNullable<Source['send']> };
}

const scope = { actor: anonymousActor, traceId: 't', request: nobody, reply: noReply };
const raw = (body = '{"query":"{a}"}', isRepeatable = true): RawRequest => ({ body, isRepeatable, scope });
const text = ({ bytes }: RawAnswer): string => bytes.toString();
const ok = (body: string, headers = ''): string => `HTTP/1.1 200 OK\r\n${headers}content-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
const bytesOf = (answer: string): Buffer[] => [...Buffer.from(answer)].map((byte) => Buffer.of(byte));
/** How often a request begins in what was received. */
const requests = (received: string | undefined): number => (received ?? '').split('POST /graphql?x=1 HTTP/1.1\r\n').length - 1;
const bodies = (received: string): string[] => [...received.matchAll(/"query":"(.)"/g)].map(([, name = '']) => name);

describe('an answer', () => {
  const cases: [string, string | Buffer[], Partial<{ text: string; status: number; isClean: boolean }>][] = [
    ['with a length', ok('{"data":{}}'), { text: '{"data":{}}', status: 200, isClean: false }],
    ['that is vouched for', ok('{"data":{}}', 'X-VSS-Errors: none\r\n'), { isClean: true }],
    ['of another status is never vouched for', 'HTTP/1.1 500 No\r\nx-vss-errors: none\r\ncontent-length: 2\r\n\r\n{}', { isClean: false, status: 500 }],
    ['in one byte at a time', bytesOf(ok('{"data":{"ä":1}}')), { text: '{"data":{"ä":1}}' }],
    ['in chunks', 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\nx-vss-errors: none\r\n\r\n5;x=y\r\n{"dat\r\n6\r\na":{}}\r\n0\r\nx-trailer: 1\r\n\r\n', { text: '{"data":{}}', isClean: true }],
    ['in chunks, one byte at a time', bytesOf('HTTP/1.1 200 OK\r\nTransfer-Encoding: Chunked\r\n\r\n5\r\n{"dat\r\nA\r\na":{ }   }\r\n0\r\n\r\n'), { text: '{"data":{ }   }' }],
    ['after interim answers', `HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nlink: x\r\n\r\n${ok('{}')}`, { text: '{}' }],
    ['without content', 'HTTP/1.1 204 No Content\r\n\r\n', { text: '', status: 204 }],
    ['that needs no change', 'HTTP/1.1 304 Not Modified\r\ncontent-length: 900\r\n\r\n', { text: '', status: 304 }],
    ['without a reason phrase', 'HTTP/1.1 200\r\ncontent-length: 2\r\n\r\n{}', { text: '{}' }],
  ];
  it.each(cases)('%s', async (_name, answer, expected) => {
    const { url } = await far((socket) => {
      for (const piece of typeof answer === 'string' ? [answer] : answer) socket.write(piece);
    });
    const got = await sourceOf(url).send(raw());
    expect({ text: text(got), status: got.status, isClean: got.isClean }).toMatchObject(expected);
  });

  it('of HTTP/1.0 lasts to the end of the connection, and is not vouched for: it may be cut off', async () => {
    const { url } = await far((socket) => socket.end('HTTP/1.0 200 OK\r\nx-vss-errors: none\r\n\r\n{"data":{}}'));
    const answer = await sourceOf(url).send(raw());
    expect([text(answer), answer.isClean]).toEqual(['{"data":{}}', false]);
  });

  it('of a megabyte comes whole', async () => {
    const body = JSON.stringify({ data: 'é'.repeat(1_000_000) });
    const { url } = await far((socket) => socket.write(ok(body)));
    expect(text(await sourceOf(url).send(raw())) === body).toBe(true);
  });

  it.each([
    ['no HTTP', 'hello\r\n\r\n'],
    ['HTTP/2', 'HTTP/2 200 OK\r\n\r\n'],
    ['two equal lengths', 'HTTP/1.1 200 OK\r\ncontent-length: 2\r\ncontent-length: 2\r\n\r\n{}'],
    ['two lengths', 'HTTP/1.1 200 OK\r\ncontent-length: 2\r\ncontent-length: 3\r\n\r\n{}'],
    ['a list of lengths', 'HTTP/1.1 200 OK\r\ncontent-length: 2, 2\r\n\r\n{}'],
    ['a negative length', 'HTTP/1.1 200 OK\r\ncontent-length: -2\r\n\r\n{}'],
    ['a length and chunks', 'HTTP/1.1 200 OK\r\ncontent-length: 2\r\ntransfer-encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n'],
    ['an unknown coding', 'HTTP/1.1 200 OK\r\ntransfer-encoding: gzip, chunked\r\n\r\n0\r\n\r\n'],
    ['an encoding nobody asked for', ok('{}', 'content-encoding: gzip\r\n')],
    ['a folded header', 'HTTP/1.1 200 OK\r\nx: 1\r\n y\r\ncontent-length: 2\r\n\r\n{}'],
    ['a header without colon', 'HTTP/1.1 200 OK\r\nx\r\ncontent-length: 2\r\n\r\n{}'],
    ['a space before the colon', 'HTTP/1.1 200 OK\r\ncontent-length : 2\r\n\r\n{}'],
    ['a bare line feed', 'HTTP/1.1 200 OK\r\nx: 1\ncontent-length: 2\r\n\r\n{}'],
    ['a wrong chunk length', 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n0x2\r\n{}\r\n0\r\n\r\n'],
    ['a chunk longer than it says', 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n2\r\n{}}\r\n0\r\n\r\n'],
    ['a head without end', `HTTP/1.1 200 OK\r\nx: ${'y'.repeat(300_000)}`],
    ['a body too large', 'HTTP/1.1 200 OK\r\ncontent-length: 99999999999\r\n\r\n'],
    ['a change of protocol', 'HTTP/1.1 101 Switching Protocols\r\n\r\n'],
  ])('that is no answer: %s', async (_name, answer) => {
    const { url, sockets } = await far((socket) => socket.write(answer));
    await expect(sourceOf(url).send(raw())).rejects.toMatchObject({ code: 'UNAVAILABLE', message: 'The subgraph a cannot be reached', cause: { name: 'MalformedAnswer' } });
    expect(sockets).toHaveLength(1);
    await closed(sockets[0]);
  });

  it.each([
    ['its head', 'HTTP/1.1 200 OK\r\ncontent-le'],
    ['its body', 'HTTP/1.1 200 OK\r\ncontent-length: 20\r\n\r\n{"data"'],
    ['its chunks', 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n2\r\n{}\r\n'],
  ])('that is cut off in %s fails and is not asked for again', async (_name, answer) => {
    const { url, sockets } = await far((socket) => socket.end(answer));
    await expect(sourceOf(url).send(raw())).rejects.toMatchObject({ code: 'UNAVAILABLE', cause: { name: 'ConnectionLost' } });
    expect(sockets).toHaveLength(1);
  });
});

const closed = (socket: Socket | undefined): Promise<void> => new Promise((resolve) => (!socket || socket.closed ? resolve() : socket.once('close', () => resolve())));

describe('a connection', () => {
  it('is kept, and carries bytes as they are', async () => {
    const { url, received } = await far((socket) => socket.write(ok('{}')));
    const source = sourceOf(url);
    const body = Buffer.from('{"query":"{a}","variables":{"x":"ä€😀"}}');
    for (let n = 0; n < 3; n += 1) await source.send(raw(body.toString('latin1')));
    expect(received).toHaveLength(1);
    expect(requests(received[0])).toBe(3);
    expect(received[0]).toContain(`content-length: ${body.length}\r\n\r\n${body.toString('latin1')}`);
    await source.execute({ ...scope, query: '{a}', variables: { x: 'ä€😀' } });
    expect(received[0]?.endsWith(body.toString('latin1'))).toBe(true);
  });

  it('is shared by reads only where there are no more to open, and answers go to their askers', async () => {
    const { url, received, sockets } = await far((socket, text) => {
      for (const name of bodies(text)) if (name !== 'h') socket.write(ok(name));
    });
    const source = sourceOf(url, 2);
    const names = ['a', 'b', 'c', 'd', 'e', 'f'];
    const answers = await Promise.all(names.map((name) => source.send(raw(`{"query":"${name}"}`))));
    expect(answers.map(text)).toEqual(names);
    expect(received.map(requests)).toEqual([3, 3]);
    expect(sockets).toHaveLength(2);
  });

  it('is shared while the subgraph is quick, and no longer when it was slow', async () => {
    let isSlow = false;
    const { url, received } = await far((socket, text) => {
      for (const name of bodies(text)) {
        if (!isSlow) socket.write(ok(name));
        else setTimeout(() => socket.write(ok(name)), 30);
      }
    });
    const source = sourceOf(url);
    /** How many connections two requests of one moment take. */
    const taken = async (): Promise<number> => {
      const before = received.map(requests);
      expect((await Promise.all(['a', 'b'].map((name) => source.send(raw(`{"query":"${name}"}`))))).map(text)).toEqual(['a', 'b']);
      return received.filter((all, connection) => requests(all) > (before[connection] ?? 0)).length;
    };
    expect(await taken()).toBe(2);
    await vi.waitFor(async () => expect(await taken()).toBe(1), { timeout: 10_000, interval: 20 });
    isSlow = true;
    await source.send(raw('{"query":"c"}'));
    isSlow = false;
    expect(await taken()).toBe(2);
  });

  it('carries no mutation, which gets one of its own', async () => {
    const { url, received, sockets } = await far((socket) => socket.write(ok('{}')));
    const source = sourceOf(url);
    await source.send(raw());
    await Promise.all([source.send(raw('{"query":"m"}', false)), source.execute({ ...scope, query: 'mutation{a}', variables: {} })]);
    await source.send(raw());
    expect(received.map(requests)).toEqual([2, 1, 1]);
    expect(received[1]).toContain('connection: close\r\n');
    await Promise.all([closed(sockets[1]), closed(sockets[2])]);
  });

  it.each([
    ['says that it closes', ok('{}', 'connection: close\r\n')],
    ['speaks HTTP/1.0', ok('{}').replace('HTTP/1.1', 'HTTP/1.0')],
    ['sends more than was asked for', `${ok('{}')}HTTP/1.1 200 OK\r\n`],
  ])('is not used again when the far end %s', async (_name, answer) => {
    const { url, received, sockets } = await far((socket) => socket.write(answer));
    const source = sourceOf(url);
    expect(text(await source.send(raw()))).toBe('{}');
    await closed(sockets[0]);
    expect(text(await source.send(raw()))).toBe('{}');
    expect(received.map(requests)).toEqual([1, 1]);
  });

  it('that the far end closes while it is idle is replaced', async () => {
    const { url, received, sockets } = await far((socket) => socket.write(ok('{}')));
    const source = sourceOf(url);
    await source.send(raw());
    sockets[0]?.end();
    await closed(sockets[0]);
    expect(text(await source.send(raw()))).toBe('{}');
    expect(received.map(requests)).toEqual([1, 1]);
  });

  it('that breaks before an answer: a read is asked once more, on a new one; a mutation is not', async () => {
    const { url, received } = await far((socket, _text, connection) => (connection < 2 ? socket.resetAndDestroy() : socket.write(ok('{}'))));
    const source = sourceOf(url);
    await expect(source.send(raw('{"query":"m"}', false))).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    expect(text(await source.send(raw()))).toBe('{}');
    expect(received.map(requests)).toEqual([1, 1, 1]);
  });

  it('that the far end gives up with a time-out, as a request is on its way: the request is sent on a new one', async () => {
    const { url, received } = await far((socket, _text, connection) => {
      if (connection > 0 || requests(received[0]) === 1) socket.write(ok('{}'));
      else socket.end('HTTP/1.1 408 Request Timeout\r\nconnection: close\r\ncontent-length: 0\r\n\r\n');
    });
    const source = sourceOf(url);
    await source.send(raw());
    expect(text(await source.send(raw()))).toBe('{}');
    expect(received.map(requests)).toEqual([2, 1]);
  });

  it('that breaks twice fails the read', async () => {
    const { url, received } = await far((socket) => socket.destroy());
    await expect(sourceOf(url).send(raw())).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    expect(received).toHaveLength(2);
  });

  it('that breaks in one answer: those that wait behind it are asked again', async () => {
    const { url } = await far((socket, text, connection) => {
      if (connection === 0) socket.end('HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n{');
      else for (const name of bodies(text)) socket.write(ok(name));
    });
    const source = sourceOf(url, 1);
    const answers = await Promise.allSettled(['a', 'b', 'c'].map((name) => source.send(raw(`{"query":"${name}"}`))));
    expect(answers.map((answer) => (answer.status === 'fulfilled' ? text(answer.value) : 'failed'))).toEqual(['failed', 'b', 'c']);
  });

  it('with a request that is overdue is given up; those behind it are asked again', async () => {
    const { url, sockets } = await far((socket, text) => {
      for (const name of bodies(text)) {
        if (name === 'h') break;
        socket.write(ok(name));
      }
    });
    const source = sourceOf(url, 1);
    const late = source.send({ ...raw('{"query":"h"}'), dueAt: performance.now() + 20 });
    const behind = source.send(raw('{"query":"b"}'));
    await expect(late).rejects.toMatchObject({ code: 'UNAVAILABLE', message: 'The subgraph a did not answer in time' });
    expect(text(await behind)).toBe('b');
    await closed(sockets[0]);
  });

  it('to nobody fails at once', async () => {
    await expect(sourceOf('http://127.0.0.1:1/').send(raw())).rejects.toMatchObject({ code: 'UNAVAILABLE', cause: { message: expect.stringContaining('ECONNREFUSED') } });
  });
});

describe('a value from outside', () => {
  it('cannot begin a header or a request of its own', async () => {
    const { url, received } = await far((socket) => socket.write(ok('{}')));
    const evil = 'x\r\ninjected: yes\r\n\r\nPOST / HTTP/1.1';
    const request = { address: evil, userAgent: evil, refreshCookie: evil, wantsCookie: true };
    await sourceOf(url).send({ ...raw(), scope: { ...scope, traceId: evil, traceparent: evil, request } });
    expect(received[0]).not.toMatch(/^injected/m);
    expect(received[0]?.split('\r\n\r\n')).toHaveLength(2);
  });
});
