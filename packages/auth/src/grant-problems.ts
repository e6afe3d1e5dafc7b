import { GRANT_SCOPES, type Grant, type GrantConditions } from './grants.js';
import { PERMISSIONS, permissionsOf, type ConditionName, type PermissionEntry } from './permissions.js';

/** What is wrong with a line of a role. */
export interface GrantProblem {
  /** Which line, from 0. */
  readonly line: number;
  readonly field: 'resource' | 'actions' | 'scope' | 'conditions';
  readonly message: string;
}

export const MOST_GRANTS = 200;
const MOST_ACTIONS = 50;
/** What one may connect by. Telnet says everything in the clear: nobody has it unless a role names it. */
export const PROTOCOLS = ['RDP', 'VNC', 'SSH', 'TELNET'] as const;

const isListOf = (value: unknown, most: number, fits: (each: unknown) => boolean): boolean => Array.isArray(value) && value.length > 0 && value.length <= most && value.every(fits);
const isWholeUpTo = (value: unknown, most: number): boolean => Number.isInteger(value) && (value as number) >= 1 && (value as number) <= most;
const FIELD_NAME = /^[_A-Za-z]\w{0,99}$/;

/** The values that conditions may have. */
const CONDITIONS: Readonly<Record<ConditionName, { fits(value: unknown): boolean; says: string }>> = {
  fields: { fits: (value) => isListOf(value, 100, (each) => typeof each === 'string' && FIELD_NAME.test(each)), says: '1 to 100 names of fields' },
  protocols: { fits: (value) => isListOf(value, PROTOCOLS.length, (each) => PROTOCOLS.includes(each as never)), says: `some of ${PROTOCOLS.join(', ')}` },
  maxConcurrent: { fits: (value) => isWholeUpTo(value, 1_000), says: 'a whole number from 1 to 1000' },
  maxDurationSec: { fits: (value) => isWholeUpTo(value, 86_400), says: 'whole seconds from 1 to 86400' },
};

/** Everything that is wrong with these lines; none where they may be kept as a role's. */
export function grantProblems(grants: readonly Grant[]): GrantProblem[] {
  const problems = grants.flatMap((grant, line) => problemsOf(grant).map((problem) => ({ line, ...problem })));
  return problems.length > 0 ? problems : contradictions(grants);
}

type Problem = Omit<GrantProblem, 'line'>;

function problemsOf(grant: Grant): Problem[] {
  const { resource, actions, scope, effect } = grant;
  if (resource !== '*' && permissionsOf(resource, '*').length === 0) return [{ field: 'resource', message: `There is no resource ${quoted(resource)}: see the query permissions` }];
  if (actions.length === 0 || actions.length > MOST_ACTIONS) return [{ field: 'actions', message: `A line names 1 to ${MOST_ACTIONS} actions` }];
  const unknown = actions.filter((action) => permissionsOf(resource, action).length === 0);
  if (unknown.length > 0) return [{ field: 'actions', message: `${resource} knows no action ${unknown.map(quoted).join(', ')}: see the query permissions` }];
  if (!GRANT_SCOPES.includes(scope)) return [{ field: 'scope', message: `There is no scope ${quoted(scope)}` }];
  return effect === 'DENY' ? problemsOfDenial(grant) : [...actions.flatMap((action) => scopeProblem(grant, action)), ...actions.flatMap((action) => conditionProblems(grant, action))];
}

function problemsOfDenial({ scope, conditions }: Grant): Problem[] {
  return [
    ...(scope === 'ALL' ? [] : [{ field: 'scope', message: 'A denial takes the right away altogether, so its scope is ALL. To let a right reach less far, allow it in a narrower scope' } as const]),
    ...(namesIn(conditions).length === 0 ? [] : [{ field: 'conditions', message: 'A denial has no conditions: it takes the right away altogether' } as const]),
  ];
}

function scopeProblem({ resource, scope }: Grant, action: string): Problem[] {
  const about = permissionsOf(resource, action);
  if (about.some(({ scopes }) => scopes.includes(scope))) return [];
  const possible = GRANT_SCOPES.filter((each) => about.some(({ scopes }) => scopes.includes(each)));
  return [{ field: 'scope', message: `${resource}:${action} means nothing in ${scope}: choose ${possible.join(', ')}` }];
}

function conditionProblems({ resource, conditions }: Grant, action: string): Problem[] {
  const names = namesIn(conditions);
  if (names.length === 0) return [];
  const permission = `${resource}:${action}`;
  const entry = PERMISSIONS.get(permission);
  if (!entry) return [{ field: 'conditions', message: `${permission} stands for several rights: a line with conditions names each` }];
  return names.flatMap((name) => conditionProblem(entry, name, conditions?.[name]));
}

function conditionProblem({ permission, conditions }: PermissionEntry, name: ConditionName, value: unknown): Problem[] {
  if (!conditions.includes(name)) {
    const known = conditions.length > 0 ? `only ${conditions.join(', ')}` : 'no condition';
    return [{ field: 'conditions', message: `Nothing keeps ${name} for ${permission}: it takes ${known}` }];
  }
  const { fits, says } = CONDITIONS[name];
  return fits(value) ? [] : [{ field: 'conditions', message: `${name} takes ${says}` }];
}

/** Where two lines give the same right under different conditions nobody could tell which counts. */
function contradictions(grants: readonly Grant[]): GrantProblem[] {
  const seen = new Map<string, boolean>();
  return grants.flatMap(({ resource, actions, effect, conditions }, line) => {
    if (effect === 'DENY') return [];
    const isConditional = namesIn(conditions).length > 0;
    return actions.flatMap((action): GrantProblem[] => {
      const permission = `${resource}:${action}`;
      const earlier = seen.get(permission);
      seen.set(permission, isConditional || (earlier ?? false));
      const contradicts = earlier !== undefined && (earlier || isConditional);
      return contradicts ? [{ line, field: 'conditions', message: `${permission} stands in an earlier line already: put its conditions into one` }] : [];
    });
  });
}

const namesIn = (conditions: GrantConditions | undefined): ConditionName[] => (Object.keys(conditions ?? {}) as ConditionName[]).filter((name) => conditions?.[name] !== undefined);
// What somebody typed goes into a message: short, and on one line.
const quoted = (text: string): string => JSON.stringify(text.slice(0, 60));
