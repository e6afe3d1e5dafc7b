import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import { print, type ExecutionResult } from 'graphql';
import { errorFrom, VssError } from './errors.js';
import { LoginDocument, LogoutDocument, SessionRefreshDocument } from './generated/operations.js';
import { withIdempotencyKeys, type WithOptionalKey } from './idempotency.js';
import { createLiveConnection, type LiveConnection, type LiveState, type WebSocketConstructor } from './live.js';
import { isFresh, tokensFrom, type EntryPayload, type SignedInUser, type Tokens } from './session.js';

export interface VssClientOptions {
  /** The GraphQL endpoint, e.g. `http://127.0.0.1:4000/graphql`. */
  url: string;
  /** Of a service account, `vss_…`: the client acts as that account and needs no sign-in. For programs; a browser has no place to keep it. */
  apiKey?: string;
  /** `body` (the default): the refresh token is kept by this client. `cookie`: by the browser, out of reach of scripts. */
  session?: 'body' | 'cookie';
  /** How long one request may take. */
  timeoutMs?: number;
  fetch?: typeof globalThis.fetch;
  /** For runtimes without a global WebSocket (Node before 22). */
  webSocket?: WebSocketConstructor;
  /** How many events one subscription keeps for a slow reader before it fails. */
  maxUnread?: number;
  /** Told when the live connection comes and goes. */
  onLive?: (state: LiveState) => void;
  /** Told when the platform has ended the session, so that only a new sign-in helps. */
  onSessionEnd?: () => void;
}

/** The variables of an operation; they may be left out where none is required. */
type Variables<V> = Record<string, never> extends V ? [variables?: WithOptionalKey<V>] : [variables: WithOptionalKey<V>];

/**
 * One signed-in user of the platform, or a service account by its API key. Renews its session by itself, makes idempotency keys, and resumes
 * subscriptions where they broke off.
 */
export class VssClient {
  readonly #url: string;
  readonly #apiKey: string | undefined;
  readonly #session: 'body' | 'cookie';
  readonly #timeoutMs: number;
  readonly #fetch: typeof globalThis.fetch;
  readonly #live: LiveConnection;
  readonly #onSessionEnd: () => void;
  #tokens: Tokens | undefined;
  #renewal: Promise<Tokens> | undefined;

