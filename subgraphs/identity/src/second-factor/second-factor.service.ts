import { LockMode } from '@mikro-orm/core';
import type { EntityManager } from '@vss/db';
import type { Scope } from '@vss/graphql';
import { AppError, type Now, systemNow, UserError } from '@vss/runtime';
import { AuditAction, type AuditService, type Origin } from '../audit/index.js';
import type { Sealer } from '../keys/index.js';
import { assertReachesRole, Role } from '../roles/index.js';
import type { Guesses, OwnPassword } from '../sign-in/index.js';
import { User } from '../users/index.js';
import { SecondFactor, type SecondFactorView } from './second-factor.entity.js';
import { countRecoveryCodes, replaceRecoveryCodes, useRecoveryCode } from './second-factor.queries.js';
import { newRecoveryCode, newTotpSecret, RECOVERY_CODES, recoveryCodeHash, stepOf, totpUri } from './totp.rules.js';

/** What stands for the second factor: a code of the authenticator, or one of the codes that were written down. */
export type SecondFactorProof = { readonly code: string } | { readonly recoveryCode: string };

interface Deps {
  readonly openEm: () => EntityManager;
  readonly audit: AuditService;
  readonly sealer: Sealer;
  readonly guesses: Guesses;
  readonly ownPassword: OwnPassword;
  readonly now?: Now;
}

/** So long a new authenticator may take to show its first code. */
const SETUP_MS = 15 * 60_000;

export type SecondFactorService = ReturnType<typeof createSecondFactorService>;

