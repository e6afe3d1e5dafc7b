import type { Actor } from './actor.js';
import { AUTHENTICATED, GRANT_SCOPES, isAsWideAs, PUBLIC, type GrantConditions, type GrantScope, type Permission, type ResolvedGrants } from './grants.js';

/** What stands between an actor and a permission. */
export type Obstacle = 'NOT_SIGNED_IN' | 'DENIED' | 'MISSING' | 'SCOPE' | 'CONDITION';

/** Whether somebody may do something, with everything that decided it. */
export interface Decision {
  readonly allowed: boolean;
  readonly permission: Permission;
  /** Why not; undefined where it is allowed. */
  readonly obstacle: Obstacle | undefined;
  /** The narrowest scope that would do, and the widest that the actor holds. */
  readonly needed: GrantScope;
  readonly held: GrantScope | undefined;
  /** The line that allows it, `calls:*`; of several the widest. */
  readonly by: string | undefined;
  /** The line that takes it away, whatever allows it. */
  readonly deniedBy: string | undefined;
  /** What narrows the line that allows it. */
  readonly conditions: GrantConditions | undefined;
  /** The condition that is not met. */
  readonly condition: keyof GrantConditions | undefined;
  /** Held by `*:*` alone: no line names it, and its use is told to the audit. */
  readonly isOverride: boolean;
}

/** Whose a row is. */
export interface RowFacts {
  /** Null: of no center, and there for everybody. */
  readonly centerId: string | null;
  readonly ownerIds: readonly string[];
  readonly assigneeIds: readonly string[];
  /** Assigned to whoever in the center takes it. */
  readonly isOpen?: boolean;
  /** Nobody's in particular: whoever has the right for anything has it for this, within the center. */
  readonly isShared?: boolean;
  /** The teams that its owners and assignees are in. */
  readonly teamIds?: readonly string[];
}

/** What a decision may depend on beside the grants. */
export interface Facts {
  /** The narrowest scope that will do, OWN where absent; a row may need a wider one. */
  readonly needed?: GrantScope;
  readonly row?: RowFacts;
  /** A field of what the permission is about. */
  readonly field?: string;
  readonly protocol?: string;
  /** How many the actor has at this moment, without the one asked for. */
  readonly concurrent?: number;
  readonly durationSec?: number;
}

/**
 * The one engine: the gateway's guard, the subgraphs' shield and the rows ask it, and the explanation of a decision is the
 * decision itself. What grants come to is worked out once for each permission and then looked up; nothing is loaded.
 */
export function decide(actor: Actor, permission: Permission, facts: Facts = {}): Decision {
  const { row, needed = 'OWN' } = facts;
  const reached = row ? wider(needed, scopeNeeded(actor, row)) : needed;
  const byGrants = decisionFor(actor, permission, reached);
  if (!byGrants.allowed) return byGrants;
  // A grant for all centers opens another one's rows to nobody but who may do everything everywhere.
  if (row && isForeign(actor, row) && !reachesEveryCenter(actor)) return { ...byGrants, allowed: false, obstacle: 'SCOPE' };
  const condition = byGrants.conditions && unmet(byGrants.conditions, facts);
  return condition ? { ...byGrants, allowed: false, obstacle: 'CONDITION', condition } : byGrants;
}

/** The same for a permission alone, without anything new being made. */
export function decisionFor(actor: Actor, permission: Permission, needed: GrantScope): Decision {
  if (permission === PUBLIC) return ANYBODY;
  if (permission === AUTHENTICATED) return actor.kind === 'anonymous' ? NOBODY_YET : SIGNED_IN;
  const byScope = decisionsOf(actor.grants, permission);
  return byScope[needed];
}

/** What grants alone come to, whoever has them. */
export const decisionByGrants = (grants: ResolvedGrants, permission: Permission, needed: GrantScope = 'OWN'): Decision => decisionsOf(grants, permission)[needed];

/** The narrowest scope that reaches a row. */
export function scopeNeeded(actor: Actor, row: RowFacts): GrantScope {
  if (isForeign(actor, row)) return 'ALL';
  if (row.centerId === null || row.isShared || row.ownerIds.includes(actor.userId)) return 'OWN';
  if (row.isOpen || row.assigneeIds.includes(actor.userId)) return 'ASSIGNED';
  return row.teamIds?.some((teamId) => actor.teamIds.includes(teamId)) ? 'TEAM' : 'CENTER';
}

const isForeign = (actor: Actor, { centerId }: RowFacts): boolean => centerId !== null && centerId !== actor.centerId;

