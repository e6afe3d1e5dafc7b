import type { EntityManager } from '@vss/db';
import { SignInRefused, type Outbox } from '@vss/events';
import type { Scope } from '@vss/graphql';
import { AppError, newId as typeId, type NewId, type Now, systemNow, UserError } from '@vss/runtime';
import { AuditAction, AuditOutcome, type AuditService } from '../audit/index.js';
import type { Sealer } from '../keys/index.js';
import type { Client } from '../sessions/index.js';
import { sourceOf, type Entrance, type Entry, type Guess, type Guesses, type OwnPassword, type SignedIn, type SignInService } from '../sign-in/index.js';
import { ExternalIdentity } from './external-identity.entity.js';
import { loginHash, loginInvalid, newLogin, openLogin, sealLogin, type ProviderLogin } from './login-token.js';
import type { Callback, OidcClient, ProviderClaims } from './oidc-client.js';
import type { OidcProvider } from './oidc.config.js';
import { useLogin } from './oidc.queries.js';
import type { Provisioning } from './provisioning.js';

/** One provider and how it is talked to. */
export interface KnownProvider {
  readonly provider: OidcProvider;
  readonly client: OidcClient;
}

export interface ProviderAnswer extends Callback {
  readonly loginToken: string;
  readonly deviceToken?: string | null;
}

interface Deps {
  readonly openEm: () => EntityManager;
  readonly providers: readonly KnownProvider[];
  readonly outbox: Outbox;
  readonly audit: AuditService;
  readonly sealer: Sealer;
  readonly guesses: Guesses;
  readonly ownPassword: OwnPassword;
  readonly entrance: Entrance;
  readonly provisioning: Provisioning;
  readonly finish: SignInService['finish'];
  readonly newId?: NewId;
  readonly now?: Now;
}

type Outcome = Entry | { readonly kind: 'USED' } | { readonly kind: 'NO_ACCOUNT'; readonly why: string };

export type OidcService = ReturnType<typeof createOidcService>;

