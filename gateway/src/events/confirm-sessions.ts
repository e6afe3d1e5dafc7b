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

// Written here and not taken from the event of the same news: a cold start must not load the events.
const conditions = z.object({ fields: z.array(z.string()), protocols: z.array(z.string()), maxConcurrent: z.number(), maxDurationSec: z.number() }).partial();
const rights = z.object({ allow: z.record(z.string(), z.enum(GRANT_SCOPES)), deny: z.array(z.string()), conditions: z.record(z.string(), conditions).optional() });
const sessionState = z.object({ id: z.string(), role: z.string(), permissionVersion: z.number(), rightsVersion: z.number(), teamIds: z.array(z.string()), rights });
const answer = z.object({ data: z.object({ [FIELD]: z.array(sessionState) }) });

/** Asks identity about the sessions of everybody who is connected. Where the graph cannot tell of sessions it does nothing. */
export function createSessionConfirmation({ graphs, sessionSource, newTraceId, actors, news, closeUnconfirmed, logger }: ConfirmationOptions): () => Promise<void> {
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

  return async () => {
    if (!graphs.current.supergraph.schema.getQueryType()?.getFields()[FIELD]) return;
    const bySession = new Map<string, Actor>();
    for (const actor of actors()) if (actor.kind === 'user' || actor.kind === 'service') bySession.set(actor.sessionId, actor);
    const all = [...bySession];
    for (let from = 0; from < all.length; from += BATCH) {
      const batch = new Map(all.slice(from, from + BATCH));
      try {
        await confirm(batch);
      } catch (error) {
        logger.warn({ sessions: batch.size, reason: messageOf(error) }, 'Sessions cannot be confirmed: their connections are closed');
        closeUnconfirmed(new Set(batch.keys()));
      }
    }
  };
}