/** Whether the rows of every center are there for the actor: who may do everything everywhere, with nothing taken away. */
export const reachesEveryCenter = ({ grants, kind, centerId }: Actor): boolean =>
  grants.allow['*:*'] === 'ALL' && grants.deny.length === 0 && (kind !== 'system' || centerId === '');

const wider = (a: GrantScope, b: GrantScope): GrantScope => (isAsWideAs(a, b) ? a : b);

/** The first condition that these facts break. What the facts do not tell is not asked for here. */
function unmet({ fields, protocols, maxConcurrent, maxDurationSec }: GrantConditions, facts: Facts): keyof GrantConditions | undefined {
  const { field, protocol, concurrent, durationSec } = facts;
  if (fields && field !== undefined && field !== KEY_FIELD && !fields.includes(field)) return 'fields';
  if (protocols && protocol !== undefined && !protocols.includes(protocol)) return 'protocols';
  if (maxConcurrent !== undefined && concurrent !== undefined && concurrent >= maxConcurrent) return 'maxConcurrent';
  return maxDurationSec !== undefined && durationSec !== undefined && durationSec > maxDurationSec ? 'maxDurationSec' : undefined;
}

/** A row that may be seen may be named: subgraphs join by it. */
const KEY_FIELD = 'id';

/** Whether a grant of these names only some fields of what the permission is about. */
export const namesFields = (actor: Actor, permission: Permission): boolean =>
  actor.grants.conditions !== undefined && decisionFor(actor, permission, 'OWN').conditions?.fields !== undefined;

type ByScope = Readonly<Record<GrantScope, Decision>>;

const compiled = new WeakMap<ResolvedGrants, Map<Permission, ByScope>>();
/** More permissions than the platform has: somebody asks for made-up ones. */
const KEPT_PERMISSIONS = 2_000;

function decisionsOf(grants: ResolvedGrants, permission: Permission): ByScope {
  let known = compiled.get(grants);
  if (!known) compiled.set(grants, (known = new Map()));
  let byScope = known.get(permission);
  if (!byScope) {
    if (known.size >= KEPT_PERMISSIONS) known.clear();
    known.set(permission, (byScope = compile(grants, permission)));
  }
  return byScope;
}

/** The lines that speak of a permission. */
export function linesFor(permission: Permission): readonly string[] {
  const [resource = '', action = ''] = permission.split(':');
  return [...new Set([permission, `${resource}:*`, `*:${action}`, EVERYTHING])];
}

const EVERYTHING = '*:*';

function compile(grants: ResolvedGrants, permission: Permission): ByScope {
  const lines = linesFor(permission);
  const deniedBy = lines.find((line) => grants.deny.includes(line));
  const allowing = lines.filter((line) => Object.hasOwn(grants.allow, line));
  const by = allowing.length > 0 ? allowing.reduce((best, line) => (isBetter(grants, line, best) ? line : best)) : undefined;
  const held = by === undefined ? undefined : grants.allow[by];
  const conditions = by === undefined ? undefined : grants.conditions?.[by];
  const isOverride = by === EVERYTHING && allowing.length === 1;
  const found = { permission, held, by, deniedBy, conditions, condition: undefined, isOverride };
  const decision = (needed: GrantScope): Decision => {
    const obstacle = obstacleOf(needed, held, deniedBy);
    return Object.freeze({ ...found, needed, allowed: obstacle === undefined, obstacle });
  };
  return Object.fromEntries(GRANT_SCOPES.map((needed) => [needed, decision(needed)])) as unknown as ByScope;
}

/** The wider line decides; of two that reach as far, the one that nothing narrows. */
function isBetter({ allow, conditions }: ResolvedGrants, line: string, than: string): boolean {
  const [scope, best] = [allow[line] ?? 'OWN', allow[than] ?? 'OWN'];
  return scope === best ? conditions?.[than] !== undefined && conditions[line] === undefined : isAsWideAs(scope, best);
}

function obstacleOf(needed: GrantScope, held: GrantScope | undefined, deniedBy: string | undefined): Obstacle | undefined {
  if (deniedBy !== undefined) return 'DENIED';
  if (held === undefined) return 'MISSING';
  return isAsWideAs(held, needed) ? undefined : 'SCOPE';
}

const fixed = (permission: Permission, allowed: boolean): Decision =>
  Object.freeze({
    allowed,
    permission,
    obstacle: allowed ? undefined : ('NOT_SIGNED_IN' as const),
    needed: 'OWN',
    held: allowed ? 'ALL' : undefined,
    by: undefined,
    deniedBy: undefined,
    conditions: undefined,
    condition: undefined,
    isOverride: false,
  });
const ANYBODY = fixed(PUBLIC, true);
const SIGNED_IN = fixed(AUTHENTICATED, true);
const NOBODY_YET = fixed(AUTHENTICATED, false);
