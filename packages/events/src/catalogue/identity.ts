import { z } from 'zod';
import { defineEvent, instant } from './definition.js';

/** What other subgraphs may know of a user; no contact data, no secret. */
export const userSnapshot = z.object({
  id: z.string(),
  centerId: z.string(),
  username: z.string(),
  displayName: z.string(),
  role: z.string(),
  active: z.boolean(),
  /** The teams that he is a member of, in the order of their ids. */
  teamIds: z.array(z.string()).readonly().default([]),
  version: z.number().int(),
});
const aboutUser = z.object({ user: userSnapshot });

export const UserCreated = defineEvent('identity.user.created', aboutUser, (p) => p.user.id);
export const UserUpdated = defineEvent('identity.user.updated', aboutUser, (p) => p.user.id);
/** The user as he is now, said again for a projection that starts anew. */
export const UserSnapshotted = defineEvent('identity.user.snapshotted', aboutUser, (p) => p.user.id);

/** What other subgraphs may know of a team. Who is in it is told by the users: `teamIds`. */
export const teamSnapshot = z.object({ id: z.string(), centerId: z.string(), name: z.string(), version: z.number().int() });
const aboutTeam = z.object({ team: teamSnapshot });

export const TeamCreated = defineEvent('identity.team.created', aboutTeam, (p) => p.team.id);
/** Its name, or its members. */
export const TeamUpdated = defineEvent('identity.team.updated', aboutTeam, (p) => p.team.id);
export const TeamDeleted = defineEvent('identity.team.deleted', aboutTeam, (p) => p.team.id);
/** The team as it is now, said again for a projection that starts anew. */
export const TeamSnapshotted = defineEvent('identity.team.snapshotted', aboutTeam, (p) => p.team.id);

export const SessionStarted = defineEvent('identity.session.started', z.object({ sessionId: z.string(), userId: z.string(), username: z.string() }), (p) => p.userId);
export const SessionEnded = defineEvent(
  'identity.session.ended',
  z.object({ sessionId: z.string(), userId: z.string(), reason: z.enum(['LOGOUT', 'REFRESH_REUSED', 'REVOKED', 'EXPIRED']) }),
  (p) => p.userId,
);
/** Access tokens are signed with another key from now on; those of the revoked ones are worth nothing any more. */
export const SigningKeyRotated = defineEvent('identity.signingkey.rotated', z.object({ keyId: z.string(), revoked: z.array(z.string()).readonly() }), () => 'signing-keys');

/** What narrows an allowed right. */
const conditions = z.object({ fields: z.array(z.string()).readonly(), protocols: z.array(z.string()).readonly(), maxConcurrent: z.number().int(), maxDurationSec: z.number().int() }).partial();
/** What somebody may do has changed: one user has another role, other teams or other temporary grants, or a role has other grants. Tokens given before tell what was. */
export const RightsChanged = defineEvent(
  'identity.rights.changed',
  z.object({
    /** Absent: everybody of the role. */
    userId: z.string().optional(),
    /** Present: who is here by this secret of an API key, and nobody else. His are no more than key and account have in common. */
    sessionId: z.string().optional(),
    role: z.string(),
    permissionVersion: z.number().int(),
    /** Of one user: the version of what is his own, and his teams. */
    rightsVersion: z.number().int().optional(),
    teamIds: z.array(z.string()).readonly().optional(),
    /** Of an API key that is limited: points of cost. */
    costPerMinute: z.number().int().positive().optional(),
    grants: z.object({
      allow: z.record(z.string(), z.enum(['OWN', 'ASSIGNED', 'TEAM', 'CENTER', 'ALL'])),
      deny: z.array(z.string()).readonly(),
      conditions: z.record(z.string(), conditions).optional(),
    }),
  }),
  (p) => p.userId ?? p.role,
);
const aboutApiKey = z.object({ keyId: z.string(), serviceAccountId: z.string() });
/** What may be shown of the new secret. */
const withPrefix = aboutApiKey.extend({ prefix: z.string() });

