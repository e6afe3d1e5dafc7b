import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { fillTemplates, freePort, needTool, type Service, serviceDir, startService } from './service.ts';

/** What a phone tells: `REGISTER_OK`, `CALL_INCOMING`, `CALL_ESTABLISHED`, `CALL_CLOSED`… */
export interface BaresipEvent {
  type: string;
  class?: string;
  peeruri?: string;
  id?: string;
  param?: string;
}

export interface Baresip extends Service {
  readonly slot: string;
  readonly sipPort: number;
  /** TCP; netstrings of JSON `{ command, params, token }`. */
  readonly controlPort: number;
  /** All events since the start, oldest first. */
  readonly events: readonly BaresipEvent[];
  /** The first event of that type after the first `from` of `events`. */
  event(type: string, from?: number, deadlineMs?: number): Promise<BaresipEvent>;
  /** A command of baresip's menu: `accept`, `hangup`, `dial` with a SIP address, `uareg` with `0 0`, `quit`… */
  command(command: string, params?: string): void;
}

export interface BaresipOptions {
  slot: string;
  password: string;
  /** Kamailio's SIP port. */
  registrarPort: number;
  /** `auto` answers at once, `manual` rings until told `accept` or `hangup`. */
  answerMode?: 'auto' | 'manual';
  registerEveryS?: number;
}

export async function startBaresip(options: BaresipOptions): Promise<Baresip> {
  const { slot, password, registrarPort, answerMode = 'auto', registerEveryS = 60 } = options;
  const dir = await serviceDir('baresip');
  // Not one after the other: baresip itself opens the port after its SIP port, for TLS.
  const [sipPort, controlPort, rtpFirst] = [await freePort(2), await freePort(), await freePort(8)];
  await fillTemplates(join(import.meta.dirname, 'baresip'), dir, {
    DIR: dir,
    MODULES: '/usr/lib/baresip/modules',
    SIP_PORT: sipPort,
    CONTROL_PORT: controlPort,
    RTP_FIRST: rtpFirst,
    RTP_LAST: rtpFirst + 7,
  });
  const account =
    `<sip:${slot}@127.0.0.1:${registrarPort};transport=udp>;auth_user=${slot};auth_pass=${password}` +
    `;answermode=${answerMode};regint=${registerEveryS};audio_codecs=PCMU,PCMA`;
  const events: BaresipEvent[] = [];
  const waiting = new Set<() => void>();
  let control: Socket | undefined;

  async function connectControl(): Promise<boolean> {
    const socket = connect({ port: controlPort, host: '127.0.0.1' });
    await once(socket, 'connect');
    socket.unref();
    socket.on('error', () => socket.destroy()); // the phone was killed; `exited` tells it
    let unread: Buffer = Buffer.alloc(0);
    socket.on('data', (part) => {
      const { messages, rest } = parseNetstrings(Buffer.concat([unread, part]));
      unread = rest;
      for (const message of messages) {
        const parsed = JSON.parse(message) as BaresipEvent & { event?: boolean };
        if (parsed.event) events.push(parsed);
      }
      for (const wake of waiting) wake();
    });
    control = socket;
    // Only now, or the first REGISTER_OK would come before anyone listens.
    command('uanew', account);
    return true;
  }

  function command(name: string, params = ''): void {
    const text = JSON.stringify({ command: name, params, token: '' });
    control?.write(`${Buffer.byteLength(text)}:${text},`);
  }

  const service = await startService({ name: 'baresip', dir, command: needTool('baresip'), args: ['-f', dir, '-v'], ready: connectControl });
  return Object.assign(service, {
    slot,
    sipPort,
    controlPort,
    events,
    command,
    event: (type: string, from = 0, deadlineMs = 10_000) =>
      new Promise<BaresipEvent>((resolve, reject) => {
        const timer = setTimeout(() => {
          waiting.delete(look);
          reject(new Error(`no ${type} from ${slot}; there were: ${events.slice(from).map((event) => event.type).join(' ')}`));
        }, deadlineMs);
        const look = () => {
          const found = events.slice(from).find((event) => event.type === type);
          if (!found) return;
          clearTimeout(timer);
          waiting.delete(look);
          resolve(found);
        };
        waiting.add(look);
        look();
      }),
  });
}

/** `<length>:<bytes>,` each; what is not complete yet is the rest. */
export function parseNetstrings(bytes: Buffer): { messages: string[]; rest: Buffer } {
  const messages: string[] = [];
  let rest = bytes;
  for (;;) {
    const colon = rest.indexOf(':');
    if (colon < 0) return { messages, rest };
    const start = colon + 1;
    const end = start + Number(rest.subarray(0, colon).toString());
    if (rest.length <= end) return { messages, rest };
    messages.push(rest.subarray(start, end).toString());
    rest = rest.subarray(end + 1);
  }
}
