import { z } from 'zod';
import { GRANT_SCOPES, systemActor, type Actor } from '@vss/auth';
import { AppError, messageOf, withDeadline, type Logger } from '@vss/runtime';
import type { CurrentGraph } from '../graph.js';
import { nobody, noReply } from '../sources/source.js';
import type { IdentityNews } from './identity-news.js';

export interface ConfirmationOptions {
  readonly graphs: CurrentGraph;
  /** The subgraph that knows of sessions. */
  readonly sessionSource: string;
  readonly newTraceId: () => string;
  /** Who is connected. */
  readonly actors: () => Iterable<Actor>;
  /** Told what had not been heard of. */
  readonly news: IdentityNews;
  /** Closes the connections of these sessions: nobody could say whether they still hold. */
  readonly closeUnconfirmed: (sessionIds: ReadonlySet<string>) => void;
  readonly logger: Logger;
}

const FIELD = 'sessionStates';
const QUERY = `query SessionStates($ids: [ID!]!) { ${FIELD}(ids: $ids) { id role permissionVersion rightsVersion teamIds rights } }`;
const BATCH = 500;
const ANSWER_MS = 1_000;
export const UNCONFIRMED = 'The session cannot be confirmed now: try again';

// Written here and not taken from the event of the same news: a cold start must not load the events.
const conditions = z.object({ fields: z.array(z.string()), protocols: z.array(z.string()), maxConcurrent: z.number(), maxDurationSec: z.number() }).partial();
const rights = z.object({ allow: z.record(z.string(), z.enum(GRANT_SCOPES)), deny: z.array(z.string()), conditions: z.record(z.string(), conditions).optional() });
const sessionState = z.object({ id: z.string(), role: z.string(), permissionVersion: z.number(), rightsVersion: z.number(), teamIds: z.array(z.string()), rights });
const answer = z.object({ data: z.object({ [FIELD]: z.array(sessionState) }) });

/** Asks identity about sessions, and passes on as news what it says. Where the graph cannot tell of sessions it does nothing. */
export interface SessionConfirmation {
  /** Asks about everybody who is connected. */
  confirmAll(): Promise<void>;
  /** Asks about one, together with those who are asked about at the same time. Rejects with UNAVAILABLE where nobody can tell. */
  confirmOne(actor: Actor): Promise<void>;
}

export function createSessionConfirmation({ graphs, sessionSource, newTraceId, actors, news, closeUnconfirmed, logger }: ConfirmationOptions): SessionConfirmation {
  let waiting = new Map<string, { readonly actor: Actor; readonly answer: PromiseWithResolvers<void> }>();
  const canTell = (): boolean => graphs.current.supergraph.schema.getQueryType()?.getFields()[FIELD] !== undefined;

  async function statesOf(ids: readonly string[]) {
    const source = graphs.current.sources.get(sessionSource);
    if (!source) throw new AppError('UNAVAILABLE', `There is no subgraph ${sessionSource}`);
    const request = { query: QUERY, operationName: 'SessionStates', variables: { ids }, actor: systemActor(''), traceId: newTraceId(), request: nobody, reply: noReply };
    const given = await withDeadline(ANSWER_MS, 'Asking for sessions', (signal) => source.execute({ ...request, signal }));
    return new Map(answer.parse(given).data[FIELD].map((state) => [state.id, state]));
  }

  async function confirm(batch: ReadonlyMap<string, Actor>): Promise<void> {
    const states = await statesOf([...batch.keys()]);
    for (const [id, actor] of batch) {
      const state = states.get(id);
      if (!state) {
        news.endSession(id);
        continue;
      }
      const { role, permissionVersion, rightsVersion, teamIds, rights: grants } = state;
      const isKnown = role === actor.role && permissionVersion === actor.permissionVersion && rightsVersion === actor.rightsVersion;
      // What a key may do hangs on more people than its account, so that no version tells of a change.
      if (actor.kind === 'service') news.changeRights({ userId: actor.userId, sessionId: id, role, permissionVersion, rightsVersion, teamIds, grants });
      else if (!isKnown) news.changeRights({ userId: actor.userId, role, permissionVersion, rightsVersion, teamIds, grants });
    }
  }

  async function answerWaiting(): Promise<void> {
    const asked = [...waiting];
    waiting = new Map();
    for (const part of inParts(asked)) {
      try {
        await confirm(new Map(part.map(([id, { actor }]) => [id, actor])));
        for (const [, { answer: told }] of part) told.resolve();
      } catch (error) {
        for (const [, { answer: told }] of part) told.reject(new AppError('UNAVAILABLE', UNCONFIRMED, { reason: 'UNCONFIRMED' }, { cause: error }));
      }
    }
  }

  return {
    async confirmAll() {
      if (!canTell()) return;
      const bySession = new Map<string, Actor>();
      for (const actor of actors()) if (hasSession(actor)) bySession.set(actor.sessionId, actor);
      for (const part of inParts([...bySession])) {
        try {
          await confirm(new Map(part));
        } catch (error) {
          logger.warn({ sessions: part.length, reason: messageOf(error) }, 'Sessions cannot be confirmed: their connections are closed');
          closeUnconfirmed(new Set(part.map(([id]) => id)));
        }
      }
    },
    confirmOne(actor) {
      if (!canTell() || !hasSession(actor)) return Promise.resolve();
      const known = waiting.get(actor.sessionId);
      if (known) return known.answer.promise;
      const told = Promise.withResolvers<void>();
      waiting.set(actor.sessionId, { actor, answer: told });
      if (waiting.size === 1) setImmediate(() => void answerWaiting());
      return told.promise;
    },
  };
}

const hasSession = ({ kind }: Actor): boolean => kind === 'user' || kind === 'service';

function inParts<T>(all: readonly T[]): T[][] {
  const parts: T[][] = [];
  for (let from = 0; from < all.length; from += BATCH) parts.push(all.slice(from, from + BATCH));
  return parts;
}