export function createSecondFactorService({ openEm, audit, sealer, guesses, ownPassword, now = systemNow }: Deps) {
  const lock = (tx: EntityManager, userId: string): Promise<SecondFactor | null> => tx.findOne(SecondFactor, { userId }, { lockMode: LockMode.PESSIMISTIC_WRITE, refresh: true });

  /** Takes a code, once: a step that was used, or lies before one, opens nothing any more. */
  function takeCode(factor: SecondFactor, code: string): boolean {
    const step = stepOf(sealer.open(factor.secret, factor.userId), code, now());
    if (step === undefined || step <= factor.lastStep) return false;
    factor.lastStep = step;
    return true;
  }

  async function use(tx: EntityManager, userId: string, proof: SecondFactorProof, origin: Origin): Promise<boolean> {
    if ('code' in proof) {
      const factor = await lock(tx, userId);
      return Boolean(factor?.confirmedAt) && factor !== null && takeCode(factor, proof.code);
    }
    if (!(await useRecoveryCode(tx, { userId, hash: recoveryCodeHash(proof.recoveryCode), at: now() }))) return false;
    const { centerId } = await tx.findOneOrFail(User, { id: userId });
    audit.record(tx, { action: AuditAction.RECOVERY_CODE_USED, centerId, actorId: userId, target: userId, detail: { left: await countRecoveryCodes(tx, userId) } }, origin);
    return true;
  }

  /** Acts on a code that `check` finds right. A wrong one is counted for this session alone. */
  async function proven<T>({ actor, em }: Scope, field: string, check: (tx: EntityManager) => Promise<boolean>, act: (tx: EntityManager) => Promise<T>): Promise<T> {
    const guess = { subject: `code ${actor.userId}`, source: `session ${actor.sessionId}`, isOwn: true };
    await guesses.assertMay(em, guess);
    const outcome = await em.transactional(async (tx) => {
      const seconds = await guesses.secondsToWait(tx, guess);
      if (seconds > 0) return { kind: 'BLOCKED', seconds } as const;
      if (!(await check(tx))) return { kind: 'BLOCKED', seconds: await guesses.wrong(tx, guess) } as const;
      await guesses.forget(tx, guess);
      return { kind: 'DONE', value: await act(tx) } as const;
    });
    if (outcome.kind === 'DONE') return outcome.value;
    guesses.assertNoWait(outcome.seconds);
    throw new UserError('CODE_WRONG', 'The code is wrong, was used before, or is over: take the next one', ['input', field], true);
  }

  const record = (tx: EntityManager, { actor, traceId, request }: Scope, action: AuditAction, detail: Record<string, unknown> = {}, target = { id: actor.userId, centerId: actor.centerId }): void =>
    audit.record(tx, { action, centerId: target.centerId, actorId: actor.userId, target: target.id, detail }, { traceId, address: request.address });

  async function makeRecoveryCodes(tx: EntityManager, userId: string): Promise<string[]> {
    const codes = Array.from({ length: RECOVERY_CODES }, newRecoveryCode);
    // What else changed comes first: the codes hang on the factor's row.
    await tx.flush();
    await replaceRecoveryCodes(tx, userId, codes.map(recoveryCodeHash));
    return codes;
  }

  /** Whatever stood before, unconfirmed ones too. */
  async function remove(tx: EntityManager, userId: string): Promise<boolean> {
    const factor = await lock(tx, userId);
    if (factor) tx.remove(factor);
    return Boolean(factor?.confirmedAt);
  }

  async function confirm(scope: Scope, code: string): Promise<string[]> {
    const { userId } = scope.actor;
    let factor: SecondFactor | null = null;
    const check = async (tx: EntityManager): Promise<boolean> => {
      factor = await lock(tx, userId);
      if (!factor || now().getTime() - factor.createdAt.getTime() > SETUP_MS) throw new UserError('SECOND_FACTOR_NOT_BEGUN', 'Begin with secondFactorSetup, and confirm within fifteen minutes');
      if (factor.confirmedAt) throw alreadyOn();
      return takeCode(factor, code);
    };
    return proven(scope, 'code', check, async (tx) => {
      if (factor) factor.confirmedAt = now();
      record(tx, scope, AuditAction.SECOND_FACTOR_ENABLED);
      return makeRecoveryCodes(tx, userId);
    });
  }

  async function reset(scope: Scope, { id, reason }: { id: string; reason: string }): Promise<User> {
    const { em, actor } = scope;
    if (id === actor.userId) throw new UserError('INPUT_INVALID', 'One’s own second factor is taken away with one of its codes: secondFactorDisable', ['input', 'id']);
    return em.transactional(async (tx) => {
      const user = await tx.findOne(User, { id });
      if (!user) throw new AppError('NOT_FOUND', 'There is no such user');
      const role = await tx.findOneOrFail(Role, { id: user.roleId });
      await assertReachesRole(tx, actor, 'users:update', role);
      if (!(await remove(tx, id))) throw new UserError('SECOND_FACTOR_OFF', 'This user has no second factor', ['input', 'id']);
      record(tx, scope, AuditAction.SECOND_FACTOR_DISABLED, { by: 'ADMINISTRATOR', reason }, user);
      return user;
    });
  }

  return {
    /** Whether the user is asked for it. */
    isOn: async (tx: EntityManager, userId: string): Promise<boolean> => (await tx.count(SecondFactor, { userId, confirmedAt: { $ne: null } })) > 0,
    /** Takes a code, once, in the transaction that acts on it; false where it is wrong. Who tries how often is for the caller to count. */
    use,

    /** A new authenticator, for the signed-in user. It asks nothing of him until it is confirmed. */
    async setup(scope: Scope, password: string | null | undefined): Promise<{ secret: string; uri: string }> {
      const { id: userId, username } = await ownPassword.assertKnown(scope, password, ['input', 'password']);
      const secret = newTotpSecret();
      await openEm().transactional(async (tx) => {
        const factor = await lock(tx, userId);
        if (factor?.confirmedAt) throw alreadyOn();
        const made = { secret: sealer.seal(secret, userId), createdAt: now(), confirmedAt: null, lastStep: 0 };
        if (factor) Object.assign(factor, made);
        else tx.persist(tx.create(SecondFactor, { userId, ...made }));
      });
      return { secret, uri: totpUri(secret, username) };
    },

    /** From now on it is asked for; gives the recovery codes, which nobody can read again. */
    confirm,

    disable: (scope: Scope, proof: SecondFactorProof): Promise<void> =>
      proven(scope, 'code' in proof ? 'code' : 'recoveryCode', (tx) => use(tx, scope.actor.userId, proof, originOf(scope)), async (tx) => {
        await remove(tx, scope.actor.userId);
        record(tx, scope, AuditAction.SECOND_FACTOR_DISABLED, { by: 'SELF' });
      }),

    /** New recovery codes; the old ones are void. */
    renewRecoveryCodes: (scope: Scope, code: string): Promise<string[]> =>
      proven(scope, 'code', (tx) => use(tx, scope.actor.userId, { code }, originOf(scope)), (tx) => makeRecoveryCodes(tx, scope.actor.userId)),

    /** For a lost phone: takes the second factor of another user away. His sessions stay as they are. */
    reset,

    async stateOf(em: EntityManager, userId: string): Promise<SecondFactorView> {
      const since = (await em.findOne(SecondFactor, { userId }))?.confirmedAt ?? null;
      return { enabled: since !== null, since, recoveryCodesLeft: since ? await countRecoveryCodes(em, userId) : 0 };
    },

    /** Those of the users who have one. */
    async holdersAmong(em: EntityManager, userIds: readonly string[]): Promise<Set<string>> {
      const factors = await em.find(SecondFactor, { userId: { $in: [...userIds] }, confirmedAt: { $ne: null } });
      return new Set(factors.map(({ userId }) => userId));
    },
  };
}

const originOf = ({ traceId, request }: Scope): Origin => ({ traceId, address: request.address });
const alreadyOn = (): UserError => new UserError('SECOND_FACTOR_ON', 'There is a second factor already: take it away first, with one of its codes');
