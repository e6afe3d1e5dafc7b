import { forkFor, type EntityManager, type Orm } from '@vss/db';
import { reachesEveryCenter, type Actor } from '@vss/auth';
import type { AppError, Logger, Now } from '@vss/runtime';
import type { MutationAudit } from './audit/index.js';
import { createBatcher, type Batcher } from './batch.js';
import { createLive, type Live, type LiveSource, type Resumption } from './live.js';

/** What only the gateway's HTTP edge knows of the client. */
export interface RequestInfo {
  readonly address: string;
  readonly userAgent: string;
  /** The session's refresh token, from its cookie. */
  readonly refreshCookie?: string;
  /** Whether the client wants its refresh token as a cookie instead of in the body. */
  readonly wantsCookie: boolean;
}

/** What an answer may carry beside its body. */
export interface Reply {
  setCookie(value: string): void;
}

/** A refusal by a guard, the subgraph's or the gateway's: who was denied which right where. */
export interface Denial {
  readonly actor: Actor;
  readonly permission: string;
  /** `Query.calls`, or the field that was reached another way. */
  readonly operation: string;
  readonly traceId: string;
  /** How many alike it stands for; one where absent. */
  readonly count?: number;
  /** Network address of who asked, where it is known. */
  readonly sourceAddress?: string;
}

/** Everything that one request, or one event of a live stream, works with. Every resolver and service gets it. */
export interface Scope {
  readonly actor: Actor;
  /** A fork of its own, limited to the actor's center. */
  readonly em: EntityManager;
  readonly traceId: string;
  /** The caller's span: what this request does hangs under it. */
  readonly traceparent: string | undefined;
  readonly now: Now;
  readonly logger: Logger;
  readonly request: RequestInfo;
  readonly reply: Reply;
  readonly batch: Batcher;
  /** Opens live streams and reads the place that they stand at. */
  readonly live: Live;
  /** Set where the gateway shares the stream that is being opened. */
  readonly resumption: Resumption | undefined;
  /** What the guard has decided in this scope. */
  readonly verdicts: Map<string, true | AppError>;
  /** Reports a refusal by the guard. */
  readonly onDenied: (denial: Denial) => void;
  /** Reports the use of a right that the actor has by `*:*` alone. */
  readonly onOverride: (use: Denial) => void;
  /** Takes every mutation down; undefined where nobody does. */
  readonly mutationAudit: MutationAudit | undefined;
  /** Drops what was loaded: between the mutations of one request, since an earlier one changed it. */
  forget(): void;
  /** The same asker with nothing loaded and nothing decided: for the next event of a stream. */
  fresh(): Scope;
}

export interface ScopeRequest {
  readonly actor: Actor;
  readonly traceId: string;
  readonly traceparent?: string | undefined;
  readonly request?: RequestInfo | undefined;
  readonly reply?: Reply | undefined;
  /** For a live stream whose token is renewed while it runs: the actor as of the next event. */
  readonly currentActor?: (() => Actor) | undefined;
  readonly resumption?: Resumption | undefined;
}

const NO_REQUEST: RequestInfo = { address: '', userAgent: '', wantsCookie: false };
const NO_REPLY: Reply = { setCookie: () => undefined };

/** The center whose rows an actor may load; ALL only for a user who may do everything everywhere. */
export const centerOf = (actor: Actor): string => (reachesEveryCenter(actor) ? 'ALL' : actor.centerId);

export interface ScopeDeps {
  readonly orm: Orm;
  readonly now: Now;
  readonly logger: Logger;
  readonly live?: LiveSource | undefined;
  readonly onDenied?: ((denial: Denial, scope: Scope) => void) | undefined;
  readonly onOverride?: ((use: Denial, scope: Scope) => void) | undefined;
  readonly mutationAudit?: MutationAudit | undefined;
}

/** `reported` holds what is known already, so that a stream reports each denial once and not with every event. */
export function createScope(deps: ScopeDeps, asked: ScopeRequest, reported = new Set<string>()): Scope {
  let em: EntityManager | undefined;
  const scope: Scope = {
    actor: asked.actor,
    // Made when first used: many fetches are answered from what is at hand.
    get em() {
      return (em ??= forkFor(deps.orm, centerOf(asked.actor)));
    },
    traceId: asked.traceId,
    traceparent: asked.traceparent,
    now: deps.now,
    logger: deps.logger.child({ traceId: asked.traceId }),
    request: asked.request ?? NO_REQUEST,
    reply: asked.reply ?? NO_REPLY,
    batch: createBatcher(),
    verdicts: new Map(),
    onDenied(denial) {
      const key = `${denial.permission} ${denial.operation}`;
      if (reported.has(key)) return;
      reported.add(key);
      deps.onDenied?.(denial, scope);
    },
    onOverride(use) {
      const key = `override ${use.permission}`;
      if (reported.has(key)) return;
      reported.add(key);
      deps.onOverride?.(use, scope);
    },
    mutationAudit: deps.mutationAudit,
    get live() {
      return createLive(deps.live, scope, asked.resumption);
    },
    resumption: asked.resumption,
    forget() {
      scope.batch.clear();
      em?.clear();
    },
    fresh: () => createScope(deps, { ...asked, actor: asked.currentActor?.() ?? asked.actor }, reported),
  };
  return scope;
}
