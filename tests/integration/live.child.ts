import { WebSocket } from 'ws';

/** Many clients in one process, each with a connection of its own; what each hears is checked on the spot. */
interface Plan {
  readonly url: string;
  /** One for each client. */
  readonly tokens: readonly string[];
  readonly query: string;
  /** Where all begin. */
  readonly after: string;
  readonly last: number;
  /** The event upon which a client loses its connection. */
  readonly disconnects: readonly { readonly client: number; readonly at: number }[];
}

const { url, tokens, query, after, last, disconnects } = JSON.parse(process.argv[2] ?? '{}') as Plan;
const RETRY_MS = 100;
const REPORT_EVERY = 250;
const say = (word: string, what: unknown): boolean => process.stdout.write(`${word} ${JSON.stringify(what)}\n`);

let [resumed, faults] = [0, [] as string[]];
const heard = tokens.map(() => 0);
let reported = -1;

/** How far the slowest is, for whoever says the next words. */
function report(): void {
  const slowest = Math.min(...heard);
  if (slowest < last && slowest - reported < REPORT_EVERY) return;
  reported = slowest;
  say('slowest', slowest);
  if (slowest < last) return;
  say('done', { resumed, faults });
  process.exit(0);
}

function follow(client: number): void {
  let cursor = after;
  const cuts = new Set(disconnects.filter((one) => one.client === client).map(({ at }) => at));

  function open(): void {
    const socket = new WebSocket(url, 'graphql-transport-ws', { perMessageDeflate: false });
    let isCut = false;
    let subscriptions = 0;
    const send = (message: object): void => socket.send(JSON.stringify(message));
    const subscribe = (): void => send({ id: String(++subscriptions), type: 'subscribe', payload: { query, variables: { after: cursor } } });
    const cut = (): void => {
      isCut = true;
      socket.terminate();
    };

    // Reading JSON two million times would take longer than everything else together.
    function hear(text: string): void {
      if (isCut || !text.startsWith(`{"id":"${subscriptions}"`)) return;
      const [, n] = /"n":(\d+)/.exec(text) ?? [];
      const [, place] = /"cursor":"([^"]+)"/.exec(text) ?? [];
      if (text.includes('"dropped"') || n === undefined || place === undefined) return goOn(text);
      if (Number(n) !== (heard[client] ?? 0) + 1 && faults.length < 20) faults.push(`client ${client} heard ${n} after ${heard[client]}`);
      heard[client] = Number(n);
      cursor = place;
      if (cuts.delete(Number(n))) cut();
      if (Number(n) % REPORT_EVERY === 0 || Number(n) === last) report();
    }

    /** Too slow, the gateway is stopping, or the graph has changed: from where it is. */
    function goOn(text: string): void {
      resumed++;
      if (!text.includes('"type":"next"')) return cut();
      send({ id: String(subscriptions), type: 'complete' });
      subscribe();
    }

    socket.on('open', () => send({ type: 'connection_init', payload: { authorization: `Bearer ${tokens[client]}` } }));
    socket.on('message', (data) => {
      const text = (data as Buffer).toString('latin1');
      if (text.startsWith('{"type":"connection_ack"')) subscribe();
      else hear(text);
    });
    socket.on('error', () => undefined);
    socket.once('close', () => {
      resumed++;
      setTimeout(open, RETRY_MS * (0.5 + Math.random()));
    });
  }
  open();
}

for (const client of tokens.keys()) follow(client);
