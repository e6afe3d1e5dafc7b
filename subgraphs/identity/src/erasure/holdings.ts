import type { Pseudonymized } from '@vss/events';
import { keptRows, messagesOf, type Holding } from '@vss/graphql';
import { forgetSignInsOf } from '../sign-in/index.js';
import { blankSessions, countAuditLines, deleteInvitations } from './erasure.queries.js';

/** A person in identity, with the name that he had. */
export interface KnownPerson extends Pseudonymized {
  readonly username: string;
}

/** What identity keeps of people beside the account itself. */
export const identityHoldings: readonly Holding<KnownPerson>[] = [
  { what: 'sessions', erase: async (tx, { userId }) => ({ erased: await blankSessions(tx, userId), kept: 0, reason: null }) },
  { what: 'invitations', erase: async (tx, { userId }) => ({ erased: await deleteInvitations(tx, userId), kept: 0, reason: null }) },
  { what: 'ways to sign in', erase: async (tx, person) => ({ erased: await forgetSignInsOf(tx, person), kept: 0, reason: null }) },
  keptRows('temporary grants', 'select count(*)::int as kept from identity.temporary_grant where user_id = ?'),
  messagesOf('identity'),
  {
    what: 'security audit',
    async erase(tx, { userId }) {
      const kept = await countAuditLines(tx, userId);
      return { erased: 0, kept, reason: 'The audit proves what was done and is never changed. It names the person by an id alone, with the network addresses that requests came from, until its retention is over.' };
    },
  },
];
