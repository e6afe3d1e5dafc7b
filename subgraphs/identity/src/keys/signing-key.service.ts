import type { FilterQuery } from '@mikro-orm/core';
import { generateSigningKey, publicSigningKey, signingKeyFrom, type SigningKey as KeyPair } from '@vss/auth';
import type { EntityManager } from '@vss/db';
import { SigningKeyRotated, type Outbox } from '@vss/events';
import type { Scope } from '@vss/graphql';
import { newTraceId, StartError, systemNow, UserError, type Now } from '@vss/runtime';
import { AuditAction, type AuditService, type Origin } from '../audit/index.js';
import { SealBroken, type Sealer } from './sealer.js';
import { SigningKey, SigningKeyState } from './signing-key.entity.js';
import { lockSigningKeys } from './signing-key.queries.js';
import { isRotationDue, publishedUntil, ROTATION_DAYS } from './signing-key.rules.js';

/** Public keys as anybody may read them: a JSON Web Key Set. */
export interface PublicKeys {
  readonly keys: KeyPair['publicJwk'][];
}

export interface Rotation {
  /** Every key that there has been is revoked, with all tokens that it signed; else they are good until they end. */
  readonly immediately: boolean;
  readonly reason?: string | null;
}

interface Deps {
  readonly openEm: () => EntityManager;
  readonly outbox: Outbox;
  readonly audit: AuditService;
  readonly sealer: Sealer;
  readonly rotationDays?: number | undefined;
  readonly now?: Now;
}

interface By {
  readonly actorId: string;
  readonly origin: Origin;
}

const { NEXT, CURRENT, RETIRED, REVOKED } = SigningKeyState;
const SYSTEM = 'system';

export type SigningKeyService = ReturnType<typeof createSigningKeyService>;

/**
 * The keys of access tokens. All processes of identity have the same, from the database; each asks it for every token
 * that it signs, so that none signs with a key that another has just revoked. The key to come is published well before
 * it signs, and one that has signed for as long as its tokens live: a rotation is noticed by nobody.
 */
