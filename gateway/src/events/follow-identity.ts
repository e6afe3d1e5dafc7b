import type { Actor } from '@vss/auth';
import { AppError, type Logger } from '@vss/runtime';
import type { CurrentGraph } from '../graph.js';
import type { Authenticator } from '../guard/authenticate.js';
import { withChange } from '../guard/changed-rights.js';
import type { HttpStreams } from '../http/http-streams.js';
import type { LiveStreams } from '../live/live-streams.js';
import { CLOSE } from '../live/messages.js';
import type { SocketServer } from '../live/socket-server.js';
import { createSessionConfirmation } from './confirm-sessions.js';
import type { IdentityNews } from './identity-news.js';

export interface IdentityFollowerDeps {
  readonly authenticator: Authenticator;
  readonly graphs: CurrentGraph;
  readonly sockets: SocketServer;
  readonly httpStreams: HttpStreams;
  readonly streams: LiveStreams;
  /** The subgraph that knows of sessions. */
  readonly sessionSource: string;
  readonly newTraceId: () => string;
  readonly logger: Logger;
}

const UNCONFIRMED = 'The session cannot be confirmed now';

/** What a gateway does when sessions end and rights change: by what it hears, and by what it asks. */
export function createIdentityFollower(deps: IdentityFollowerDeps): { readonly news: IdentityNews; readonly confirmSessions: () => Promise<void> } {
  const { authenticator, graphs, sockets, httpStreams, streams, sessionSource, newTraceId, logger } = deps;
  const news: IdentityNews = {
    endSession(sessionId) {
      authenticator.endSession(sessionId);
      sockets.endSession(sessionId);
      httpStreams.endSession(sessionId);
    },
    changeRights(change) {
      authenticator.changeRights(change);
      // Many connections may have one Actor object, which caches hang on: so have they afterwards.
      const changed = new Map<Actor, Actor>();
      const actorFor = (actor: Actor): Actor => {
        const other = changed.get(actor) ?? withChange(actor, change);
        changed.set(actor, other);
        return other;
      };
      sockets.changeActors(actorFor);
      streams.changeActors(actorFor);
    },
  };
  const confirmSessions = createSessionConfirmation({
    graphs,
    sessionSource,
    newTraceId,
    *actors() {
      yield* sockets.actors();
      yield* streams.actors();
    },
    news,
    closeUnconfirmed(sessionIds) {
      sockets.closeSessions(sessionIds, CLOSE.tryAgainLater, UNCONFIRMED);
      streams.endWhere(({ sessionId }) => sessionIds.has(sessionId), new AppError('UNAVAILABLE', UNCONFIRMED, { reason: 'UNCONFIRMED' }));
    },
    logger,
  });
  return { news, confirmSessions };
}
