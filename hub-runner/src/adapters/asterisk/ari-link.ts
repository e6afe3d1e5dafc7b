import { AppError, delay, messageOf, withDeadline, type Logger } from '@vss/runtime';
import { connect, type Client } from 'ari-client';

/** The part of ARI that we use. The library behind it (callbacks, swagger) stays in this file. */
export interface AriLink {
  /** Resolves when the first attempt to connect is over; goes on trying until `close`. */
  open: () => Promise<void>;
  isUp: () => boolean;
  /** Rejects with CONFLICT when Asterisk has refused; another rejection leaves open whether a channel was made. */
  originate(request: ChannelRequest, signal: AbortSignal): Promise<void>;
  hangup(channelId: string, signal: AbortSignal): Promise<void>;
  /** Inband ring tone towards a channel that is up already. */
  ring(channelId: string, on: boolean, signal: AbortSignal): Promise<void>;
  /** Makes the bridge when it is not there, and puts the channel in. */
  bridge(bridgeId: string, channelId: string, signal: AbortSignal): Promise<void>;
  destroyBridge(bridgeId: string, signal: AbortSignal): Promise<void>;
  channels(signal: AbortSignal): Promise<AriChannel[]>;
  /** Has a channel's events sent to us, also after a reconnect. */
  subscribe(channelId: string, signal: AbortSignal): Promise<void>;
  setVariable(channelId: string, variable: string, value: string, signal: AbortSignal): Promise<void>;
  variable(channelId: string, variable: string, signal: AbortSignal): Promise<string | undefined>;
  close(): Promise<void>;
}

export interface ChannelRequest {
  readonly channelId: string;
  readonly endpoint: string;
  readonly timeoutSeconds: number;
  readonly callerId: string;
  readonly variables?: Readonly<Record<string, string>>;
  readonly originator?: string;
}

export interface AriChannel {
  readonly id: string;
  readonly state: string;
  readonly createdAt: Date;
  readonly connectedNumber: string;
}

export interface AriSettings {
  /** `http://host:port`; what follows is ignored. */
  readonly url: string;
  readonly user: string;
  readonly password: string;
  /** Name of the Stasis application; one runner uses it. */
  readonly app: string;
}

interface Deps {
  settings: AriSettings;
  logger: Logger;
  onEvent: (raw: unknown) => void;
  onUp: () => void;
  onDown: () => void;
}

const CONNECT_MS = 10_000;
const PING_MS = 5_000;
const REQUEST_MS = 5_000;
const LONGEST_WAIT_MS = 5_000;

