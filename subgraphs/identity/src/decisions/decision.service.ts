import { assertAllowed, decide, decisionFor, isAllowed, PERMISSIONS, reachesEveryCenter, readExplainId, type Actor, type ExplainedDenial, type GrantScope, type Permission } from '@vss/auth';
import type { Scope } from '@vss/graphql';
import { AppError } from '@vss/runtime';
import { isAllowedBy, judged, type Judgement } from './explanation.rules.js';
import { loadRow, type Resource } from './resource.loader.js';
import { isAbout, RESOURCE_TYPES, type ResourceType } from './resource.rules.js';
import { asSignedIn, loadSubject, subjectThen, type Subject } from './subject.js';

/** What is asked. */
export interface Question {
  readonly permission: Permission;
  readonly resource?: Resource | null | undefined;
  /** Whose right it is; one's own where absent. */
  readonly asUserId?: string | null | undefined;
}

/** A decision, and whose it is. */
export interface Explained {
  /** As he was when it was made. */
  readonly subject: Subject;
  readonly permission: Permission;
  readonly judgement: Judgement;
  readonly isAboutRow: boolean;
  /** Of an `explainId`: what it told, and how the same is decided now. */
  readonly denial?: Denial;
}

export interface Denial {
  readonly told: ExplainedDenial;
  readonly now: Judgement;
  /** What the role was then is not known any more: it is explained by what it is now. */
  readonly isByNow: boolean;
}

/** To ask what somebody else may do. */
const EXPLAIN = 'permissions:explain';

export type DecisionService = ReturnType<typeof createDecisionService>;

export function createDecisionService() {
  async function explain(scope: Scope, { permission, resource, asUserId }: Question): Promise<Explained> {
    assertAsked(permission, resource);
    const subject = await subjectOf(scope, asUserId);
    const judgement = await judge(scope, subject, { permission, resource: resource ?? undefined });
    return { subject, permission, judgement, isAboutRow: resource != null };
  }

  /** A denial of then, and what holds now. */
  async function explainDenial(scope: Scope, explainId: string): Promise<Explained> {
    const told = readExplainId(explainId);
    if (!told) throw argumentError('explainId', 'is not the explainId of an error');
    const { permission, needed, field, row } = told;
    const current = await subjectOf(scope, told.userId, { fresh: true });
    const past = (await subjectThen(scope.em, current, told)) ?? (isAsThen(current, told) ? { ...current, isActive: true } : undefined);
    const resource = row && isResourceType(row.type) ? { type: row.type, id: row.id } : undefined;
    const question = { permission, resource, needed, field };
    const now = await judge(scope, current, question);
    const subject = past ?? current;
    const denial = { told, now, isByNow: past === undefined };
    return { subject, permission, judgement: asDenied(await judge(scope, subject, question)), isAboutRow: resource !== undefined, denial };
  }

  return { explain, explainDenial };
}

const isAsThen = ({ actor }: Subject, { role, permissionVersion, rightsVersion }: ExplainedDenial): boolean =>
  role === actor.role && permissionVersion === actor.permissionVersion && rightsVersion === actor.rightsVersion;

/** It was denied: where the right was there, something else was in the way. */
const asDenied = (judgement: Judgement): Judgement => (isAllowedBy(judgement) ? { ...judgement, reason: 'OTHER' } : judgement);

interface Judged {
  readonly permission: Permission;
  readonly resource: Resource | undefined;
  readonly needed?: GrantScope;
  readonly field?: string | undefined;
}

async function judge(scope: Scope, subject: Subject, { permission, resource, needed = 'OWN', field }: Judged): Promise<Judgement> {
  const { actor } = subject;
  const facts = { needed, ...(field === undefined ? {} : { field }) };
  const byGrants = decisionFor(actor, permission, needed);
  if (!subject.isActive) return { decision: byGrants, reason: 'USER_INACTIVE', tellsNeeded: true };
  if (!resource) return judged(decide(actor, permission, facts));
  if (resource.type === 'USER' && resource.id === actor.userId && permission === 'users:read') return { decision: byGrants, reason: 'SELF', tellsNeeded: true };
  // What is not to be read is not there to be changed either.
  if (resource.type === 'NOTE' && permission !== 'notes:read') {
    const reading = await judge(scope, subject, { permission: 'notes:read', resource });
    if (reading.reason !== 'GRANTED') return { ...reading, first: 'notes:read' };
  }
  if (!byGrants.allowed) return judged(byGrants);
  const loaded = await loadRow(scope.em, actor, permission, resource);
  const judgement = loaded && judged(decide(actor, permission, { ...facts, needed: loaded.needed ?? needed, row: loaded.row }));
  if (judgement && (judgement.reason === 'GRANTED' || mayKnowOf(scope.actor, loaded.centerId))) return judgement;
  return { decision: byGrants, reason: 'NO_SUCH_ROW', tellsNeeded: false };
}

/** A row that one may not see is told of to nobody but who explains rights in its center. */
const mayKnowOf = (viewer: Actor, centerId: string | null): boolean =>
  reachesEveryCenter(viewer) || (isAllowed(viewer, EXPLAIN, 'CENTER') && (centerId === null || centerId === viewer.centerId));

/** Oneself as one is signed in, or, with the right to ask, somebody else as he would be. */
async function subjectOf(scope: Scope, userId: string | null | undefined, { fresh = false } = {}): Promise<Subject> {
  const { actor, em, now } = scope;
  const isSelf = userId == null || userId === actor.userId;
  if (!isSelf) assertAllowed(actor, EXPLAIN, 'CENTER');
  if (isSelf && !fresh) return asSignedIn(em, actor, now());
  const subject = await loadSubject(em, userId ?? actor.userId, now());
  if (!subject) throw new AppError('NOT_FOUND', 'There is no such user');
  return subject;
}

function assertAsked(permission: Permission, resource: Resource | null | undefined): void {
  if (!PERMISSIONS.has(permission)) throw argumentError('permission', 'is no right of the platform, such as `calls:read`: `permissions` lists them');
  if (resource && !isAbout(resource.type, permission)) throw argumentError('resource', `${permission} is not about one row of type ${resource.type}: leave it out, or ask for another right`);
}

const isResourceType = (type: string): type is ResourceType => (RESOURCE_TYPES as readonly string[]).includes(type);

export const argumentError = (field: string, message: string): AppError => new AppError('BAD_USER_INPUT', `Argument ${field}: ${message}`, { fields: [{ field, message }] });
