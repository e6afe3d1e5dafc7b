import { AUTHENTICATED, type Decision, type GrantScope, type Permission } from '@vss/auth';

export const PERMISSION_REASONS = ['GRANTED', 'SELF', 'MISSING', 'DENIED', 'SCOPE', 'CONDITION', 'NO_SUCH_ROW', 'USER_INACTIVE', 'OTHER'] as const;
export type PermissionReason = (typeof PERMISSION_REASONS)[number];

/** A decision with everything beside the grants that it turned on. */
export interface Judgement {
  readonly decision: Decision;
  readonly reason: PermissionReason;
  /** The right that decided, where it is not the one asked for: a note that may not be read may not be changed. */
  readonly first?: Permission;
  /** Whether it may be told how far the right would have to reach: of a row that may not be known of it may not. */
  readonly tellsNeeded: boolean;
}

export const isAllowedBy = ({ reason }: Judgement): boolean => reason === 'GRANTED' || reason === 'SELF';

/** What the grants alone say. */
export function judged(decision: Decision, first?: Permission): Judgement {
  const { obstacle } = decision;
  const reason = obstacle === undefined ? 'GRANTED' : obstacle === 'NOT_SIGNED_IN' ? 'MISSING' : obstacle;
  return { decision, reason, tellsNeeded: true, ...(first ? { first } : {}) };
}

const REACHES: Readonly<Record<GrantScope, string>> = {
  OWN: 'what is his own',
  ASSIGNED: 'what is assigned to him',
  TEAM: 'what is of his teams',
  CENTER: 'his whole center',
  ALL: 'every center',
};

/** Why a right has to reach this far, or why it does not. */
export function whyScope({ decision: { held, needed, obstacle }, reason, tellsNeeded }: Judgement, isAboutRow: boolean): string {
  if (reason === 'SELF') return 'His own account is his to see.';
  if (!tellsNeeded) return `No such row is among what the right reaches${held ? `: ${REACHES[held]}` : ''}.`;
  if (!held) return `The right is not held at all; it would have to reach ${REACHES[needed]}.`;
  const reach = `The right reaches ${REACHES[held]}`;
  if (obstacle === 'SCOPE') return isAboutRow ? `${reach}; this row takes one that reaches ${REACHES[needed]}.` : `${reach}; here it has to reach ${REACHES[needed]}.`;
  return `${reach}, and has to reach ${REACHES[needed]}.`;
}

/** What an explanation is told of in a sentence. */
export interface Told {
  readonly name: string;
  readonly role: string;
  readonly permissionVersion: number;
  readonly permission: Permission;
  readonly judgement: Judgement;
  readonly isAboutRow: boolean;
  readonly field?: string | undefined;
  /** What a service found in the way. */
  readonly why?: string | undefined;
  /** What the role was then is not known any more. */
  readonly isByNow?: boolean;
}

export function explanationText({ name, role, permissionVersion, permission, judgement, isAboutRow, field, why, isByNow = false }: Told): string {
  const { decision, reason, first } = judgement;
  const who = `${name} (role ${role}, version ${permissionVersion})`;
  const what = first ? `${permission}, which takes ${first}` : permission;
  const answers: Readonly<Record<PermissionReason, () => string>> = {
    GRANTED: () => `${who} has ${what}: ${decision.by ?? permission} allows it.${decision.isOverride ? ' Nothing but the right to do everything does, so that its use is marked in the audit.' : ''}`,
    SELF: () => `${who} may see his own account without any right.`,
    MISSING: () => `${who} does not have ${what}: no grant allows it.`,
    DENIED: () => `${who} does not have ${what}: ${decision.deniedBy ?? permission} takes it away, whatever allows it.`,
    SCOPE: () => `${who} has ${what}, but not this far. ${whyScope(judgement, isAboutRow)}`,
    CONDITION: () => `${who} has ${what} under a condition that is not met: ${decision.condition === 'fields' && field ? `the field ${field} is not among those that it shows` : String(decision.condition)}.`,
    NO_SUCH_ROW: () => `There is no such row for ${what} that may be told of. ${whyScope(judgement, isAboutRow)}`,
    USER_INACTIVE: () => `${who} may not sign in, and so may do nothing.`,
    OTHER: () => `${who} ${permission === AUTHENTICATED ? 'is signed in' : `has ${what}`}, but: ${why ?? 'the session was given less than its user may do'}.`,
  };
  return isByNow ? `${answers[reason]()} What the role was then is not known any more; this is by what it is now.` : answers[reason]();
}
