import { createHash, generateKeyPairSync } from 'node:crypto';
import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { remoteHostContract } from '../../ports/remote-host.contract.js';
import { remoteCommand, splitPid } from './quote.js';
import { createSshHost } from './remote-host.js';

interface ServerSide {
  on(event: string, listener: (...args: never[]) => void): this;
}
interface ServerChannel extends Duplex {
  stderr: Duplex;
  exit(code: number): void;
}
const { Server, utils } = createRequire(import.meta.url)('ssh2') as {
  Server: new (options: { hostKeys: string[] }, onClient: (client: ServerSide) => void) => ServerSide & { listen(port: number, host: string): void; address(): AddressInfo; close(): void };
  utils: { parseKey(key: string): { getPublicSSH(): Buffer } };
};

const pem = (): string => generateKeyPairSync('rsa', { modulusLength: 2048, publicKeyEncoding: { type: 'pkcs1', format: 'pem' }, privateKeyEncoding: { type: 'pkcs1', format: 'pem' } }).privateKey;

/** An SSH server that hands commands to this machine's shell, as sshd does. */
async function aServer() {
  const hostKey = pem();
  const started: number[] = [];
  const server = new Server({ hostKeys: [hostKey] }, (client) => {
    client.on('authentication', (attempt: { accept(): void }) => attempt.accept());
    client.on('error', () => undefined);
    client.on('session', (accept: () => ServerSide) => {
      accept().on('exec', (acceptExec: () => ServerChannel, _: unknown, { command }: { command: string }) => {
        const channel = acceptExec();
        const child = spawn('sh', ['-c', command]);
        started.push(child.pid ?? 0);
        child.stdout.pipe(channel, { end: false });
        child.stderr.pipe(channel.stderr, { end: false });
        child.on('close', (code) => {
          channel.exit(code ?? 137);
          channel.end();
        });
      });
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server as never, 'listening');
  const fingerprint = `SHA256:${createHash('sha256').update(utils.parseKey(hostKey).getPublicSSH()).digest('base64').replace(/=+$/, '')}`;
  const settings = { host: '127.0.0.1', port: server.address().port, user: 'vss', privateKey: pem(), hostKey: fingerprint };
  return { server, settings, started };
}

remoteHostContract('SSH', async () => {
  const { server, settings } = await aServer();
  const host = createSshHost(settings);
  return {
    host,
    close: async () => {
      host.close();
      server.close();
    },
  };
});

describe('an SSH host', () => {
  const never = new AbortController().signal;
  it('is not talked to when its key is another', async () => {
    const { server, settings } = await aServer();
    const host = createSshHost({ ...settings, hostKey: 'SHA256:another' });
    await expect(host.run(['true'], never)).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    server.close();
  });
  it('is unavailable when nobody listens', async () => {
    const { server, settings } = await aServer();
    server.close();
    await expect(createSshHost(settings).run(['true'], never)).rejects.toMatchObject({ code: 'UNAVAILABLE' });
  });
  it('ends what it had begun when that is given up', async () => {
    const { server, settings, started } = await aServer();
    const host = createSshHost(settings);
    const givenUp = new AbortController();
    const run = host.run(['sh', '-c', 'echo begun; exec sleep 3600'], givenUp.signal);
    await expect.poll(() => started.length).toBe(1);
    await expect.poll(() => isAlive(started[0] ?? 0)).toBe(true);
    // The process id has to have come back for the kill.
    await host.run(['true'], never);
    givenUp.abort(new Error('given up'));
    await expect(run).rejects.toThrow('given up');
    await expect.poll(() => isAlive(started[0] ?? 0)).toBe(false);
    host.close();
    server.close();
  });
});

describe('a command as text', () => {
  it('quotes every argument and asks for the process id', () => {
    expect(remoteCommand(['echo', "it's", '$HOME'])).toBe(`echo $$ && exec 'echo' 'it'\\''s' '$HOME'`);
  });
  it('takes the process id off again', () => {
    expect(splitPid('4711\nhello\n')).toEqual({ pid: 4711, rest: 'hello\n' });
    expect(splitPid('hello\n')).toEqual({ pid: undefined, rest: 'hello\n' });
    expect(splitPid('')).toEqual({ pid: undefined, rest: '' });
  });
});

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
