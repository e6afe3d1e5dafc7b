import { rulesOf } from './access-changes.ts';
import { Refusal } from './refusal.ts';

/**
 * Refuses a graph with a field that nobody has said who may see. Subgraphs of type-graphql do not even start with one;
 * this looks at what was composed, whatever made it.
 */
export function assertRuled(supergraph: string): void {
  const rules = rulesOf(supergraph);
  const missing = [...rules.keys()].filter((coordinate) => {
    const [type = '', field] = coordinate.split('.');
    return field !== undefined && !rules.get(coordinate) && !rules.get(type);
  });
  if (missing.length === 0) return;
  throw new Refusal(`No access rule is declared for ${missing.join(', ')}.\nPut @Access(…) on the field or on its type: who may see it?`);
}
