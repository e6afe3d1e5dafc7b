import { newId as typeId, startRepeating, systemNow, type Logger, type NewId, type Now } from '@vss/runtime';
import { ACCESS_TOKEN_ISSUER, createTokenSigner, GATEWAY_AUDIENCE } from '@vss/auth';
import { openOrm, type DatabaseTarget, type EntityManager } from '@vss/db';
import { handlersByType, type Broker } from '@vss/events';
import { batchById, buildSubgraph, createDenialReports, createMessaging, createSubgraph, type Denial, type Scope, type Subgraph } from '@vss/graphql';
import { buildPeople, peopleEntities } from './app.people.js';
import { buildOidc, buildSignIn, signInEntities } from './app.sign-in.js';
import { ApiKey, apiKeyEntities, buildApiKeys } from './api-keys/index.js';
import { openAuditTrail } from './audit/audit-trail.js';
import { auditRoutes, createAuditService, mutationRoutes, SecurityAuditEntry, type PublicAuditKey } from './audit/index.js';
import { createDecisionService, DecisionResolver, PermissionCheck, PermissionExplanation, PermissionGrantor, PermissionScopeTest, requestResources, requestResourcesOnce, ResourceFact, resourceRoutes } from './decisions/index.js';
import { ACCESS_TOKEN_SECONDS, createSealer, createSigningKeyService, SigningKey, SigningKeyResolver, type PublicKeys } from './keys/index.js';
import { createRoleService, Grant, Role, RoleVersion } from './roles/index.js';
import { RoleResolver, RoleVersionResolver } from './roles/role.resolver.js';
import type { OidcProvider } from './oidc/index.js';
import { createTemporaryGrantService, TemporaryGrant, TemporaryGrantResolver } from './temporary-grants/index.js';
import { createPasswordHasher, type PasswordHasher } from './passwords/index.js';
import { createServiceAccountService, ServiceAccountResolver } from './service-accounts/index.js';
import { createHandOver, createHousekeeping, createSessionService, RefreshToken, Session, SessionListResolver, SessionResolver, UserSessionsResolver, type SessionTimes } from './sessions/index.js';
import { Center, Team, User, type UserSeed } from './users/index.js';

const SCHEMA = 'identity';

export interface IdentitySettings {
  /**
   * The installation's secret: at least 32 random bytes, as text, the same for all processes. Refresh tokens are derived
   * from it, and what the database must not tell is sealed with it.
   */
  readonly secret: string;
  /** How long sessions last; half a day idle and thirty days in all where nothing is said. */
  readonly sessionTimes?: SessionTimes | undefined;
  /** After so many days another key signs. */
  readonly keyRotationDays?: number | undefined;
  /** The longest time that a right is given for, eight hours unless told. */
  readonly temporaryGrantMinutes?: number | undefined;
  /** Set where browsers reach the gateway over HTTPS alone. */
  readonly secureCookie?: boolean;
  /** Identity providers that people may sign in with. */
  readonly providers?: readonly OidcProvider[] | undefined;
  /** How long lines of the audit are kept; five years by default. */
  readonly auditRetentionDays?: number | undefined;
}

export interface IdentityOptions {
  readonly target: DatabaseTarget;
  readonly broker: Broker;
  readonly logger: Logger;
  readonly settings: IdentitySettings;
  readonly now?: Now;
  /** The one clock of all copies, whose own may be a minute apart; the database's where absent. */
  readonly sharedTime?: ((tx: EntityManager) => Promise<Date>) | undefined;
  readonly newId?: NewId;
  readonly passwords?: PasswordHasher;
}

export interface Identity extends Subgraph {
  /** Public keys of the access tokens, as they are now. */
  jwks(): Promise<PublicKeys>;
  /**
   * Makes the keys that sign access tokens where there are none. Throws StartError where those there are were made with
   * another secret, which is better known before the first sign-in.
   */
  openKeys(): Promise<void>;
  /** Makes the users that are missing, to begin with. Those there are keep their password unless `resetPassword`. */
  ensureUsers(seeds: readonly UserSeed[]): Promise<{ id: string; username: string }[]>;
  /** Says every user again, for other subgraphs' projections. Gives how many there are. */
  snapshotUsers(): Promise<number>;
  /** Has the other subgraphs say again whose their rows are, for explanations of decisions about them. */
  requestResources(): Promise<void>;
  /** Takes a denial by a gateway in this process into the audit, by the outbox. A gateway elsewhere publishes its own. */
  auditGatewayDenial(denial: Denial): void;
  /** Ends sessions whose time is over, and forgets old attempts and tokens. Runs by itself once a minute. */
  keepHouse(): Promise<void>;
  /** Public key of the audit's signed heads. */
  readonly auditKey: PublicAuditKey;
  /** Signs the audit's chains, and lets lines go that were kept long enough. Runs by itself once an hour. */
  keepAudit(): Promise<void>;
}

