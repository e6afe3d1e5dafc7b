import type { Scope } from '@vss/graphql';
import { Grant, type Role } from '../roles/index.js';
import type { Explained } from './decision.service.js';
import type { PermissionExplanation } from './decision.types.js';
import { explanationText, isAllowedBy, whyScope } from './explanation.rules.js';
import { loadGrantors } from './grantors.queries.js';

/** A decision as the graph tells it. */
export async function explanationOf(scope: Scope, explained: Explained): Promise<PermissionExplanation> {
  const { subject, role, permission, judgement, isAboutRow, denial } = explained;
  const { decision, reason, tellsNeeded } = judgement;
  const { held = null, by, deniedBy, condition = null } = decision;
  const isAllowed = isAllowedBy(judgement);
  const told = { role: denial?.told.role ?? subject.actor.role, permissionVersion: denial?.told.permissionVersion ?? subject.actor.permissionVersion };
  const isGrantable = reason === 'MISSING' || reason === 'SCOPE' || reason === 'CONDITION';
  return {
    verdict: isAllowed ? 'ALLOWED' : 'DENIED',
    reason,
    permission,
    user: subject.user,
    ...told,
    grant: by === undefined ? null : lineOf(role, by, 'ALLOW', held),
    missing: reason === 'MISSING' ? decision.permission : null,
    scopeTest: { held, needed: tellsNeeded ? decision.needed : null, passed: isAllowed || (decision.allowed && tellsNeeded), why: whyScope(judgement, isAboutRow) },
    deniedBy: deniedBy === undefined ? null : lineOf(role, deniedBy, 'DENY', null),
    condition,
    isOverride: isAllowed && decision.isOverride,
    grantableBy: isGrantable ? await loadGrantors(scope.em, subject.actor, decision) : [],
    wouldBeAllowedNow: denial ? isAllowedBy(denial.now) : isAllowed,
    coordinate: denial?.told.coordinate || null,
    at: denial?.told.at ?? scope.now(),
    text: explanationText({ name: subject.actor.username, ...told, permission, judgement, isAboutRow, field: denial?.told.field, why: denial?.told.why }),
  };
}

/** The role's own line, or, where it is not the role that says so, the line by itself. */
function lineOf(role: Role | null, key: string, effect: 'ALLOW' | 'DENY', scope: string | null): Grant {
  const [resource = '', action = ''] = key.split(':');
  const line = role?.grants.find((each) => each.effect === effect && each.resource === resource && each.actions.includes(action) && (scope === null || each.scope === scope));
  return Object.assign(new Grant(), line ? { ...line, actions: [...line.actions] } : { resource, actions: [action], scope: scope ?? 'ALL', effect });
}
