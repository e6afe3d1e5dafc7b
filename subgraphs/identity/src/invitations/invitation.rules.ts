import { createHash, randomBytes } from 'node:crypto';
import { UserState } from '../users/index.js';
import { InvitationPurpose } from './invitation.entity.js';

const HOUR_MS = 3_600_000;
/** Somebody new may be away for a weekend; who lost his password waits for the link. */
const GOOD_FOR_MS: Readonly<Record<InvitationPurpose, number>> = { [InvitationPurpose.JOIN]: 72 * HOUR_MS, [InvitationPurpose.PASSWORD_RESET]: 24 * HOUR_MS };

export enum InvitationState {
  PENDING = 'PENDING',
  ACCEPTED = 'ACCEPTED',
  REVOKED = 'REVOKED',
  EXPIRED = 'EXPIRED',
}

export interface InvitationFacts {
  readonly expiresAt: Date;
  readonly acceptedAt?: Date | null;
  readonly revokedAt?: Date | null;
}

/** 32 random bytes; what the link carries. */
export const newInvitationToken = (): string => randomBytes(32).toString('base64url');

/** What is stored in place of a token. It has 256 bits of its own, so a fast hash is enough. */
export const invitationHash = (token: string): string => createHash('sha256').update(`invitation:${token}`).digest('base64url');

export const invitationExpiry = (purpose: InvitationPurpose, madeAt: Date): Date => new Date(madeAt.getTime() + GOOD_FOR_MS[purpose]);

export function stateOfInvitation({ expiresAt, acceptedAt, revokedAt }: InvitationFacts, now: Date): InvitationState {
  if (acceptedAt) return InvitationState.ACCEPTED;
  if (revokedAt) return InvitationState.REVOKED;
  return expiresAt <= now ? InvitationState.EXPIRED : InvitationState.PENDING;
}

/** Whether a link opens the account as it is now: one to join only who is still awaited, another only who may sign in. */
export const opens = (purpose: InvitationPurpose, state: UserState): boolean => state === (purpose === InvitationPurpose.JOIN ? UserState.INVITED : UserState.ACTIVE);
