import { LockMode } from '@mikro-orm/core';
import { apiKeyHash, isApiKey, type Actor, type TokenSigner } from '@vss/auth';
import type { EntityManager } from '@vss/db';
import { RightsChanged, SessionEnded, type Outbox } from '@vss/events';
import { newTraceId, systemNow, type Now } from '@vss/runtime';
import { AuditAction, AuditOutcome, type AuditService, type Origin } from '../audit/index.js';
import { loadRightsOfAll, type Rights } from '../roles/index.js';
import { mayEnter, User } from '../users/index.js';
import { ApiKey, ApiKeySecret, ApiKeyState } from './api-key.entity.js';
import { idsOfKeysOf, noteUse } from './api-key.queries.js';
import { grantsOfKey, stateOf } from './api-key.rules.js';

/** Why a key opens nothing. SUSPENDED: its account, or who answers for it, is deactivated. */
export type KeyRefusal = 'UNKNOWN' | 'EXPIRED' | 'REVOKED' | 'SUSPENDED';

/** An access token of who holds the secret, and when the secret is over. */
export interface KeyPass {
  readonly accessToken: string;
  readonly endsAt: Date;
}

interface Deps {
  /** An EntityManager over all centers: who comes in by a key has none before. */
  readonly openEm: () => EntityManager;
  readonly outbox: Outbox;
  readonly audit: AuditService;
  readonly accessTokens: TokenSigner;
  readonly now?: Now;
}

/** What a key comes to: undefined where nobody may act by it. */
interface Held {
  readonly key: ApiKey;
  readonly account: User;
  readonly rights: Rights;
}

const NO_RIGHTS = { role: 'none', permissionVersion: 0, grants: { allow: {}, deny: [] } };
const BATCH = 200;
/** Gateways ask anew every minute, by clocks that may differ by one. */
const PASS_MS = 120_000;
/** `vss_` and eight characters. */
const SHOWN_LENGTH = 12;
const EVERYWHERE = { filters: { center: false } } as const;

export type KeySessions = ReturnType<typeof createKeySessions>;

/** Who is here by a key. A secret is a session of its own: it ends like one, and gateways hear of it alike. */
export function createKeySessions({ openEm, outbox, audit, accessTokens, now = systemNow }: Deps) {
  async function enter(presented: string, origin: Origin): Promise<KeyPass | KeyRefusal> {
    const em = openEm();
    const at = now();
    const secret = await em.findOne(ApiKeySecret, { secretHash: apiKeyHash(presented) });
    const key = secret && (await em.findOne(ApiKey, { id: secret.keyId }));
    if (!secret || !key) return refuse(em, 'UNKNOWN', undefined, presented, origin);
    if (secret.expiresAt <= at) return refuse(em, 'EXPIRED', key, presented, origin);
    if (secret.endedAt) return refuse(em, 'REVOKED', key, presented, origin);
    const held = (await heldBy(em, [key], at)).get(key.id);
    if (!held) return refuse(em, 'SUSPENDED', key, presented, origin);
    await noteUse(em, { secretId: secret.id, address: origin.address, at });
    const shortly = new Date(at.getTime() + PASS_MS);
    const notAfter = earliest(earliest(secret.expiresAt, shortly), held.rights.validUntil);
    const { token } = await accessTokens.sign(actorOf(held, secret), { notAfter });
    return { accessToken: token, endsAt: secret.expiresAt };
  }

  async function refuse(em: EntityManager, reason: KeyRefusal, key: ApiKey | undefined, presented: string, origin: Origin): Promise<KeyRefusal> {
    const { id: target, centerId, serviceAccountId: actorId } = key ?? { id: shownOf(presented), centerId: null, serviceAccountId: null };
    await em.transactional(async (tx) => audit.record(tx, { action: AuditAction.API_KEY_REFUSED, outcome: AuditOutcome.REFUSED, centerId, actorId, target, detail: { reason } }, origin));
    return reason;
  }

  /** Ends what is held by a secret. */
  async function end(tx: EntityManager, key: ApiKey, secret: ApiKeySecret, reason: 'REVOKED' | 'EXPIRED', by: { actorId: string; origin: Origin }): Promise<void> {
    secret.endedAt = now();
    await outbox.add(tx, SessionEnded, { sessionId: secret.id, userId: key.serviceAccountId, reason }, { centerId: key.centerId, traceId: by.origin.traceId, actor: by.actorId });
  }

  /** Says what the keys may do now: tokens and connections from before go on with no more than that. */
  async function tellRights(tx: EntityManager, keys: readonly ApiKey[], { traceId }: Pick<Origin, 'traceId'>): Promise<void> {
    const held = await heldBy(tx, keys, now());
    const secrets = await tx.find(ApiKeySecret, { keyId: { $in: keys.map(({ id }) => id) }, endedAt: null });
    for (const key of keys) {
      const rights = held.get(key.id)?.rights;
      const told = { ...(rights ? toldOf(rights) : NO_RIGHTS), ...(key.costPerMinute == null ? {} : { costPerMinute: key.costPerMinute }) };
      for (const { id: sessionId } of secrets.filter(({ keyId }) => keyId === key.id))
        await outbox.add(tx, RightsChanged, { userId: key.serviceAccountId, sessionId, ...told }, { centerId: key.centerId, traceId, actor: 'system' });
    }
  }

  return {
    /** An access token for who presents a key, or why there is none. */
    enter,
    end,
    tellRights,

    /** Those of the sessions that are held by keys which open something, each with what the key may do now. */
    async statesOf(ids: readonly string[]): Promise<{ id: string; rights: Rights }[]> {
      const em = openEm();
      const secrets = await em.find(ApiKeySecret, { id: { $in: [...ids] }, endedAt: null, expiresAt: { $gt: now() } });
      const keys = await em.find(ApiKey, { id: { $in: secrets.map(({ keyId }) => keyId) } });
      const held = await heldBy(em, keys, now());
      return secrets.flatMap(({ id, keyId }) => {
        const rights = held.get(keyId)?.rights;
        return rights ? [{ id, rights }] : [];
      });
    },

    /** Somebody's rights have changed, or a role's: so have those of the keys that act or are answered for by them. */
    async follow(tx: EntityManager, whose: { readonly userId: string } | { readonly role: string }, origin: Pick<Origin, 'traceId'>): Promise<void> {
      const ids = await idsOfKeysOf(tx, whose, now());
      const keys = await tx.find(ApiKey, { id: { $in: ids } }, { orderBy: { id: 'asc' }, ...EVERYWHERE });
      if (keys.length > 0) await tellRights(tx, keys, origin);
    },

    /** Ends what is held by secrets whose time is over, some at a time; gives how many. */
    endExpired: (): Promise<number> =>
      openEm().transactional(async (tx) => {
        const origin = { traceId: newTraceId(), address: '' };
        const expired = await tx.find(ApiKeySecret, { endedAt: null, expiresAt: { $lte: now() } }, { orderBy: { id: 'asc' }, limit: BATCH, lockMode: LockMode.PESSIMISTIC_PARTIAL_WRITE });
        const keys = new Map((await tx.find(ApiKey, { id: { $in: expired.map(({ keyId }) => keyId) } })).map((key) => [key.id, key]));
        for (const secret of expired) {
          const key = keys.get(secret.keyId);
          if (key) await end(tx, key, secret, 'EXPIRED', { actorId: 'system', origin });
        }
        return expired.length;
      }),
  };
}

