import { createHash } from 'node:crypto';
import ssh2, { type Client, type ClientChannel } from 'ssh2';
import { AppError, messageOf } from '@vss/runtime';
import type { CommandResult, RemoteHost } from '../../ports/index.js';
import { quoteArgument, remoteCommand, splitPid } from './quote.js';

export interface SshSettings {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  /** The key itself, PEM or OpenSSH. */
  readonly privateKey: string;
  /** `SHA256:…` as `ssh-keygen -l` prints it; a host with another key is not talked to. */
  readonly hostKey: string;
}

const CONNECT_MS = 10_000;
const KEEPALIVE_MS = 10_000;

/** A POSIX host over SSH, on one connection that is made when it is needed. */
export function createSshHost(settings: SshSettings): RemoteHost & { close(): void } {
  let connection: Promise<Client> | undefined;

  function connected(): Promise<Client> {
    connection ??= connect(settings, () => (connection = undefined)).catch((error: unknown) => {
      connection = undefined;
      throw new AppError('UNAVAILABLE', `${settings.host} cannot be reached: ${messageOf(error)}`, {}, { cause: error });
    });
    return connection;
  }

  return {
    async run(command, signal) {
      signal.throwIfAborted();
      const client = await connected();
      signal.throwIfAborted();
      return runOn(client, command, signal);
    },
    close() {
      void connection?.then((client) => client.end());
      connection = undefined;
    },
  };
}

function connect({ host, port, user, privateKey, hostKey }: SshSettings, onLost: () => void): Promise<Client> {
  return new Promise((resolve, reject) => {
    const client = new ssh2.Client();
    client.on('ready', () => resolve(client));
    client.on('error', (error: Error) => {
      reject(error);
      onLost();
    });
    client.on('close', () => {
      reject(new Error('the connection was closed'));
      onLost();
    });
    const hostVerifier = (key: Buffer): boolean => `SHA256:${createHash('sha256').update(key).digest('base64').replace(/=+$/, '')}` === hostKey;
    client.connect({ host, port, username: user, privateKey, hostVerifier, readyTimeout: CONNECT_MS, keepaliveInterval: KEEPALIVE_MS });
  });
}

function open(client: Client, command: string): Promise<ClientChannel> {
  return new Promise((resolve, reject) => {
    client.exec(command, (error, channel) => (error ? reject(new AppError('UNAVAILABLE', `SSH: ${error.message}`, {}, { cause: error })) : resolve(channel)));
  });
}

async function runOn(client: Client, command: readonly string[], signal: AbortSignal): Promise<CommandResult> {
  const channel = await open(client, remoteCommand(command));
  return new Promise((resolve, reject) => {
    const [stdout, stderr]: [Buffer[], Buffer[]] = [[], []];
    const text = (): string => Buffer.concat(stdout).toString();
    const giveUp = (): void => {
      const { pid } = splitPid(text());
      if (pid !== undefined) void open(client, `kill -KILL ${quoteArgument(String(pid))}`).catch(() => undefined);
      channel.close();
      reject(signal.reason as Error);
    };
    if (signal.aborted) giveUp();
    else signal.addEventListener('abort', giveUp, { once: true });
    channel.on('data', (part) => stdout.push(part));
    channel.stderr.on('data', (part: Buffer) => stderr.push(part));
    // `exit` may have come before anyone could listen; `close` repeats what it said. Undefined: the host said nothing.
    channel.on('close', (code) => {
      signal.removeEventListener('abort', giveUp);
      if (code !== undefined) resolve({ exitCode: code, stdout: splitPid(text()).rest, stderr: Buffer.concat(stderr).toString() });
      else reject(new AppError('UNAVAILABLE', 'The SSH connection was lost before the command ended'));
    });
  });
}
