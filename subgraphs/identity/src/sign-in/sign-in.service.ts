import type { EntityManager } from '@vss/db';
import { SignInRefused, type Outbox } from '@vss/events';
import { AppError, type Now, systemNow, UserError } from '@vss/runtime';
import { AuditAction, AuditOutcome, type AuditService } from '../audit/index.js';
import type { PasswordHasher } from '../passwords/index.js';
import type { Client, Granted, IssuedTokens, SessionService } from '../sessions/index.js';
import { canonicalUsername, isUsername, User, UserState } from '../users/index.js';
import { recordSignIn } from './sign-in.queries.js';
import { forgetAttempts, loadAttempts, lockAttempts, storeAttempts, type AttemptKey } from './throttle.queries.js';
import { afterFailure, secondsBlocked } from './throttle.rules.js';

interface Deps {
  /** An EntityManager over all centers: who is not signed in yet has none. */
  readonly openEm: () => EntityManager;
  readonly outbox: Outbox;
  readonly audit: AuditService;
  readonly passwords: PasswordHasher;
  readonly sessions: Pick<SessionService, 'open' | 'issue'>;
  readonly now?: Now;
}

type Outcome = { kind: 'GRANTED'; granted: Granted } | { kind: 'REFUSED' } | { kind: 'BLOCKED'; seconds: number };

const NOT_A_NAME = '(not a user name)';

export type SignInService = ReturnType<typeof createSignInService>;

/** Who comes in, and how often somebody may try. What stands afterwards is a session. */
export function createSignInService({ openEm, outbox, audit, passwords, sessions, now = systemNow }: Deps) {
  async function admit(tx: EntityManager, known: User, key: AttemptKey, client: Client): Promise<Outcome> {
    const at = now();
    // Guesses that ran beside this one may have used up the free ones; then the right one is not confirmed either.
    const seconds = secondsBlocked(await loadAttempts(tx, key, { lock: true }), at);
    if (seconds > 0) return { kind: 'BLOCKED', seconds };
    const isActive = await recordSignIn(tx, { userId: known.id, passwordHash: known.passwordHash ?? '', at });
    if (!isActive) return refuse(tx, known, key, client);
    await forgetAttempts(tx, key);
    const user = await tx.findOneOrFail(User, { id: known.id }, { refresh: true });
    return { kind: 'GRANTED', granted: await sessions.open(tx, user, client) };
  }

  async function refuse(tx: EntityManager, user: User | null, key: AttemptKey, client: Client): Promise<Outcome> {
    const at = now();
    const attempts = await lockAttempts(tx, key, at);
    const seconds = secondsBlocked(attempts, at);
    if (seconds > 0) return { kind: 'BLOCKED', seconds };
    await storeAttempts(tx, key, afterFailure(attempts, at));
    const reason = user?.state === UserState.DEACTIVATED ? 'DEACTIVATED' : 'WRONG_CREDENTIALS';
    const centerId = user?.centerId ?? null;
    audit.record(tx, { action: AuditAction.SIGN_IN_REFUSED, outcome: AuditOutcome.REFUSED, centerId, actorId: user?.id ?? null, target: user?.id ?? key.username, detail: { reason }, at }, client);
    const refused = { username: key.username, reason, ...(user ? { userId: user.id } : {}) } as const;
    await outbox.add(tx, SignInRefused, refused, { centerId, traceId: client.traceId, actor: user?.id ?? 'anonymous' });
    return { kind: 'REFUSED' };
  }

  return {
    /** Throws INVALID_CREDENTIALS whatever was wrong, and RATE_LIMITED after too many wrong passwords. */
    async signIn(input: { username: string; password: string }, client: Client): Promise<IssuedTokens> {
      const em = openEm();
      // What cannot be a name is perhaps a password in the wrong field: it is not kept.
      const username = isUsername(input.username) ? canonicalUsername(input.username) : NOT_A_NAME;
      const key = { username, address: client.address };
      assertNotBlocked(secondsBlocked(await loadAttempts(em, key, { lock: false }), now()));
      const user = await em.findOne(User, { username });
      // Also for an unknown name, and also for a deactivated user: the time that an answer takes tells nothing.
      const fits = await passwords.fits(input.password, user?.passwordHash ?? undefined);
      const outcome = await em.transactional((tx) => (user && fits ? admit(tx, user, key, client) : refuse(tx, user, key, client)));
      if (outcome.kind === 'BLOCKED') assertNotBlocked(outcome.seconds);
      if (outcome.kind !== 'GRANTED') throw new UserError('INVALID_CREDENTIALS', 'The user name or the password is wrong');
      return sessions.issue(outcome.granted);
    },
  };
}

function assertNotBlocked(seconds: number): void {
  if (seconds > 0) throw new AppError('RATE_LIMITED', `Too many wrong passwords: try again in ${seconds} s`, { retryAfterSeconds: seconds });
}