export function createAriLink({ settings, logger, onEvent, onUp, onDown }: Deps): AriLink {
  const { app } = settings;
  const stopping = new AbortController();
  let client: Client | undefined;
  let up = false;
  let pinger: NodeJS.Timeout | undefined;

  function setUp(now: boolean, why = ''): void {
    if (up === now) return;
    up = now;
    if (now) logger.info('Asterisk is connected');
    else logger.warn(`Asterisk is not connected: ${why}`);
    if (now) onUp();
    else onDown();
  }

  async function connectOnce(onLost: () => void): Promise<void> {
    const made = await withDeadline(CONNECT_MS, 'Connecting to Asterisk', () => connect(settings.url, settings.user, settings.password), stopping.signal);
    made.on('WebSocketConnected', () => {
      // The library goes on reconnecting after its `stop` when the connection was down just then.
      if (stopping.signal.aborted || client !== made) made.stop();
      else setUp(true);
    });
    made.on('WebSocketReconnecting', (error: Error | undefined) => setUp(false, error?.message ?? 'the connection was closed'));
    made.on('WebSocketMaxRetries', onLost);
    // Every event, as it came: the typings know single kinds only.
    (made as { on(kind: string, listener: (event: unknown) => void): unknown }).on('*', onEvent);
    made.on('pong', () => (answered = true));
    let answered = true;
    client = made;
    await withDeadline(CONNECT_MS, 'Opening the event socket', () => made.start(app), stopping.signal);
    clearInterval(pinger);
    pinger = setInterval(() => {
      // Asterisk that hangs keeps the connection; only a missing pong tells.
      if (!answered && up) terminate(made);
      answered = false;
      if (up) made.ping();
      else answered = true;
    }, PING_MS).unref();
  }

  /** Connects until it works, and anew each time the library gives up. */
  async function keepConnected(firstTried: () => void): Promise<void> {
    for (let waitMs = 200; !stopping.signal.aborted; waitMs = Math.min(waitMs * 2, LONGEST_WAIT_MS)) {
      const lost = Promise.withResolvers<void>();
      try {
        await connectOnce(lost.resolve);
        waitMs = 200;
        firstTried();
        stopping.signal.addEventListener('abort', () => lost.resolve(), { once: true });
        await lost.promise;
      } catch (error) {
        if (!stopping.signal.aborted) logger.warn(`Asterisk cannot be reached: ${messageOf(error)}`);
        firstTried();
      }
      await delay(waitMs, stopping.signal).catch(() => undefined);
    }
  }

  /** One request. What Asterisk itself refuses is told apart from what may have got lost on the way. */
  async function request<T>(what: string, signal: AbortSignal, run: (client: Client) => Promise<T>): Promise<T> {
    if (!client || !up) throw new AppError('UNAVAILABLE', 'Asterisk is not connected');
    signal.throwIfAborted();
    try {
      const connected = client;
      // The library's answer never comes when the connection is lost at the wrong moment.
      return await withDeadline(REQUEST_MS, what, () => run(connected), signal);
    } catch (error) {
      const refusal = refusalIn(messageOf(error));
      if (refusal !== undefined) throw new AppError('CONFLICT', `Asterisk refused ${what}: ${refusal}`, {}, { cause: error });
      throw new AppError('UNAVAILABLE', `Asterisk did not answer ${what}: ${messageOf(error)}`, {}, { cause: error });
    }
  }

  /** For what has no effect when the channel or bridge is gone, or there, already. */
  async function unlessRefused(what: string, signal: AbortSignal, run: (client: Client) => Promise<unknown>): Promise<void> {
    try {
      await request(what, signal, run);
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'CONFLICT') throw error;
      logger.debug(error.message);
    }
  }

  return {
    open: () => new Promise((resolve) => void keepConnected(resolve)),
    isUp: () => up,
    originate: ({ channelId, endpoint, timeoutSeconds, callerId, variables, originator }, signal) =>
      request('a channel', signal, async (ari) => {
        const optional = { ...(originator ? { originator } : {}), ...(variables ? { variables: { ...variables } } : {}) };
        await ari.channels.originateWithId({ channelId, endpoint, app, appArgs: 'vss', callerId, timeout: timeoutSeconds, ...optional });
      }),
    hangup: (channelId, signal) => unlessRefused('a hang-up', signal, (ari) => ari.channels.hangup({ channelId })),
    ring: (channelId, on, signal) => unlessRefused('a ring tone', signal, (ari) => (on ? ari.channels.ring({ channelId }) : ari.channels.ringStop({ channelId }))),
    async bridge(bridgeId, channelId, signal) {
      // Asterisk refuses to make one that is there already; whether it is there, the next request tells.
      await unlessRefused('a bridge', signal, (ari) => ari.bridges.createWithId({ bridgeId, type: 'mixing' }));
      await request('a channel in a bridge', signal, (ari) => ari.bridges.addChannel({ bridgeId, channel: channelId }));
    },
    destroyBridge: (bridgeId, signal) => unlessRefused('the end of a bridge', signal, (ari) => ari.bridges.destroy({ bridgeId })),
    channels: (signal) =>
      request('a list of channels', signal, async (ari) =>
        (await ari.channels.list()).map(({ id, state, creationtime, connected }) => ({
          id,
          state,
          createdAt: new Date(creationtime.replace(/([+-]\d\d)(\d\d)$/, '$1:$2')),
          connectedNumber: connected.number,
        })),
      ),
    subscribe: (channelId, signal) => unlessRefused('a subscription', signal, (ari) => ari.applications.subscribe({ applicationName: app, eventSource: `channel:${channelId}` })),
    setVariable: (channelId, variable, value, signal) => unlessRefused('a variable', signal, (ari) => ari.channels.setChannelVar({ channelId, variable, value })),
    async variable(channelId, variable, signal) {
      try {
        return (await request('a variable', signal, (ari) => ari.channels.getChannelVar({ channelId, variable }))).value;
      } catch (error) {
        if (error instanceof AppError && error.code === 'CONFLICT') return undefined;
        throw error;
      }
    },
    async close() {
      stopping.abort(new Error('closing'));
      clearInterval(pinger);
      up = false;
      client?.stop();
    },
  };
}

/** Asterisk answers a refusal with `{"message": …}` or `{"error": …}`; undefined when the text is no answer of its. */
export function refusalIn(text: string): string | undefined {
  try {
    const answer = JSON.parse(text) as { message?: unknown; error?: unknown };
    const reason = answer.message ?? answer.error;
    return typeof reason === 'string' ? reason : undefined;
  } catch {
    return undefined;
  }
}

/** The library has no way to end a connection that does not answer; its socket does. */
function terminate(client: Client): void {
  (Reflect.get(client, '_ws') as { terminate(): void } | undefined)?.terminate();
}