export function createSigningKeyService({ openEm, outbox, audit, sealer, rotationDays = ROTATION_DAYS, now = systemNow }: Deps) {
  let opened: KeyPair | undefined;
  let lastReading: Promise<unknown> = Promise.resolve();
  let nextReading: Promise<PublicKeys> | undefined;

  function pairOf({ id, sealed }: SigningKey): KeyPair {
    if (opened?.kid !== id) opened = signingKeyFrom(JSON.parse(sealer.open(sealed ?? '', id)) as KeyPair['privateJwk']);
    return opened;
  }

  /** A process with another secret would make keys that those who sign cannot open. */
  const assertOpens = (key: SigningKey): void => void pairOf(key);

  function add(tx: EntityManager, { kid, publicJwk, privateJwk }: KeyPair, state: SigningKeyState.CURRENT | SigningKeyState.NEXT): SigningKey {
    const at = now();
    const key = tx.create(SigningKey, { id: kid, state, publicKey: publicJwk.x ?? '', sealed: sealer.seal(JSON.stringify(privateJwk), kid), createdAt: at, activatedAt: state === CURRENT ? at : null });
    tx.persist(key);
    return key;
  }

  function end(key: SigningKey, { immediately, reason = null }: Rotation): void {
    const at = now();
    Object.assign(key, { state: immediately ? REVOKED : RETIRED, sealed: null, endedAt: at, publishedUntil: immediately ? null : publishedUntil(at), endReason: reason });
  }

  async function makeFirst(): Promise<void> {
    const fresh = await twoKeys();
    await openEm().transactional(async (tx) => {
      await lockSigningKeys(tx);
      if (await tx.findOne(SigningKey, { state: CURRENT })) return;
      const next = await tx.findOne(SigningKey, { state: NEXT });
      add(tx, fresh[0], CURRENT);
      if (!next) add(tx, fresh[1], NEXT);
    });
  }

  const findCurrent = (): Promise<SigningKey | null> => openEm().findOne(SigningKey, { state: CURRENT }, { populate: ['sealed'] });

  async function current(): Promise<KeyPair> {
    const known = await findCurrent();
    if (known) return pairOf(known);
    await makeFirst();
    return current();
  }

  /** Within the lock; gives the key that signs from now on. Between two states of which only one key may be in either, each is written by itself. */
  async function replace(tx: EntityManager, fresh: readonly [KeyPair, KeyPair], rotation: Rotation): Promise<{ current: SigningKey; revoked: string[] }> {
    const standing = await tx.find(SigningKey, isPublished(now()));
    const next = standing.find(({ state }) => state === NEXT);
    const ending = rotation.immediately ? standing : standing.filter(({ state }) => state === CURRENT);
    for (const key of ending) end(key, rotation);
    await tx.flush();
    if (!next || rotation.immediately) {
      const made = add(tx, fresh[0], CURRENT);
      add(tx, fresh[1], NEXT);
      return { current: made, revoked: rotation.immediately ? ending.map(({ id }) => id) : [] };
    }
    Object.assign(next, { state: CURRENT, activatedAt: now() });
    await tx.flush();
    add(tx, fresh[0], NEXT);
    return { current: next, revoked: [] };
  }

  async function rotateIn(tx: EntityManager, fresh: readonly [KeyPair, KeyPair], rotation: Rotation, { actorId, origin }: By): Promise<SigningKey> {
    const { current: key, revoked } = await replace(tx, fresh, rotation);
    const record = { centerId: null, actorId, detail: rotation.reason ? { reason: rotation.reason } : {} };
    for (const target of revoked) audit.record(tx, { ...record, action: AuditAction.SIGNING_KEY_REVOKED, target }, origin);
    audit.record(tx, { ...record, action: AuditAction.SIGNING_KEY_ROTATED, target: key.id }, origin);
    await outbox.add(tx, SigningKeyRotated, { keyId: key.id, revoked }, { centerId: null, traceId: origin.traceId, actor: actorId });
    return key;
  }

  async function read(): Promise<PublicKeys> {
    const published = await openEm().find(SigningKey, isPublished(now()), { orderBy: { createdAt: 'desc', id: 'asc' } });
    return { keys: published.map(({ publicKey }) => publicSigningKey(publicKey)) };
  }

  return {
    /** The key that signs now. */
    current,

    /**
     * What tokens are verified with. The address is open to anybody: those who ask while it is being read share the next
     * reading, so that each gets what stood no earlier than when he asked.
     */
    jwks(): Promise<PublicKeys> {
      return (nextReading ??= lastReading.then(() => {
        nextReading = undefined;
        const reading = read();
        lastReading = reading.catch(() => undefined);
        return reading;
      }));
    },

    /** Makes the first keys where there are none; throws StartError where those there are cannot be opened. */
    async open(): Promise<void> {
      try {
        await current();
      } catch (error) {
        if (!(error instanceof SealBroken)) throw error;
        throw new StartError('The signing keys in the database do not open with this VSS_IDENTITY_SECRET_FILE: give it the secret that they were made with (docs/running.md says what to do where that is lost)', { cause: error });
      }
    },

    /** Another key signs from now on. */
    async rotate({ em, actor, traceId, request }: Scope, { immediately, reason }: { readonly immediately: boolean; readonly reason: string }): Promise<SigningKey> {
      const rotation = { immediately, reason: reason.trim() };
      if (!rotation.reason) throw new UserError('REASON_INVALID', 'Say why, for the audit', ['input', 'reason']);
      await current();
      const fresh = await twoKeys();
      return em.transactional(async (tx) => {
        await lockSigningKeys(tx);
        return rotateIn(tx, fresh, rotation, { actorId: actor.userId, origin: { traceId, address: request.address } });
      });
    },

    /** The same when its time has come; a process that comes second finds it done. */
    async rotateWhenDue(): Promise<void> {
      const isDue = (key: SigningKey | null): key is SigningKey => !!key?.activatedAt && isRotationDue(key.activatedAt, rotationDays, now());
      const known = await findCurrent();
      if (!isDue(known)) return;
      assertOpens(known);
      const fresh = await twoKeys();
      await openEm().transactional(async (tx) => {
        await lockSigningKeys(tx);
        if (!isDue(await tx.findOne(SigningKey, { state: CURRENT }))) return;
        await rotateIn(tx, fresh, { immediately: false }, { actorId: SYSTEM, origin: { traceId: newTraceId(), address: '' } });
      });
    },
  };
}

const isPublished = (at: Date): FilterQuery<SigningKey> => ({ $or: [{ state: { $in: [CURRENT, NEXT] } }, { state: RETIRED, publishedUntil: { $gt: at } }] });

// Made before the transaction: nobody waits for it with a lock.
const twoKeys = (): Promise<[KeyPair, KeyPair]> => Promise.all([generateSigningKey(), generateSigningKey()]);
