import { z } from 'zod';
import { resolveGrants, systemActor, type Actor } from '@vss/auth';
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
const QUERY = `query SessionStates($ids: [ID!]!) { ${FIELD}(ids: $ids) { id role permissionVersion grants { resource actions scope effect } } }`;
const BATCH = 500;
const ANSWER_MS = 1_000;

const scope = z.enum(['OWN', 'ASSIGNED', 'TEAM', 'CENTER', 'ALL']);
const grant = z.object({ resource: z.string(), actions: z.array(z.string()), scope, effect: z.enum(['ALLOW', 'DENY']) });
const answer = z.object({ data: z.object({ [FIELD]: z.array(z.object({ id: z.string(), role: z.string(), permissionVersion: z.number(), grants: z.array(grant) })) }) });

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
    for (const [id, { userId, role, permissionVersion }] of batch) {
      const state = states.get(id);
      if (!state) news.endSession(id);
      else if (state.role !== role || state.permissionVersion !== permissionVersion)
        news.changeRights({ userId, role: state.role, permissionVersion: state.permissionVersion, grants: resolveGrants(state.grants) });
    }
  }

  return async () => {
    if (!graphs.current.supergraph.schema.getQueryType()?.getFields()[FIELD]) return;
    const bySession = new Map<string, Actor>();
    for (const actor of actors()) if (actor.kind === 'user') bySession.set(actor.sessionId, actor);
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
