import type { Actor } from '@vss/auth';
import { AppError, messageOf, withDeadline, type Logger } from '@vss/runtime';
import type { CurrentGraph } from '../graph.js';
import { keyRevoked, sessionEnded, type Authenticator, type Session } from '../guard/authenticate.js';
import { withChange } from '../guard/changed-rights.js';
import type { HttpStreams } from '../http/http-streams.js';
import type { LiveStreams } from '../live/live-streams.js';
import { CLOSE } from '../live/messages.js';
import type { SocketServer } from '../live/socket-server.js';
import { createSessionConfirmation, UNCONFIRMED } from './confirm-sessions.js';
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

const KEYS_MS = 1_000;

/** What a gateway does when sessions end, rights and keys change: by what it hears, and by what it asks. */
export function createIdentityFollower(deps: IdentityFollowerDeps): { readonly news: IdentityNews; readonly confirmSessions: () => Promise<void> } {
  const { authenticator, graphs, sockets, httpStreams, streams, sessionSource, newTraceId, logger } = deps;
  function endWhere(isMeant: (session: Session) => boolean, error: AppError): void {
    sockets.endWhere(isMeant, error);
    httpStreams.endWhere(isMeant, error);
  }

  function revokeKeys(keyIds: ReadonlySet<string>): void {
    if (keyIds.size === 0) return;
    authenticator.revokeKeys(keyIds);
    endWhere(({ keyId }) => keyId !== undefined && keyIds.has(keyId), keyRevoked());
  }

  /** Whom a key vouched for that is published no more is asked to show another token. */
  async function findGoneKeys(): Promise<void> {
    try {
      revokeKeys(await withDeadline(KEYS_MS, 'Asking for the keys of access tokens', () => authenticator.findGoneKeys()));
    } catch (error) {
      logger.warn({ reason: messageOf(error) }, 'The keys of access tokens cannot be had: those known serve on');
    }
  }

  const news: IdentityNews = {
    endSession(sessionId) {
      authenticator.endSession(sessionId);
      endWhere(({ actor }) => actor.sessionId === sessionId, sessionEnded());
    },
    changeKeys(revoked) {
      revokeKeys(new Set(revoked));
      // The new one is known before the first token of it comes; where not, that token asks.
      void findGoneKeys();
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
  const confirmation = createSessionConfirmation({
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
  authenticator.askOf((actor) => confirmation.confirmOne(actor));
  const confirmSessions = async (): Promise<void> => void (await Promise.all([findGoneKeys(), confirmation.confirmAll()]));
  return { news, confirmSessions };
}
