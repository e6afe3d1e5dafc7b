import { LockMode } from '@mikro-orm/core';
import type { EntityManager } from '@vss/db';
import { newId as typeId, type Logger, type NewId, type Now, systemNow, UserError } from '@vss/runtime';
import { AuditAction, type AuditService } from '../audit/index.js';
import { Role } from '../roles/index.js';
import type { Client } from '../sessions/index.js';
import { assertDisplayName, assertEmail, mayEnter, User, type UserService } from '../users/index.js';
import { ExternalIdentity } from './external-identity.entity.js';
import type { ProviderClaims } from './oidc-client.js';
import type { OidcProvider } from './oidc.config.js';
import { findByEmail, takenNames } from './oidc.queries.js';
import { trustedEmail, usernamesFor } from './oidc.rules.js';

interface Deps {
  readonly users: Pick<UserService, 'insert'>;
  readonly audit: AuditService;
  readonly logger: Logger;
  readonly newId?: NewId;
  readonly now?: Now;
}

/** Why an account at a provider opens none here; for the audit. */
interface NoAccount {
  readonly why: 'NOT_LINKED' | 'EMAIL_NOT_VERIFIED' | 'EMAIL_AMBIGUOUS' | 'EMAIL_REASSIGNED' | 'NO_ROLE';
}

export type Provisioning = ReturnType<typeof createProvisioning>;

/** Who comes from a provider for the first time: which user he is here, as far as its settings let it say so. */
export function createProvisioning({ users, audit, logger, newId = typeId, now = systemNow }: Deps) {
  function tie(tx: EntityManager, user: User, provider: OidcProvider, { issuer, subject }: ProviderClaims, by: string, client: Client): ExternalIdentity {
    const made = tx.create(ExternalIdentity, { id: newId('ext'), userId: user.id, provider: provider.id, issuer, subject, linkedAt: now() });
    tx.persist(made);
    audit.record(tx, { action: AuditAction.EXTERNAL_IDENTITY_LINKED, centerId: user.centerId, actorId: user.id, target: user.id, detail: { provider: provider.id, by } }, client);
    return made;
  }

  async function tieByEmail(tx: EntityManager, userId: string, provider: OidcProvider, claims: ProviderClaims, client: Client): Promise<ExternalIdentity | NoAccount> {
    const user = await tx.findOneOrFail(User, { id: userId });
    if (provider.link !== 'VERIFIED_EMAIL' || !mayEnter(user)) return { why: 'NOT_LINKED' };
    // He came from there before, as somebody else: the address has changed hands.
    if ((await tx.count(ExternalIdentity, { userId, issuer: claims.issuer })) > 0) return { why: 'EMAIL_REASSIGNED' };
    return tie(tx, user, provider, claims, 'VERIFIED_EMAIL', client);
  }

  async function makeUser(tx: EntityManager, claims: ProviderClaims, email: string, { role: name, centerId }: NonNullable<OidcProvider['provision']>, client: Client): Promise<User | undefined> {
    const role = await tx.findOne(Role, { name });
    if (!role) {
      logger.warn({ role: name }, 'An identity provider is to give new users a role that does not exist');
      return undefined;
    }
    const names = usernamesFor(claims);
    const taken = await takenNames(tx, names);
    // Somebody else may take it meanwhile; then this sign-in fails, and the next one finds another name.
    const username = names.find((each) => !taken.has(each)) ?? newId('user');
    const displayName = assertDisplayName((claims.name ?? username).replaceAll(/\p{Cc}/gu, ' ').slice(0, 100));
    return users.insert(tx, { centerId, username, displayName, email: assertEmail(email) }, role, { actorId: 'system', origin: client });
  }

  return {
    async tieFor(tx: EntityManager, provider: OidcProvider, claims: ProviderClaims, client: Client): Promise<ExternalIdentity | NoAccount> {
      if (provider.link === 'NEVER' && !provider.provision) return { why: 'NOT_LINKED' };
      const email = trustedEmail(claims, provider);
      if (!email) return { why: 'EMAIL_NOT_VERIFIED' };
      // Also where nothing may be linked: a second account for one person would only hide that.
      const [found, another] = await findByEmail(tx, email, provider.centerId);
      if (another) return { why: 'EMAIL_AMBIGUOUS' };
      if (found) return tieByEmail(tx, found, provider, claims, client);
      const made = provider.provision && (await makeUser(tx, claims, email, provider.provision, client));
      if (!made) return { why: provider.provision ? 'NO_ROLE' : 'NOT_LINKED' };
      return tie(tx, made, provider, claims, 'PROVISIONED', client);
    },

    /** Nobody shuts himself out. */
    async assertAnotherWayIsLeft(tx: EntityManager, { id, userId }: ExternalIdentity): Promise<void> {
      const user = await tx.findOneOrFail(User, { id: userId }, { lockMode: LockMode.PESSIMISTIC_WRITE });
      if (user.passwordHash || (await tx.count(ExternalIdentity, { userId, id: { $ne: id } })) > 0) return;
      throw new UserError('INPUT_INVALID', 'This is the only way in that you have', ['input', 'id']);
    },
  };
}
