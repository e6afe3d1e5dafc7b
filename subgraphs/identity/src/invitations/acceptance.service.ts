import { LockMode } from '@mikro-orm/core';
import type { EntityManager } from '@vss/db';
import { systemNow, UserError, type Now } from '@vss/runtime';
import { AuditAction, type AuditService } from '../audit/index.js';
import { assertPassword, type PasswordHasher } from '../passwords/index.js';
import type { Client } from '../sessions/index.js';
import { sourceOf, type Entrance, type Entry, type Guesses, type SignedIn, type SignInService } from '../sign-in/index.js';
import { assertDisplayName, User, UserState, type By, type UserNews } from '../users/index.js';
import { Invitation, InvitationPurpose } from './invitation.entity.js';
import { invitationHash, InvitationState, opens, stateOfInvitation } from './invitation.rules.js';

export interface Acceptance {
  readonly token: string;
  readonly password: string;
  readonly displayName?: string | null;
}

interface Deps {
  /** An EntityManager over all centers: who is not signed in yet has none. */
  readonly openEm: () => EntityManager;
  readonly audit: AuditService;
  readonly passwords: PasswordHasher;
  readonly news: UserNews;
  readonly guesses: Guesses;
  readonly entrance: Entrance;
  readonly finish: SignInService['finish'];
  /** Ends all sessions of a user, in the same transaction. */
  readonly endSessions: (tx: EntityManager, userId: string, by: By) => Promise<void>;
  readonly now?: Now;
}

export type AcceptanceService = ReturnType<typeof createAcceptanceService>;

/** The use of a one-time link: a password is chosen, and its user comes in by the same gate as everybody. */
export function createAcceptanceService({ openEm, audit, passwords, news, guesses, entrance, finish, endSessions, now = systemNow }: Deps) {
  /** The link and whom it opens the door to; undefined where it does not, whatever the reason. */
  async function find(em: EntityManager, token: string): Promise<{ invitation: Invitation; user: User } | undefined> {
    const invitation = await em.findOne(Invitation, { tokenHash: invitationHash(token) });
    if (!invitation || stateOfInvitation(invitation, now()) !== InvitationState.PENDING) return undefined;
    const user = await em.findOneOrFail(User, { id: invitation.userId });
    return opens(invitation.purpose, user.state) ? { invitation, user } : undefined;
  }

  async function use(tx: EntityManager, { id, userId }: Invitation, chosen: { passwordHash: string; displayName: string | undefined }, client: Client): Promise<Entry | undefined> {
    // Another use, another link or a deactivation may have come first: each of them holds the user.
    const user = await tx.findOneOrFail(User, { id: userId }, { lockMode: LockMode.PESSIMISTIC_WRITE, refresh: true });
    const invitation = await tx.findOneOrFail(Invitation, { id }, { lockMode: LockMode.PESSIMISTIC_WRITE, refresh: true });
    if (stateOfInvitation(invitation, now()) !== InvitationState.PENDING || !opens(invitation.purpose, user.state)) return undefined;
    invitation.acceptedAt = now();
    const joins = invitation.purpose === InvitationPurpose.JOIN;
    Object.assign(user, { passwordHash: chosen.passwordHash, mustChangePassword: false, state: UserState.ACTIVE, updatedAt: now(), version: user.version + 1 });
    if (joins && chosen.displayName !== undefined) user.displayName = chosen.displayName;
    const by = { actorId: user.id, origin: client };
    const action = joins ? AuditAction.INVITATION_ACCEPTED : AuditAction.PASSWORD_CHANGED;
    audit.record(tx, { action, centerId: user.centerId, actorId: user.id, target: user.id, detail: { invitation: id } }, client);
    // Whoever knows the password that was lost may be using it.
    if (!joins) await endSessions(tx, user.id, by);
    await news.changed(tx, [user], by);
    return entrance.admit(tx, user.id, { way: 'INVITATION' }, client);
  }

  return {
    /** What a good link is for and whose it is; undefined for any other. */
    async preview(token: string) {
      const found = await find(openEm(), token);
      return found && { purpose: found.invitation.purpose, username: found.user.username, displayName: found.user.displayName, expiresAt: found.invitation.expiresAt };
    },

    /** Throws INVITATION_INVALID where the link opens nothing (any more), and RATE_LIMITED after too many such. */
    async accept({ token, password, displayName }: Acceptance, client: Client): Promise<SignedIn> {
      const em = openEm();
      const source = sourceOf(client.address);
      const found = await find(em, token);
      if (!found) {
        // Only what opens nothing is counted: a link has 256 bits, and a neighbour's wrong ones must not keep its owner out.
        const guess = { subject: 'invitation', source };
        await guesses.assertMay(em, guess);
        guesses.assertNoWait(await em.transactional((tx) => guesses.wrong(tx, guess)));
        throw invalid();
      }
      assertPassword(password, found.user.username);
      const named = displayName == null ? undefined : assertDisplayName(displayName);
      const passwordHash = await passwords.hash(password, source);
      const entry = await em.transactional((tx) => use(tx, found.invitation, { passwordHash, displayName: named }, client));
      if (!entry) throw invalid();
      return finish(entry);
    },
  };
}

const invalid = (): UserError => new UserError('INVITATION_INVALID', 'This link was used, taken back or replaced, or its time is over: ask for another one', ['input', 'token']);