/** Signing in with an identity provider, by OpenID Connect's authorization code flow with PKCE. */
export function createOidcService({ openEm, providers, outbox, audit, sealer, guesses, ownPassword, entrance, provisioning, finish, newId = typeId, now = systemNow }: Deps) {
  const byId = new Map(providers.map((each) => [each.provider.id, each]));

  function known(id: string): KnownProvider {
    const found = byId.get(id);
    if (!found) throw new UserError('PROVIDER_UNKNOWN', 'There is no identity provider of this name: see oidcProviders', ['input', 'provider']);
    return found;
  }

  async function begin(asked: { provider: string; redirectUri: string }, userId?: string): Promise<{ authorizationUrl: string; loginToken: string }> {
    const { provider, client } = known(asked.provider);
    if (!provider.redirectUris.includes(asked.redirectUri))
      throw new UserError('REDIRECT_NOT_ALLOWED', 'Nobody may be sent back to this address: the settings of the provider name those that he may', ['input', 'redirectUri']);
    const login = newLogin({ ...asked, userId }, now());
    return { authorizationUrl: (await client.addressFor(login)).href, loginToken: sealLogin(sealer, login) };
  }

  /** Asks the provider who came back. What is not confirmed counts against the address, since each costs a request. */
  async function confirmed(login: ProviderLogin, answer: ProviderAnswer, client: Client): Promise<ProviderClaims> {
    const em = openEm();
    const guess: Guess = { subject: `provider ${loginHash(login)}`, source: sourceOf(client.address) };
    await guesses.assertMay(em, guess);
    try {
      return await known(login.provider).client.claimsOf(answer, login);
    } catch (error) {
      if (error instanceof UserError) await em.transactional((tx) => guesses.wrong(tx, guess));
      throw error;
    }
  }

  const findTie = (tx: EntityManager, { issuer, subject }: ProviderClaims): Promise<ExternalIdentity | null> => tx.findOne(ExternalIdentity, { issuer, subject });

  async function admit(tx: EntityManager, login: ProviderLogin, claims: ProviderClaims, client: Client): Promise<Outcome> {
    if (!(await useLogin(tx, loginHash(login), new Date(login.expiresAt)))) return { kind: 'USED' };
    const { provider } = known(login.provider);
    const tie = (await findTie(tx, claims)) ?? (await provisioning.tieFor(tx, provider, claims, client));
    if ('why' in tie) return refuse(tx, login, tie.why, client);
    tie.lastUsedAt = now();
    await tx.flush();
    const entry = await entrance.admit(tx, tie.userId, { way: 'PROVIDER', secondFactor: provider.trustsSecondFactor && claims.secondFactor }, client);
    return entry.kind === 'REFUSED' ? refuse(tx, login, entry.reason, client, tie.userId) : entry;
  }

  async function refuse(tx: EntityManager, login: ProviderLogin, why: string, client: Client, userId?: string): Promise<Outcome> {
    const detail = { reason: 'PROVIDER', provider: login.provider, why };
    audit.record(tx, { action: AuditAction.SIGN_IN_REFUSED, outcome: AuditOutcome.REFUSED, centerId: null, actorId: userId ?? null, target: userId ?? login.provider, detail, at: now() }, client);
    const refused = { username: `(by ${login.provider})`, reason: 'PROVIDER' as const, ...(userId ? { userId } : {}) };
    await outbox.add(tx, SignInRefused, refused, { centerId: null, traceId: client.traceId, actor: userId ?? 'anonymous' });
    return { kind: 'NO_ACCOUNT', why };
  }

  async function link(scope: Scope, answer: ProviderAnswer, client: Client): Promise<ExternalIdentity> {
    const { userId, centerId } = scope.actor;
    const login = openLogin(sealer, answer.loginToken, answer.state, now());
    if (login.userId !== userId) throw loginInvalid();
    const claims = await confirmed(login, answer, client);
    return openEm().transactional(async (tx) => {
      if (!(await useLogin(tx, loginHash(login), new Date(login.expiresAt)))) throw loginInvalid();
      const tied = await findTie(tx, claims);
      if (tied?.userId === userId) return tied;
      if (tied) throw new UserError('IDENTITY_TAKEN', 'This account at the provider opens another account here', ['input', 'code']);
      const tie = tx.create(ExternalIdentity, { id: newId('ext'), userId, provider: login.provider, issuer: claims.issuer, subject: claims.subject, linkedAt: now() });
      tx.persist(tie);
      audit.record(tx, { action: AuditAction.EXTERNAL_IDENTITY_LINKED, centerId, actorId: userId, target: userId, detail: { provider: login.provider, by: 'SELF' } }, client);
      return tie;
    });
  }

  return {
    providers: () => providers.map(({ provider: { id, name } }) => ({ id, name })),

    /** Where to send the browser, and what it keeps meanwhile. Throws PROVIDER_UNKNOWN and REDIRECT_NOT_ALLOWED. */
    start: (asked: { provider: string; redirectUri: string }) => begin(asked),
    /** As `start`, to tie the account there to that of who is signed in: a stolen session must not open such a back door. */
    async startLink(scope: Scope, { password, ...asked }: { provider: string; redirectUri: string; password?: string | null }) {
      const { id } = await ownPassword.assertKnown(scope, password, ['input', 'password']);
      return begin(asked, id);
    },

    /** Throws PROVIDER_LOGIN_INVALID, PROVIDER_REFUSED, and NO_ACCOUNT where that account opens none here. */
    async signIn(answer: ProviderAnswer, client: Client): Promise<SignedIn> {
      const login = openLogin(sealer, answer.loginToken, answer.state, now());
      if (login.userId) throw loginInvalid();
      const claims = await confirmed(login, answer, client);
      const outcome = await openEm().transactional((tx) => admit(tx, login, claims, client));
      if (outcome.kind === 'USED') throw loginInvalid();
      if (outcome.kind === 'NO_ACCOUNT') throw new UserError('NO_ACCOUNT', 'Your account at the provider opens none here: ask an administrator');
      return finish(outcome, answer.deviceToken);
    },

    /** Ties an account at a provider to that of the signed-in user. */
    link,

    identitiesOf: (em: EntityManager, userId: string): Promise<ExternalIdentity[]> => em.find(ExternalIdentity, { userId }, { orderBy: { linkedAt: 'asc', id: 'asc' }, limit: 100 }),

    /** Takes the tie away; who has no password needs another one to come in by. */
    unlink: (scope: Scope, id: string, client: Client): Promise<void> =>
      openEm().transactional(async (tx) => {
        const { userId, centerId } = scope.actor;
        const tie = await tx.findOne(ExternalIdentity, { id, userId });
        if (!tie) throw new AppError('NOT_FOUND', 'There is no such account of yours');
        await provisioning.assertAnotherWayIsLeft(tx, tie);
        tx.remove(tie);
        audit.record(tx, { action: AuditAction.EXTERNAL_IDENTITY_UNLINKED, centerId, actorId: userId, target: userId, detail: { provider: tie.provider } }, client);
      }),
  };
}
