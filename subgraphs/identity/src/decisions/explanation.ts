import type { Scope } from '@vss/graphql';
import type { Decision, Grant as Line } from '@vss/auth';
import { viewOfGrants, type Grant } from '../roles/index.js';
import type { TemporaryGrant } from '../temporary-grants/index.js';
import type { Explained } from './decision.service.js';
import type { PermissionExplanation } from './decision.types.js';
import { explanationText, isAllowedBy, whyScope } from './explanation.rules.js';
import { loadGrantors } from './grantors.queries.js';
import type { Subject } from './subject.js';

/** A decision as the graph tells it. */
export async function explanationOf(scope: Scope, explained: Explained): Promise<PermissionExplanation> {
  const { subject, permission, judgement, isAboutRow, denial } = explained;
  const { decision, reason, tellsNeeded } = judgement;
  const { held = null, by, deniedBy, condition = null } = decision;
  const isAllowed = isAllowedBy(judgement);
  const { role, permissionVersion } = denial?.told ?? subject.actor;
  const isGrantable = reason === 'MISSING' || reason === 'SCOPE' || reason === 'CONDITION';
  return {
    verdict: isAllowed ? 'ALLOWED' : 'DENIED',
    reason,
    permission,
    user: subject.user,
    role,
    permissionVersion,
    grant: by === undefined ? null : lineOf(subject.lines, by, 'ALLOW', held),
    missing: reason === 'MISSING' ? decision.permission : null,
    scopeTest: { held, needed: tellsNeeded ? decision.needed : null, passed: isAllowed || (decision.allowed && tellsNeeded), why: whyScope(judgement, isAboutRow) },
    deniedBy: deniedBy === undefined ? null : lineOf(subject.lines, deniedBy, 'DENY', null),
    condition,
    temporaryGrant: temporaryGrantBehind(subject, decision),
    isOverride: isAllowed && decision.isOverride,
    grantableBy: isGrantable ? await loadGrantors(scope.em, subject.actor, decision) : [],
    wouldBeAllowedNow: denial ? isAllowedBy(denial.now) : isAllowed,
    coordinate: denial?.told.coordinate || null,
    at: denial?.told.at ?? scope.now(),
    text: explanationText({ name: subject.actor.username, role, permissionVersion, permission, judgement, isAboutRow, field: denial?.told.field, why: denial?.told.why, isByNow: denial?.isByNow ?? false }),
  };
}

/** The role's own line, or, where it is not the role that says so, the line by itself. */
function lineOf(lines: readonly Line[], key: string, effect: 'ALLOW' | 'DENY', scope: Line['scope'] | null): Grant | null {
  const [resource = '', action = ''] = key.split(':');
  const line = lines.find((each) => each.effect === effect && each.resource === resource && each.actions.includes(action) && (scope === null || each.scope === scope));
  return viewOfGrants([line ?? { resource, actions: [action], scope: scope ?? 'ALL', effect }])[0] ?? null;
}

/** The right for a time by which it is held, where the role itself does not give it as far. */
function temporaryGrantBehind({ lines, temporary }: Subject, { by, held }: Decision): TemporaryGrant | null {
  const isOfRole = lines.some(({ resource, actions, scope, effect }) => effect === 'ALLOW' && scope === held && actions.some((action) => `${resource}:${action}` === by));
  return isOfRole ? null : (temporary.find(({ permission, scope }) => permission === by && scope === held) ?? null);
}