export const ApiKeyCreated = defineEvent('identity.apikey.created', withPrefix, (p) => p.keyId);
export const ApiKeyUpdated = defineEvent('identity.apikey.updated', aboutApiKey, (p) => p.keyId);
export const ApiKeyRotated = defineEvent('identity.apikey.rotated', withPrefix, (p) => p.keyId);
export const ApiKeyRevoked = defineEvent('identity.apikey.revoked', aboutApiKey, (p) => p.keyId);
/** A right that somebody asked for, for a time. What he may do with it is told by RightsChanged. */
const aboutTemporaryGrant = z.object({
  temporaryGrant: z.object({
    id: z.string(),
    /** Whom it is for. */
    userId: z.string(),
    requestedById: z.string(),
    permission: z.string(),
    scope: z.enum(['OWN', 'ASSIGNED', 'TEAM', 'CENTER', 'ALL']),
    state: z.enum(['REQUESTED', 'APPROVED', 'REFUSED', 'REVOKED', 'EXPIRED', 'LAPSED']),
    /** When the right, or the request for it, ends by itself. */
    endsAt: instant,
  }),
});
export const TemporaryGrantRequested = defineEvent('identity.temporarygrant.requested', aboutTemporaryGrant, (p) => p.temporaryGrant.id);
export const TemporaryGrantApproved = defineEvent('identity.temporarygrant.approved', aboutTemporaryGrant, (p) => p.temporaryGrant.id);
export const TemporaryGrantRefused = defineEvent('identity.temporarygrant.refused', aboutTemporaryGrant, (p) => p.temporaryGrant.id);
/** Taken back before its time. */
export const TemporaryGrantRevoked = defineEvent('identity.temporarygrant.revoked', aboutTemporaryGrant, (p) => p.temporaryGrant.id);
/** Its time is over: that of the right, or that in which somebody could have answered. */
export const TemporaryGrantEnded = defineEvent('identity.temporarygrant.ended', aboutTemporaryGrant, (p) => p.temporaryGrant.id);
/** A sign-in that was refused. `userId` is absent where no such name exists. */
export const SignInRefused = defineEvent(
  'identity.signin.refused',
  z.object({ username: z.string(), userId: z.string().optional(), reason: z.enum(['WRONG_CREDENTIALS', 'DEACTIVATED', 'WRONG_CODE', 'PROVIDER']) }),
  (p) => p.userId ?? p.username,
);
/** A right that was asked for and not given; published by whichever wall refused. */
export const AccessDenied = defineEvent(
  'identity.access.denied',
  z.object({
    userId: z.string(),
    role: z.string(),
    permission: z.string(),
    operation: z.string(),
    wall: z.enum(['GATEWAY', 'SUBGRAPH', 'ROW']),
    /** How many alike it stands for; one where absent. */
    count: z.number().int().positive().optional(),
    /** Where the request came from, where that is known. */
    sourceAddress: z.string().optional(),
    at: instant,
  }),
  (p) => p.userId,
);

const changedField = z.object({ before: z.unknown().optional(), after: z.unknown().optional() });
/** One row that a mutation made, changed or deleted, as the audit keeps it: personal data and secrets are not in it. */
export const auditedChange = z.object({
  type: z.string(),
  id: z.string(),
  did: z.enum(['CREATED', 'UPDATED', 'DELETED']),
  fields: z.record(z.string(), changedField),
});
export type AuditedChange = z.output<typeof auditedChange>;

/** What became of a mutation; said by its subgraph in the transaction that did it, or behind it where nothing was done. */
export const MutationRecorded = defineEvent(
  'identity.mutation.recorded',
  z.object({
    userId: z.string(),
    role: z.string(),
    subgraph: z.string(),
    /** Name of the mutation: `callStart`. */
    operation: z.string(),
    permission: z.string(),
    /** Whether the right is one that only `*:*` gives. */
    override: z.boolean(),
    outcome: z.enum(['ALLOWED', 'REFUSED', 'FAILED']),
    /** Why it was not done. */
    errors: z.array(z.object({ code: z.string(), field: z.string().optional() })).readonly(),
    target: z.string().nullable(),
    changes: z.array(auditedChange).readonly(),
    /** How many changed rows are not told one by one. */
    untold: z.number().int().nonnegative(),
    sourceAddress: z.string(),
    at: instant,
  }),
  // Nobody needs them in order, and one behind the other those of a busy user would be told late: ten lanes for each, by
  // the last digit of the millisecond.
  (p) => `${p.userId}/${p.at.at(-2) ?? '0'}`,
);
export type MutationRecord = z.output<typeof MutationRecorded.payload>;

/** Somebody used a right that only `*:*` gives him, to read; a mutation's record says it itself. */
export const OverrideUsed = defineEvent(
  'identity.override.used',
  z.object({ userId: z.string(), role: z.string(), permission: z.string(), operation: z.string(), count: z.number().int().positive(), sourceAddress: z.string(), at: instant }),
  (p) => p.userId,
);