/** Users, roles, sessions and the security audit (POINT). Keeps one projection: whose the rows of the other subgraphs are, to explain decisions about them. */
export async function createIdentity(options: IdentityOptions): Promise<Identity> {
  const { target, broker, settings, now = systemNow, newId = typeId, passwords = createPasswordHasher() } = options;
  const logger = options.logger.child({ subgraph: SCHEMA });
  const entities = [
    ...peopleEntities,
    Role,
    RoleVersion,
    TemporaryGrant,
    Session,
    RefreshToken,
    SigningKey,
    ...signInEntities,
    ...apiKeyEntities,
    SecurityAuditEntry,
    ResourceFact,
  ];
  const orm = await openOrm({ target, contextName: SCHEMA, schema: SCHEMA, entities, logger });
  const audit = createAuditService({ newId, now });
  const messaging = createMessaging({ name: SCHEMA, target, orm, broker, logger, now, writeRecord: audit.writeMutation });
  const { outbox, everywhere: openEm } = messaging;
  const gatewayDenials = createDenialReports({ fork: openEm, outbox, wall: 'GATEWAY', logger, now });

  const auditTrail = await openAuditTrail({ target, audit, installationSecret: settings.secret, retentionDays: settings.auditRetentionDays, logger, now });
  const roles = createRoleService({ outbox, audit, newId, now });
  const keys = createSigningKeyService({ openEm, outbox, audit, sealer: createSealer(settings.secret, 'signing-keys'), rotationDays: settings.keyRotationDays, now });
  const accessTokens = createTokenSigner({ key: () => keys.current(), issuer: ACCESS_TOKEN_ISSUER, audience: GATEWAY_AUDIENCE, lifetimeSeconds: ACCESS_TOKEN_SECONDS, now });
  const sessions = createSessionService({
    openEm,
    outbox,
    audit,
    accessTokens,
    secret: settings.secret,
    times: settings.sessionTimes,
    sharedTime: options.sharedTime,
    newId,
    now,
  });
  const handOver = createHandOver({ secureCookie: settings.secureCookie ?? false, now });
  const signIn = buildSignIn({ openEm, outbox, audit, passwords, sessions, handOver, secret: settings.secret, now });
  const people = buildPeople({ openEm, outbox, audit, passwords, sessions, signIn, handOver, newId, now });
  const apiKeys = buildApiKeys({ openEm, outbox, audit, accessTokens, newId, now });
  const serviceAccounts = createServiceAccountService({ outbox, audit, newId, now });
  const oidc = buildOidc({ openEm, outbox, audit, passwords, sessions, handOver, secret: settings.secret, signIn, providers: settings.providers ?? [], users: people.users, logger, newId, now });
  const housekeeping = createHousekeeping({ sessions, openEm, others: [...signIn.housekeeping, ...oidc.housekeeping, ...apiKeys.housekeeping, () => keys.rotateWhenDue()], logger, now });
  const temporaryGrants = createTemporaryGrantService({ openEm, outbox, audit, longestMinutes: settings.temporaryGrantMinutes, newId, now });

  const build = await buildSubgraph({
    name: SCHEMA,
    resolvers: [
      ...people.resolvers,
      new RoleResolver(roles),
      RoleVersionResolver,
      new TemporaryGrantResolver(temporaryGrants),
      ...signIn.resolvers,
      oidc.resolver,
      // Who is here by a key holds a session as well.
      new SessionResolver({ ...sessions, statesOf: async (ids) => [...(await sessions.statesOf(ids)), ...(await apiKeys.statesOf(ids))] }, handOver),
      new ServiceAccountResolver(serviceAccounts),
      ...apiKeys.resolvers,
      new SessionListResolver(sessions),
      UserSessionsResolver,
      new SigningKeyResolver(keys),
      ...auditTrail.resolvers,
      new DecisionResolver(createDecisionService()),
    ],
    orphanedTypes: [
      User,
      Team,
      Role,
      Grant,
      Center,
      ...apiKeyEntities,
      SecurityAuditEntry,
      PermissionCheck,
      PermissionExplanation,
      PermissionGrantor,
      PermissionScopeTest,
    ],
    references: {
      User: ({ id }: { id: string }, scope: Scope) => batchById(scope, User)(id),
      Team: ({ id }: { id: string }, scope: Scope) => batchById(scope, Team)(id),
      Role: ({ id }: { id: string }, scope: Scope) => batchById(scope, Role)(id),
      ApiKey: ({ id }: { id: string }, scope: Scope) => batchById(scope, ApiKey)(id),
    },
  });

  await roles.ensureSystemRoles(openEm());
  let temporaryRights: { stop(): Promise<void> } | undefined;
  const subgraph = createSubgraph({
    name: SCHEMA,
    build,
    orm,
    logger,
    now,
    onDenied: messaging.onDenied,
    audit: messaging.audit,
    async start() {
      // Before anything is heard, which would be taken for all that there is.
      await requestResourcesOnce(openEm(), outbox);
      // A group of its own: whose a row is must not wait for the audit, nor the audit for that.
      await messaging.start([auditRoutes(audit), mutationRoutes(audit), apiKeys.consumer, { group: `${SCHEMA}.resources`, ...handlersByType<EntityManager>(resourceRoutes) }, ...people.consumers]);
      housekeeping.start();
      auditTrail.start();
      // A right that was given for a time is not to be held a minute longer.
      temporaryRights = startRepeating({ everyMs: 1_000, logger, work: () => temporaryGrants.endOverdue() });
    },
    async stop() {
      await temporaryRights?.stop();
      await auditTrail.stop();
      await housekeeping.stop();
      await gatewayDenials.settled();
      await messaging.stop();
    },
  });
  return Object.assign(subgraph, {
    jwks: () => keys.jwks(),
    openKeys: () => keys.open(),
    async ensureUsers(wanted: readonly UserSeed[]) {
      const made = await people.seeds.ensureUsers(openEm(), wanted);
      return made.map(({ id, username }) => ({ id, username }));
    },
    snapshotUsers: () => people.seeds.snapshot(openEm()),
    requestResources: () => requestResources(openEm(), outbox),
    auditGatewayDenial: gatewayDenials.onDenied,
    keepHouse: () => housekeeping.run(),
    auditKey: auditTrail.publicKey,
    keepAudit: () => auditTrail.keep(),
  });
}
