import { AUTHENTICATED, PUBLIC } from '@vss/auth';
import { rulesOf } from './access-changes.ts';
import { Refusal } from './refusal.ts';

/**
 * Refuses a graph with a field that nobody has said who may see, or that asks for a right which there is not. Subgraphs of type-graphql do not even start with one;
 * this looks at what was composed, whatever made it.
 */
export function assertRuled(supergraph: string, permissions: ReadonlySet<string>): void {
  const rules = rulesOf(supergraph);
  const missing = [...rules.keys()].filter((coordinate) => {
    const [type = '', field] = coordinate.split('.');
    return field !== undefined && !rules.get(coordinate) && !rules.get(type);
  });
  if (missing.length > 0) throw new Refusal(`No access rule is declared for ${missing.join(', ')}.\nPut @Access(…) on the field or on its type: who may see it?`);
  const unknown = [...rules].flatMap(([coordinate, rule]) => (!rule || [PUBLIC, AUTHENTICATED].includes(rule.permission) || permissions.has(rule.permission) ? [] : [`${rule.permission} at ${coordinate}`]));
  if (unknown.length > 0) throw new Refusal(`No role could hold what is asked for: ${unknown.join(', ')}.\nName a right of packages/auth/src/permissions.ts, or enter the new one there.`);
}
