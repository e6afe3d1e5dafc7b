import { once } from 'node:events';
import { createSocket } from 'node:dgram';
import { join } from 'node:path';
import { readFile } from 'node:fs/promises';
import { fillTemplates, freePort, needTool, type Service, serviceDir, startService } from './service.ts';

export interface SippUas extends Service {
  readonly sipPort: number;
  /** Every SIP message it received and sent, as sipp writes them. */
  messages(): Promise<string>;
}

export interface SippUasOptions {
  sipPort?: number;
  /** `byNumber`: the last three digits choose (README.md); the others hold for every call. */
  outcome?: 'byNumber' | 'ring' | 'silent' | 'busy' | 'reject' | 'unknown';
  /** How long it rings before it answers. */
  ringMs?: number;
  /** How long it talks before it hangs up by itself, where the number ends in 200, or `hangsUp` says so for all. */
  talkMs?: number;
  hangsUp?: boolean;
}

/** The far end of the telephone network, as called. */
export async function startSippUas(options: SippUasOptions = {}): Promise<SippUas> {
  const { sipPort = await freePort(), outcome = 'byNumber', ringMs = 200, talkMs = 500, hangsUp = false } = options;
  const values = { OUTCOME: outcome, RING_MS: ringMs, TALK_MS: talkMs, AFTER_ANSWER: hangsUp ? 'talkThenLeave' : 'waitForBye' };
  return startSipp('far-end', sipPort, values, ['-rtp_echo', '-aa'], () => answersOptions(sipPort));
}

export interface SippCallOptions {
  /** The PBX's SIP port. */
  pbxPort: number;
  /** Known to the PBX as the provider's (`callerPort`). */
  sipPort: number;
  from: string;
  to: string;
  /** Hangs up so long after the answer, unless the other side did before. */
  talkMs?: number;
  /** Gives up after so long without an answer. */
  giveUpMs?: number;
}

/** The far end of the telephone network, calling us once. `exited` tells 0 after a call that was answered or given up, 1 after one refused. */
export async function startSippCall(options: SippCallOptions): Promise<SippUas> {
  const { pbxPort, sipPort, from, to, talkMs = 60_000, giveUpMs = 60_000 } = options;
  const values = { FROM: from, TALK_MS: talkMs, GIVE_UP_MS: giveUpMs };
  return startSipp('caller', sipPort, values, ['-s', to, '-m', '1', `127.0.0.1:${pbxPort}`], () => true);
}

async function startSipp(
  scenario: 'far-end' | 'caller',
  sipPort: number,
  values: Record<string, string | number>,
  args: string[],
  ready: () => Promise<boolean> | boolean,
): Promise<SippUas> {
  const command = needTool('sipp');
  const dir = await serviceDir('sipp');
  await fillTemplates(join(import.meta.dirname, 'sipp', scenario), dir, values);
  const messageFile = join(dir, 'messages');
  const service = await startService({
    name: 'sipp',
    dir,
    command,
    args: [
      '-sf', join(dir, 'scenario.xml'), '-i', '127.0.0.1', '-p', String(sipPort), '-mi', '127.0.0.1', '-mp', String(await freePort(4)),
      '-nostdin', '-trace_msg', '-message_file', messageFile, '-trace_err', '-error_file', join(dir, 'errors'), ...args,
    ],
    env: { TERM: 'xterm' }, // it draws a screen, wanted or not
    ready,
    // Asked kindly, it would wait for the calls in progress.
    stopSignal: 'SIGKILL',
  });
  return Object.assign(service, { sipPort, messages: () => readFile(messageFile, 'latin1') });
}

async function answersOptions(port: number): Promise<boolean> {
  const socket = createSocket('udp4');
  try {
    socket.bind(0, '127.0.0.1');
    await once(socket, 'listening');
    const from = socket.address().port;
    const id = `ready${from}`;
    const request = [
      `OPTIONS sip:far@127.0.0.1:${port} SIP/2.0`,
      `Via: SIP/2.0/UDP 127.0.0.1:${from};branch=z9hG4bK${id}`,
      `From: <sip:test@127.0.0.1:${from}>;tag=${id}`,
      `To: <sip:far@127.0.0.1:${port}>`,
      `Call-ID: ${id}`,
      'CSeq: 1 OPTIONS',
      'Max-Forwards: 70',
      'Content-Length: 0',
    ];
    socket.send(`${request.join('\r\n')}\r\n\r\n`, port, '127.0.0.1');
    const [answer] = (await once(socket, 'message', { signal: AbortSignal.timeout(100) })) as [Buffer];
    return answer.toString().startsWith('SIP/2.0 200');
  } finally {
    socket.close();
  }
}
