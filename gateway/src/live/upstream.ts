import { GraphQLError } from 'graphql';
import { AppError, delay, messageOf, readCursor, withDeadline, type Logger } from '@vss/runtime';
import type { LivePlace, SourceAnswer } from '../sources/source.js';

/** How far a stream of ours has come. */
export interface Progress {
  /** Name of the stream, as in its cursors. */
  readonly stream: string;
  readonly position: number;
  /** Nothing lies behind it yet. */
  readonly isEnd: boolean;
}

export interface UpstreamListener {
  /** The subgraph has taken the subscription. Called once, and for a stream that resumes with the place where it begins. */
  onOpen(progress: Progress | undefined): void;
  onProgress(progress: Progress): void;
  /** The next event comes when this has settled, which is the back-pressure towards the subgraph. */
  onEvent(event: SourceAnswer, progress: Progress | undefined): Promise<void>;
  /** It is over: refused, failed for good, or ended by the subgraph. Not called after `close`. */
  onEnd(error: unknown): void;
}

export interface UpstreamOptions {
  readonly subgraph: string;
  /** Subscribes behind this place; where there is none, from now. */
  readonly subscribe: (after: string | undefined, signal: AbortSignal) => Promise<AsyncIterable<SourceAnswer> | SourceAnswer>;
  /** Whether the stream tells its places, and so can be taken up again. */
  readonly resumes: boolean;
  readonly after: string | undefined;
  readonly listener: UpstreamListener;
  readonly logger: Logger;
}

export interface Upstream {
  close(): void;
}

const SUBSCRIBE_MS = 10_000;
const BACK_OFF_MS = { first: 50, most: 1_000 };
/** How long a stream is tried again before its clients are told. */
const PATIENCE_MS = 30_000;
/** What trying again does not mend. */
const FINAL = new Set<unknown>(['FORBIDDEN', 'UNAUTHENTICATED', 'BAD_USER_INPUT', 'NOT_FOUND', 'GRAPHQL_VALIDATION_FAILED']);

/** One subscription at a subgraph. When it breaks it is taken up again behind the last event, where its stream tells places. */
export function startUpstream(options: UpstreamOptions): Upstream {
  const { subgraph, subscribe, resumes, listener, logger } = options;
  const closing = new AbortController();
  const { signal } = closing;
  let cursor = options.after;
  let isOpen = false;
  let brokenSince: number | undefined;
  let failures = 0;

  function opened(progress: Progress | undefined): void {
    [brokenSince, failures] = [undefined, 0];
    if (isOpen) return;
    isOpen = true;
    listener.onOpen(progress);
  }

  async function take(answer: SourceAnswer): Promise<void> {
    if (!resumes) return listener.onEvent(answer, undefined);
    if (answer.data === undefined && answer.errors) throw refusal(subgraph, answer);
    // Events were lost on the way here: they are asked for again, and nobody notices.
    if (answer.extensions?.['dropped'] !== undefined) throw new AppError('UNAVAILABLE', `Events of ${subgraph} were lost on the way`);
    const place = answer.extensions?.['place'] as LivePlace | undefined;
    const progress = place && progressOf(place);
    if (!place || !progress) throw new AppError('UNAVAILABLE', `The subgraph ${subgraph} does not tell where its stream is`);
    opened(progress);
    if (answer.data === undefined) listener.onProgress(progress);
    else await listener.onEvent(answer, progress);
    cursor = place.cursor;
  }

  async function follow(): Promise<void> {
    const subscribing = subscribe(cursor, signal);
    // Should it come when nobody waits any more, it must not stay open.
    void stopIfLate(subscribing, signal);
    const stream = await withDeadline(SUBSCRIBE_MS, `Subscribing to ${subgraph}`, () => subscribing, signal);
    if (!(Symbol.asyncIterator in stream)) throw refusal(subgraph, stream);
    const iterator = stream[Symbol.asyncIterator]();
    const end = (): void => void iterator.return?.();
    signal.addEventListener('abort', end, { once: true });
    try {
      if (!resumes) opened(undefined);
      const first = iterator.next();
      let step = await (resumes ? withDeadline(SUBSCRIBE_MS, `Subscribing to ${subgraph}`, () => first, signal) : first);
      for (; !step.done && !signal.aborted; step = await iterator.next()) await take(step.value);
    } finally {
      signal.removeEventListener('abort', end);
      end();
    }
  }

  /** Waits before the next try; false where there is none. */
  async function isWorthAnotherTry(failure: unknown): Promise<boolean> {
    brokenSince ??= performance.now();
    if (!resumes || !isOpen || FINAL.has(codeOf(failure)) || performance.now() - brokenSince > PATIENCE_MS) return false;
    logger.debug({ subgraph, reason: messageOf(failure) }, 'A live stream broke; it is taken up again');
    await delay(Math.min(BACK_OFF_MS.first * 2 ** failures++, BACK_OFF_MS.most), signal).catch(() => undefined);
    return true;
  }

  async function run(): Promise<void> {
    while (!signal.aborted) {
      let failure: unknown;
      try {
        await follow();
      } catch (error) {
        failure = error;
      }
      if (signal.aborted) return;
      // A stream of ours has no end of its own: its subgraph is stopping.
      if (resumes && failure === undefined) failure = new AppError('UNAVAILABLE', `The subgraph ${subgraph} ended the stream`, { subgraph });
      if (failure !== undefined && (await isWorthAnotherTry(failure))) continue;
      if (!signal.aborted) listener.onEnd(failure);
      return;
    }
  }

  void run();
  return { close: () => closing.abort() };
}

async function stopIfLate(subscribing: Promise<AsyncIterable<SourceAnswer> | SourceAnswer>, signal: AbortSignal): Promise<void> {
  const stream = await subscribing.catch(() => undefined);
  if (signal.aborted && stream && Symbol.asyncIterator in stream) await stream[Symbol.asyncIterator]().return?.();
}

function progressOf({ cursor, isEnd }: LivePlace): Progress | undefined {
  const place = readCursor(cursor);
  const position = Number(place?.position);
  return place && Number.isSafeInteger(position) ? { stream: place.stream, position, isEnd } : undefined;
}

const codeOf = (error: unknown): unknown => (error instanceof GraphQLError ? error.extensions['code'] : error instanceof AppError ? error.code : undefined);

function refusal(subgraph: string, { errors = [] }: SourceAnswer): Error {
  const [error] = errors;
  if (!error) return new AppError('UNAVAILABLE', `The subgraph ${subgraph} opened no stream`);
  return new GraphQLError(error.message, { path: error.path, extensions: { ...error.extensions, serviceName: subgraph }, originalError: error instanceof GraphQLError ? error : undefined });
}
