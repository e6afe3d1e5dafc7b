import type { GrantScope, GrantInput, GrantLineFragment, PermissionCatalogueQuery } from '../../generated/operations.js';

export type Catalogue = PermissionCatalogueQuery['permissions'];

export const SCOPES: readonly GrantScope[] = ['OWN', 'ASSIGNED', 'TEAM', 'CENTER', 'ALL'];

/** What each scope means, for people. */
export const REACH: Record<GrantScope, string> = {
  OWN: 'own rows',
  ASSIGNED: 'rows assigned to the user',
  TEAM: 'rows of the teams',
  CENTER: 'the center',
  ALL: 'every center',
};

/** A line as it is edited; `key` tells lines apart that say the same. */
export interface GrantDraft extends Omit<GrantInput, 'actions'> {
  key: number;
  actions: readonly string[];
}

let lastKey = 0;
export const newKey = (): number => (lastKey += 1);

export const draftOf = ({ resource, actions, scope, effect, conditions }: GrantLineFragment): GrantDraft => ({
  key: newKey(),
  resource,
  actions,
  scope,
  effect,
  conditions: conditions ? { fields: conditions.fields ?? null, protocols: conditions.protocols ?? null, maxConcurrent: conditions.maxConcurrent ?? null, maxDurationSec: conditions.maxDurationSec ?? null } : null,
});

/** A denial takes a right away altogether: it has no narrower scope and no conditions. */
export const inputOf = ({ resource, actions, scope, effect, conditions }: GrantDraft): GrantInput =>
  effect === 'DENY' ? { resource, actions: [...actions], scope: 'ALL', effect, conditions: null } : { resource, actions: [...actions], scope, effect, conditions: isEmpty(conditions) ? null : (conditions ?? null) };

const isEmpty = (conditions: GrantDraft['conditions']): boolean =>
  !conditions || Object.values(conditions).every((value) => value === null || value === undefined || (Array.isArray(value) && value.length === 0));

/** The conditions of a line in words: `at most 5 at once, 3600 s each`. */
export function conditionsOf(conditions: GrantLineFragment['conditions']): string {
  if (!conditions) return '';
  const { fields, protocols, maxConcurrent, maxDurationSec } = conditions;
  return [
    fields?.length ? `only ${fields.join(', ')}` : '',
    protocols?.length ? `over ${protocols.join(', ')}` : '',
    maxConcurrent ? `at most ${maxConcurrent} at once` : '',
    maxDurationSec ? `${maxDurationSec} s each` : '',
  ]
    .filter(Boolean)
    .join(', ');
}

/** `calls: read, start – own rows` */
export const lineInWords = ({ resource, actions, scope, effect, conditions }: GrantLineFragment): string =>
  [`${effect === 'DENY' ? 'not ' : ''}${resource}: ${actions.join(', ')}`, effect === 'DENY' ? '' : REACH[scope], conditionsOf(conditions)].filter(Boolean).join(' · ');
