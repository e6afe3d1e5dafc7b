import { LockMode } from '@mikro-orm/core';
import { apiKeyHash, denial, keySessionId, newApiKey, type Grant } from '@vss/auth';
import type { EntityManager } from '@vss/db';
import { ApiKeyCreated, ApiKeyRevoked, ApiKeyRotated, ApiKeyUpdated, type Outbox } from '@vss/events';
import type { Scope } from '@vss/graphql';
import { AppError, newId as typeId, systemNow, UserError, type NewId, type Now } from '@vss/runtime';
import { AuditAction, type AuditService } from '../audit/index.js';
import { loadRights } from '../roles/index.js';
import { mayEnter, User, UserKind } from '../users/index.js';
import type { KeySessions } from './api-key.sessions.js';
import { ApiKey, ApiKeySecret, ApiKeyState } from './api-key.entity.js';
import { assertKnown, assertLife, assertName, assertNotWider, assertScopes, LONGEST_OVERLAP_MINUTES, MOST_KEYS_OF_ACCOUNT, stateOf } from './api-key.rules.js';

export interface ApiKeyCreate {
  readonly serviceAccountId: string;
  readonly name: string;
  readonly scopes?: readonly Grant[] | null;
  readonly expiresAt: Date;
  readonly costPerMinute?: number | null;
}

/** What is absent stays as it is. */
export interface ApiKeyUpdate {
  readonly id: string;
  readonly expectedVersion: number;
  readonly name?: string | null;
  readonly scopes?: readonly Grant[] | null;
  readonly expiresAt?: Date | null;
  readonly costPerMinute?: number | null;
}

export interface ApiKeyRotate {
  readonly id: string;
  readonly overlapMinutes: number;
}

/** A key with its secret, which is told this once. */
export interface Secret {
  readonly apiKey: ApiKey;
  readonly secret: string;
}

interface Deps {
  readonly outbox: Outbox;
  readonly audit: AuditService;
  readonly sessions: Pick<KeySessions, 'end' | 'tellRights'>;
  readonly newId?: NewId;
  readonly now?: Now;
}

export type ApiKeyService = ReturnType<typeof createApiKeyService>;

