import { ArgsType, Field, ObjectType, type ClassType } from 'type-graphql';
import type { EntityManager } from '@vss/db';
import { isMark, type Mark, type Message, type PositionedMessage } from '@vss/events';
import { AppError, formatCursor, readCursor } from '@vss/runtime';
import { Access } from './access.js';
import { CursorScalar, Instant } from './scalars.js';
import type { Scope } from './scope.js';

/** A subgraph's own events in the order of their positions, kept ones first and new ones as they come. */
export interface EventTail {
  tail(options: { after: bigint; types: readonly string[]; signal?: AbortSignal; marks: true }): AsyncIterableIterator<PositionedMessage | Mark>;
  position(em: EntityManager): Promise<bigint>;
}

export interface LiveSource {
  readonly schema: string;
  readonly tail: EventTail;
}

export interface LiveOptions<T> {
  /** Name of the stream, `calls`: a cursor of another stream is refused. */
  readonly stream: string;
  /** Types of the events that belong to it; patterns such as `telephony.call.*` too. */
  readonly types: readonly string[];
  /** Where to go on from; absent: from now. */
  readonly after?: string | null | undefined;
  /** Whether the actor may see this event now. Asked for every event, in that event's own scope. */
  readonly accept: (message: Message, scope: Scope) => boolean | Promise<boolean>;
  /** The payload's own fields. */
  readonly map: (message: Message, scope: Scope) => T | Promise<T>;
}

/** What every payload of a live stream holds. */
export interface LiveFields {
  cursor: string;
  at: Date;
  type: string;
}

/**
 * How the gateway asks for a stream that it shares among clients and takes up again by itself: each result tells its
 * place in `extensions.place`, and a result without data tells nothing but how far the stream has come.
 */
export interface Resumption {
  /** Where to go on from, whatever the operation's own `after` says. */
  readonly after?: string | undefined;
}

/** What `extensions.place` of a result is. */
export interface LivePlace {
  readonly cursor: string;
  /** Nothing lies behind it yet. */
  readonly isEnd: boolean;
}

/** A step of a stream that is no event. */
export class PlaceMark {
  constructor(readonly place: LivePlace) {}
}

export interface Live {
  /** Use as the `subscribe` of a subscription field. Once it has resolved, no event is missed. */
  stream<T extends object>(options: LiveOptions<T>): Promise<AsyncIterableIterator<LiveFields & T>>;
  /**
   * Reads the cursor to follow a query's rows from. Must be called before the rows are read: what commits in between
   * then arrives once more as an event, whereas the other way round it would be missed.
   */
  cursor(stream: string): () => Promise<string>;
}

export function createLive(source: LiveSource | undefined, scope: Scope, resumption?: Resumption): Live {
  const given = (): LiveSource => {
    if (!source) throw new Error('This subgraph was created without a live source');
    return source;
  };
  return {
    async stream(options) {
      const { schema, tail } = given();
      const stream = `${schema}.${options.stream}`;
      const after = resumption?.after ?? options.after;
      // Read here and not by the tail when it gets to it: what happens right after the answer is part of the stream.
      const position = after == null ? await tail.position(scope.em) : positionIn(stream, after);
      return liveStream(tail, scope, { ...options, stream }, position, resumption !== undefined);
    },
    cursor: (stream) => async () => formatCursor({ stream: `${given().schema}.${stream}`, position: await given().tail.position(scope.em) }),
  };
}

function positionIn(stream: string, cursor: string): bigint {
  const place = readCursor(cursor);
  if (place?.stream !== stream) throw new AppError('BAD_USER_INPUT', 'The cursor is not one of this stream', { fields: [{ field: 'after', message: 'not a cursor of this stream' }] });
  return place.position;
}

/**
 * Ends at once on return(): an async generator would first wait for the next event, and every client that
 * leaves a quiet stream would leave its reader behind.
 */
function liveStream<T extends object>(tail: EventTail, scope: Scope, options: LiveOptions<T>, position: bigint, marks: boolean): AsyncIterableIterator<LiveFields & T> {
  const { stream, types, accept, map } = options;
  const ended = new AbortController();
  const events = tail.tail({ types, after: position, signal: ended.signal, marks: true });
  const done = { value: undefined, done: true } as const;
  const cursorAt = (at: bigint): string => formatCursor({ stream, position: at });
  async function next(): Promise<IteratorResult<LiveFields & T>> {
    while (!ended.signal.aborted) {
      const event = await events.next();
      if (event.done) break;
      if (isMark(event.value)) {
        // Resolvers never see it: see the executor.
        if (marks) return { value: new PlaceMark({ cursor: cursorAt(event.value.position), isEnd: event.value.isEnd }) as never, done: false };
        continue;
      }
      const eventScope = scope.fresh();
      if (!(await accept(event.value, eventScope))) continue;
      const own = await map(event.value, eventScope);
      return { value: { ...own, cursor: cursorAt(event.value.position), at: new Date(event.value.at), type: event.value.type }, done: false };
    }
    return done;
  }
  const end = async (): Promise<IteratorResult<LiveFields & T>> => {
    ended.abort();
    await events.return?.();
    return done;
  };
  return {
    next: () => (ended.signal.aborted ? Promise.resolve(done) : next()),
    return: end,
    throw: async (error) => {
      await end();
      throw error;
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}

/** Arguments of every live field. */
@ArgsType()
export class LiveArgs {
  @Field(() => CursorScalar, { nullable: true, description: 'Go on after this place: what was missed is replayed first. Absent: from now on.' })
  after?: string | null;
}

/**
 * Makes `CallUpdate { cursor at type call }`. Anybody signed in may read the type itself, which is safe: it is reached
 * only through a subscription field that has a rule, and so has the entity inside.
 */
export function liveUpdateOf<T extends object>(Entity: ClassType<T>, field: string): ClassType<LiveFields & Record<string, unknown>> {
  @ObjectType(`${Entity.name}Update`, { description: `A change of a ${field}, as it happens.`, simpleResolvers: true })
  @Access('authenticated')
  class Update {
    @Field(() => CursorScalar, { description: 'Place of this event: give it as `after` to go on behind it.' })
    cursor: string;

    @Field(() => Instant, { description: 'When it happened.' })
    at: Date;

    @Field(() => String, { description: 'Type of the event, as in the event log: `<subgraph>.<entity>.<what happened to it>`.' })
    type: string;

    [key: string]: unknown;
  }
  Field(() => Entity, { nullable: true, description: `The ${field}: its own values as of the event, those of what hangs on it as of now. Null when it may not be seen.` })(Update.prototype, field);
  return Update;
}

/**
 * Makes an entity of the snapshot that an event carries, without the database knowing of it. Instants come as text in
 * messages and are dates in entities.
 */
export function fromSnapshot<T extends object>(em: EntityManager, Entity: new () => T, snapshot: object): T {
  const { properties } = em.getMetadata().get<T>(Entity);
  const row = Object.create(Entity.prototype as object) as T;
  for (const [key, value] of Object.entries(snapshot)) {
    const isInstant = (properties as Record<string, { runtimeType?: string } | undefined>)[key]?.runtimeType === 'Date';
    Object.defineProperty(row, key, { value: isInstant && typeof value === 'string' ? new Date(value) : value, writable: true, enumerable: true, configurable: true });
  }
  return row;
}