/** What may be kept of a key that nobody knows. */
const shownOf = (presented: string): string => (isApiKey(presented) ? presented.slice(0, SHOWN_LENGTH) : '(not an API key)');

/** What each of the keys comes to at the moment, by its id; those that nobody may act by are missing. */
async function heldBy(em: EntityManager, keys: readonly ApiKey[], at: Date): Promise<Map<string, Held>> {
  const ids = [...new Set(keys.flatMap(({ serviceAccountId, makerId }) => [serviceAccountId, makerId]))];
  const users = new Map((await em.find(User, { id: { $in: ids } }, EVERYWHERE)).filter(mayEnter).map((user) => [user.id, user]));
  const rights = await loadRightsOfAll(em, [...users.values()], at);
  return new Map(
    keys.flatMap((key) => {
      const account = users.get(key.serviceAccountId);
      const [own, makers] = [rights.get(key.serviceAccountId), rights.get(key.makerId)];
      if (!account || !own || !makers || stateOf(key, at) !== ApiKeyState.ACTIVE) return [];
      const validUntil = earliest(own.validUntil, makers.validUntil);
      const narrowed = { ...own, grants: grantsOfKey(own.grants, makers.grants, key.scopes) };
      return [[key.id, { key, account, rights: validUntil ? { ...narrowed, validUntil } : narrowed }] as const];
    }),
  );
}

function earliest(one: Date, other: Date | undefined): Date;
function earliest(one: Date | undefined, other: Date | undefined): Date | undefined;
function earliest(one: Date | undefined, other: Date | undefined): Date | undefined {
  if (!one || !other) return one ?? other;
  return one < other ? one : other;
}

const toldOf = ({ role, permissionVersion, rightsVersion, teamIds, grants }: Rights) => ({ role: role.name, permissionVersion, rightsVersion, teamIds, grants });

const actorOf = ({ key, account, rights: { role, permissionVersion, rightsVersion, teamIds, grants } }: Held, secret: ApiKeySecret): Actor => ({
  kind: 'service',
  userId: account.id,
  username: account.username,
  sessionId: secret.id,
  role: role.name,
  centerId: account.centerId,
  teamIds,
  permissionVersion,
  rightsVersion,
  grants,
  ...(key.costPerMinute == null ? {} : { limits: { costPerMinute: key.costPerMinute } }),
});