export function createApiKeyService({ outbox, audit, sessions, newId = typeId, now = systemNow }: Deps) {
  const originOf = ({ traceId, request }: Scope) => ({ traceId, address: request.address });
  const contextOf = ({ actor, traceId }: Scope, { centerId }: ApiKey) => ({ centerId, traceId, actor: actor.userId });

  function addSecret(tx: EntityManager, key: ApiKey, number: number): { secret: string; prefix: string } {
    const { key: secret, prefix } = newApiKey();
    tx.persist(tx.create(ApiKeySecret, { id: keySessionId(key.id, number), keyId: key.id, number, prefix, secretHash: apiKeyHash(secret), createdAt: now(), expiresAt: key.expiresAt }));
    return { secret, prefix };
  }

  function record(tx: EntityManager, scope: Scope, action: AuditAction, key: ApiKey, detail: Record<string, unknown>): void {
    audit.record(tx, { action, centerId: key.centerId, actorId: scope.actor.userId, target: key.id, detail }, originOf(scope));
  }

  const create = (scope: Scope, input: ApiKeyCreate): Promise<Secret> =>
    scope.em.transactional(async (tx) => {
      const { actor } = scope;
      assertPerson(scope);
      const at = now();
      const name = assertName(input.name);
      assertLife(input.expiresAt, at);
      // Whoever makes another key for this account waits here, so that together they make no more than there may be.
      const account = await tx.findOne(User, { id: input.serviceAccountId, kind: UserKind.SERVICE }, { lockMode: LockMode.PESSIMISTIC_WRITE });
      if (!account) throw new AppError('NOT_FOUND', 'There is no such service account');
      if (!mayEnter(account)) throw new UserError('SERVICE_ACCOUNT_DEACTIVATED', 'The service account is deactivated: reactivate it first', ['input', 'serviceAccountId']);
      assertScopes(input.scopes, { own: actor.grants, account: (await loadRights(tx, account, at)).grants });
      const others = await tx.count(ApiKey, { serviceAccountId: account.id, revokedAt: null, expiresAt: { $gt: at } });
      if (others >= MOST_KEYS_OF_ACCOUNT) throw new UserError('TOO_MANY_KEYS', `A service account has at most ${MOST_KEYS_OF_ACCOUNT} keys: revoke one first`, ['input', 'serviceAccountId']);
      const { scopes = null, costPerMinute = null, expiresAt } = input;
      const key = tx.create(ApiKey, { id: newId('key'), centerId: account.centerId, serviceAccountId: account.id, makerId: actor.userId, name, scopes: scopes && [...scopes], costPerMinute, createdAt: at, updatedAt: at, expiresAt, version: 1 });
      tx.persist(key);
      await tx.flush();
      const { secret, prefix } = addSecret(tx, key, 1);
      record(tx, scope, AuditAction.API_KEY_CREATED, key, { serviceAccountId: account.id, name, prefix, scopes, costPerMinute, expiresAt });
      await outbox.add(tx, ApiKeyCreated, { keyId: key.id, serviceAccountId: account.id, prefix }, contextOf(scope, key));
      return { apiKey: key, secret };
    });

  const update = (scope: Scope, input: ApiKeyUpdate): Promise<ApiKey> =>
    scope.em.transactional(async (tx) => {
      const key = await lockLive(tx, input.id, now());
      if (key.version !== input.expectedVersion)
        throw new UserError('VERSION_CONFLICT', `Somebody else changed this key: version ${key.version} stands now`, ['input', 'expectedVersion']);
      const before = { name: key.name, scopes: key.scopes ?? null, expiresAt: key.expiresAt, costPerMinute: key.costPerMinute ?? null };
      const after = {
        name: input.name == null ? before.name : assertName(input.name),
        scopes: input.scopes === undefined ? before.scopes : input.scopes && [...input.scopes],
        expiresAt: input.expiresAt ?? before.expiresAt,
        costPerMinute: input.costPerMinute === undefined ? before.costPerMinute : input.costPerMinute,
      };
      if (input.expiresAt) assertLife(input.expiresAt, now());
      if (input.scopes) assertKnown(input.scopes);
      assertNotWider(after, before);
      Object.assign(key, { ...after, updatedAt: now(), version: key.version + 1 });
      for (const secret of await liveSecrets(tx, key)) if (secret.expiresAt > key.expiresAt) secret.expiresAt = key.expiresAt;
      record(tx, scope, AuditAction.API_KEY_UPDATED, key, { before, after });
      await outbox.add(tx, ApiKeyUpdated, { keyId: key.id, serviceAccountId: key.serviceAccountId }, contextOf(scope, key));
      await tx.flush();
      await sessions.tellRights(tx, [key], originOf(scope));
      return key;
    });

  const rotate = (scope: Scope, input: ApiKeyRotate): Promise<Secret> =>
    scope.em.transactional(async (tx) => {
      assertPerson(scope);
      assertOverlap(input.overlapMinutes);
      const at = now();
      const key = await lockLive(tx, input.id, at);
      const account = await tx.findOneOrFail(User, { id: key.serviceAccountId });
      // Whoever holds the new secret has it from him: he answers for the key from now on.
      assertScopes(key.scopes, { own: scope.actor.grants, account: (await loadRights(tx, account, at)).grants });
      const [newest, ...older] = await liveSecrets(tx, key);
      const overlapEnd = new Date(at.getTime() + input.overlapMinutes * 60_000);
      for (const secret of older) await sessions.end(tx, key, secret, 'REVOKED', { actorId: scope.actor.userId, origin: originOf(scope) });
      if (newest && input.overlapMinutes === 0) await sessions.end(tx, key, newest, 'REVOKED', { actorId: scope.actor.userId, origin: originOf(scope) });
      else if (newest && overlapEnd < newest.expiresAt) newest.expiresAt = overlapEnd;
      Object.assign(key, { makerId: scope.actor.userId, updatedAt: at, version: key.version + 1 });
      const { secret, prefix } = addSecret(tx, key, await nextNumber(tx, key));
      record(tx, scope, AuditAction.API_KEY_ROTATED, key, { prefix, overlapMinutes: input.overlapMinutes });
      await outbox.add(tx, ApiKeyRotated, { keyId: key.id, serviceAccountId: key.serviceAccountId, prefix }, contextOf(scope, key));
      await tx.flush();
      await sessions.tellRights(tx, [key], originOf(scope));
      return { apiKey: key, secret };
    });

  /** Doing it again changes nothing. */
  const revoke = (scope: Scope, id: string): Promise<ApiKey> =>
    scope.em.transactional(async (tx) => {
      const key = await lockKey(tx, id);
      if (key.revokedAt) return key;
      Object.assign(key, { revokedAt: now(), updatedAt: now(), version: key.version + 1 });
      for (const secret of await liveSecrets(tx, key)) await sessions.end(tx, key, secret, 'REVOKED', { actorId: scope.actor.userId, origin: originOf(scope) });
      record(tx, scope, AuditAction.API_KEY_REVOKED, key, {});
      await outbox.add(tx, ApiKeyRevoked, { keyId: key.id, serviceAccountId: key.serviceAccountId }, contextOf(scope, key));
      return key;
    });

  return { create, update, rotate, revoke };
}

/** A key that made keys could hand out what it does not have itself, and nobody would answer for it. */
function assertPerson({ actor }: Scope): void {
  if (actor.kind === 'service') throw denial(actor, 'api-keys:create', { why: 'A key makes no keys: a person signs in and answers for each' });
}

function assertOverlap(minutes: number): void {
  if (minutes >= 0 && minutes <= LONGEST_OVERLAP_MINUTES) return;
  throw new UserError('OVERLAP_INVALID', `The old secret works on for 0 to ${LONGEST_OVERLAP_MINUTES} minutes`, ['input', 'overlapMinutes']);
}

async function lockKey(tx: EntityManager, id: string): Promise<ApiKey> {
  const key = await tx.findOne(ApiKey, { id }, { lockMode: LockMode.PESSIMISTIC_WRITE });
  if (!key) throw new AppError('NOT_FOUND', 'There is no such API key');
  return key;
}

async function lockLive(tx: EntityManager, id: string, at: Date): Promise<ApiKey> {
  const key = await lockKey(tx, id);
  if (stateOf(key, at) === ApiKeyState.ACTIVE) return key;
  throw new UserError('KEY_ENDED', 'The key was taken back or its time is over: make another one', ['input', 'id']);
}

/** Secrets that still open something, the newest first; at most two. */
const liveSecrets = (tx: EntityManager, key: ApiKey): Promise<ApiKeySecret[]> => tx.find(ApiKeySecret, { keyId: key.id, endedAt: null }, { orderBy: { number: 'desc' } });

async function nextNumber(tx: EntityManager, key: ApiKey): Promise<number> {
  const [last] = await tx.find(ApiKeySecret, { keyId: key.id }, { orderBy: { number: 'desc' }, limit: 1 });
  return (last?.number ?? 0) + 1;
}
