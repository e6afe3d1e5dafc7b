import { createHash } from 'node:crypto';
import { AppError, messageOf, withDeadline, type Logger, type Now } from '@vss/runtime';
import { createListeners } from '../../common/listeners.js';
import type { RegistrationEvent, SipRegistrar } from '../../ports/index.js';
import { changesBetween, parseRegistrations, parseTable, type Binding } from './registrations.js';
import type { KamailioRpc, RpcAnswer } from './rpc.js';

/** Names in `kamailio.cfg`. */
const CREDENTIALS = 'credentials';
const GATES = 'slots';
const REQUEST_MS = 5_000;

interface Deps {
  rpc: KamailioRpc;
  /** What digests are computed over; `kamailio.cfg` asks phones for the same. */
  realm: string;
  logger: Logger;
  now: Now;
  /** How often it is looked at who is registered. */
  pollMs?: number;
}

export interface KamailioRegistrar extends SipRegistrar {
  /** Looks once and goes on looking. */
  open(): Promise<void>;
  isUp(): boolean;
  close(): Promise<void>;
}

/**
 * Keeps the slots' credentials in Kamailio's memory, which forgets them when it is started anew: each look compares
 * and puts back what is missing.
 */
export function createKamailioRegistrar({ rpc, realm, logger, now, pollMs = 1_000 }: Deps): KamailioRegistrar {
  const wanted = new Map<string, string>();
  const watchers = createListeners<RegistrationEvent>();
  const stopping = new AbortController();
  let seen: ReadonlyMap<string, Binding> = new Map();
  let up = false;
  let timer: NodeJS.Timeout | undefined;
  let looking: Promise<void> | undefined;

  async function done(method: string, params: readonly (string | number)[], signal: AbortSignal): Promise<unknown> {
    const answer = await rpc(method, params, signal);
    if (!answer.ok) throw new AppError('CONFLICT', `Kamailio refused ${method}: ${answer.code} ${answer.message}`);
    return answer.result;
  }
  /** For what may not be there. */
  const ignoringAbsence = (method: string, params: readonly (string | number)[], signal: AbortSignal): Promise<RpcAnswer> => rpc(method, params, signal);

  async function bindings(signal: AbortSignal): Promise<Map<string, Binding>> {
    return parseRegistrations(await done('ul.dump', [], signal), now());
  }

  async function putBack(signal: AbortSignal): Promise<void> {
    const there = parseTable(await done('htable.dump', [CREDENTIALS], signal));
    for (const [slotNumber, ha1] of wanted) if (there.get(slotNumber) !== ha1) await done('htable.sets', [CREDENTIALS, slotNumber, ha1], signal);
  }

  async function look(): Promise<void> {
    try {
      await withDeadline(REQUEST_MS, 'Looking at registrations', async (signal) => {
        await putBack(signal);
        const there = await bindings(signal);
        const changes = changesBetween(seen, there, (slotNumber) => wanted.has(slotNumber));
        seen = there;
        changes.forEach(watchers.tell);
      }, stopping.signal);
      if (!up) logger.info('Kamailio is reached');
      up = true;
    } catch (error) {
      if (up) logger.warn(`Kamailio is not reached: ${messageOf(error)}`);
      up = false;
    }
  }

  async function lookAndGoOn(): Promise<void> {
    looking = look();
    await looking;
    if (!stopping.signal.aborted) timer = setTimeout(() => void lookAndGoOn(), pollMs).unref();
  }

  return {
    open: lookAndGoOn,
    isUp: () => up,
    async provision({ number, password }, signal) {
      const ha1 = createHash('md5').update(`${number}:${realm}:${password}`).digest('hex');
      wanted.set(number, ha1);
      await done('htable.sets', [CREDENTIALS, number, ha1], signal);
      await done('htable.seti', [GATES, number, 1], signal);
    },
    async remove(slotNumber, signal) {
      wanted.delete(slotNumber);
      // The gate first: a phone with a nonce that is still good could call in between.
      await done('htable.seti', [GATES, slotNumber, 0], signal);
      await ignoringAbsence('htable.delete', [CREDENTIALS, slotNumber], signal);
      await ignoringAbsence('ul.rm', ['location', slotNumber], signal);
      if (seen.has(slotNumber)) watchers.tell({ kind: 'lost', slotNumber, reason: 'The slot was taken out of service' });
      seen = new Map([...seen].filter(([number]) => number !== slotNumber));
    },
    async registration(slotNumber, signal) {
      const binding = (await bindings(signal)).get(slotNumber);
      return binding && { contact: binding.contact, expiresAt: binding.expiresAt };
    },
    watch: watchers.add,
    async close() {
      stopping.abort(new Error('closing'));
      clearTimeout(timer);
      await looking;
    },
  };
}