  constructor(options: VssClientOptions) {
    const { url, session = 'body', timeoutMs = 15_000, fetch = globalThis.fetch, webSocket = globalThis.WebSocket } = options;
    this.#url = url;
    this.#apiKey = options.apiKey;
    this.#session = session;
    this.#timeoutMs = timeoutMs;
    this.#fetch = fetch.bind(globalThis);
    this.#onSessionEnd = options.onSessionEnd ?? (() => undefined);
    this.#live = createLiveConnection({
      url: url.replace(/^http/, 'ws'),
      webSocket,
      token: () => this.accessToken(),
      reauthenticate: () => this.#renew(),
      onState: options.onLive ?? (() => undefined),
      maxUnread: options.maxUnread ?? 10_000,
    });
  }

  /** Signs in; ends what an earlier user followed. Rejects with UNAUTHENTICATED where name and password do not fit. */
  async login(username: string, password: string): Promise<SignedInUser> {
    this.#assertSignsIn();
    const { login } = await this.#send(LoginDocument, { input: { username, password } });
    return this.enter(login);
  }

  /**
   * Takes up the session that an answer holds, for ways in of one's own: a second factor, an invitation, an outside
   * identity provider. Rejects with UNAUTHENTICATED where the answer holds none.
   */
  enter(payload: EntryPayload): SignedInUser {
    const [refused] = payload.userErrors;
    if (payload.challenge) throw new VssError(`One more step is needed, ${payload.challenge.kind}: answer it by loginContinue, and give the answer to enter()`, 'UNAUTHENTICATED');
    const tokens = tokensFrom(payload);
    if (refused || !tokens || !payload.user) throw new VssError(refused?.message ?? 'The sign-in was refused', 'UNAUTHENTICATED');
    this.close();
    this.#tokens = tokens;
    return payload.user;
  }

  /** Takes up the session that the browser's cookie holds; undefined where there is none. */
  async resume(): Promise<SignedInUser | undefined> {
    this.#assertSignsIn();
    const { sessionRefresh } = await this.#send(SessionRefreshDocument, { input: {} });
    this.#tokens = tokensFrom(sessionRefresh);
    return this.#tokens ? (sessionRefresh.user ?? undefined) : undefined;
  }

  /** Ends the session here and at the platform. */
  async logout(): Promise<void> {
    this.#assertSignsIn();
    const refreshToken = this.#tokens?.refreshToken ?? null;
    this.#tokens = undefined;
    this.close();
    // The refresh token names the session. Without the access token it also ends when that one has expired.
    await this.#send(LogoutDocument, { input: { refreshToken } });
  }

  /** A valid access token, renewed where it is about to end, or the API key; undefined before sign-in. */
  async accessToken(): Promise<string | undefined> {
    if (this.#apiKey) return this.#apiKey;
    if (!this.#tokens) return undefined;
    if (isFresh(this.#tokens)) return this.#tokens.accessToken;
    return (await this.#renew()).accessToken;
  }

  /** Gets a new access token although the present one has not ended: for callers of their own to whom it was refused. */
  async renew(): Promise<void> {
    await this.#renew();
  }

  /** Runs a query or mutation. Rejects with a `VssError` when the answer holds any GraphQL error. */
  async request<R, V extends object>(document: TypedDocumentNode<R, V>, ...[variables]: Variables<V>): Promise<R> {
    const filled = withIdempotencyKeys(document, { ...variables }) as V;
    try {
      return await this.#send(document, filled, await this.accessToken());
    } catch (error) {
      if (!(error instanceof VssError) || error.code !== 'UNAUTHENTICATED' || !this.#tokens) throw error;
      // Refused although it seemed good, for example because the clocks differ.
      return this.#send(document, filled, (await this.#renew()).accessToken);
    }
  }

  /**
   * Follows a subscription until the loop is left. A broken connection is taken up again; where the operation has the
   * variable `$after` it goes on from the last event seen, so that none is missed and none comes twice.
   */
  subscribe<R, V extends object>(document: TypedDocumentNode<R, V>, ...[variables]: Variables<V>): AsyncIterableIterator<R> {
    return this.#live.subscribe(document, { ...variables });
  }

  /** Ends all subscriptions; the client can still be used. */
  close(): void {
    this.#live.close();
  }

  #assertSignsIn(): void {
    if (this.#apiKey) throw new VssError('A client with an API key has no session: it need not sign in or out', 'BAD_USER_INPUT');
  }

  /** Parallel callers share one renewal: each refresh token works once. */
  #renew(): Promise<Tokens> {
    this.#renewal ??= this.#refresh().finally(() => {
      this.#renewal = undefined;
    });
    return this.#renewal;
  }

  async #refresh(): Promise<Tokens> {
    const before = this.#tokens;
    if (this.#apiKey) throw new VssError('The platform does not take the API key: it has expired, was taken back or replaced', 'UNAUTHENTICATED');
    if (!before) throw new VssError('Sign in first', 'UNAUTHENTICATED');
    const { sessionRefresh } = await this.#send(SessionRefreshDocument, { input: { refreshToken: before.refreshToken } });
    const tokens = tokensFrom(sessionRefresh);
    // Signed out, or in as somebody else, while the answer was on its way.
    if (this.#tokens !== before) throw new VssError('The session has ended: sign in again', 'UNAUTHENTICATED');
    this.#tokens = tokens;
    if (!tokens) {
      this.#onSessionEnd();
      throw new VssError(sessionRefresh.userErrors[0]?.message ?? 'The session has ended: sign in again', 'UNAUTHENTICATED');
    }
    this.#live.renew(tokens.accessToken);
    return tokens;
  }

  async #send<R, V>(document: TypedDocumentNode<R, V>, variables: V, accessToken?: string): Promise<R> {
    const headers: Record<string, string> = { 'content-type': 'application/json', accept: 'application/graphql-response+json, application/json' };
    if (accessToken) headers['authorization'] = `Bearer ${accessToken}`;
    if (this.#session === 'cookie') headers['vss-session'] = 'cookie';
    let response: Response;
    try {
      response = await this.#fetch(this.#url, {
        method: 'POST',
        headers,
        credentials: 'same-origin',
        body: JSON.stringify({ query: print(document), variables }),
        signal: AbortSignal.timeout(this.#timeoutMs),
      });
    } catch (cause) {
      throw new VssError('The platform cannot be reached', 'UNAVAILABLE', [], { cause });
    }
    const result = (await response.json().catch(() => ({}))) as ExecutionResult<R>;
    if (result.errors?.length) throw errorFrom(result.errors);
    if (!result.data) throw new VssError(`The platform answered with status ${response.status} and no data`, 'UNAVAILABLE');
    return result.data;
  }
}
