import { Kind, parse, type ConstDirectiveNode } from 'graphql';

/** From the narrowest to the widest, as `packages/auth` has them. */
const SCOPES = ['OWN', 'ASSIGNED', 'TEAM', 'CENTER', 'ALL'];

/** What an `@access` asks for; absent where there is none. */
export interface Rule {
  readonly permission: string;
  readonly scope: string;
}

/** A line for each type and field whose `@access` asks for more or less than before: what a client may see changes, though the schema does not. */
export function accessChanges(before: string, after: string): string[] {
  const [old, now] = [rulesOf(before), rulesOf(after)];
  return [...now.keys()].flatMap((coordinate) => {
    const type = coordinate.split('.', 1)[0] ?? '';
    const [own, ownNow] = [old.get(coordinate), now.get(coordinate)];
    // A field that followed its type and still does is told of there, once.
    if (!old.has(coordinate) || (!own && !ownNow)) return [];
    const [earlier, rule] = [own ?? old.get(type), ownNow ?? now.get(type)];
    return print(earlier) === print(rule) ? [] : [`ACCESS_${direction(earlier, rule)} ${coordinate}: ${print(earlier)} → ${print(rule)}`];
  });
}

/** The rule that stands at each type and field of a supergraph, undefined where none does. */
export function rulesOf(supergraph: string): Map<string, Rule | undefined> {
  const rules = new Map<string, Rule | undefined>();
  for (const node of parse(supergraph, { noLocation: true }).definitions) {
    if (node.kind !== Kind.OBJECT_TYPE_DEFINITION) continue;
    rules.set(node.name.value, ruleOf(node.directives));
    for (const field of node.fields ?? []) rules.set(`${node.name.value}.${field.name.value}`, ruleOf(field.directives));
  }
  return rules;
}

function ruleOf(directives: readonly ConstDirectiveNode[] | undefined): Rule | undefined {
  const given = directives?.find(({ name }) => name.value === 'access')?.arguments ?? [];
  const valueOf = (name: string): string | undefined => {
    const value = given.find((argument) => argument.name.value === name)?.value;
    return value && 'value' in value ? String(value.value) : undefined;
  };
  const permission = valueOf('permission');
  return permission ? { permission, scope: valueOf('scope') ?? 'OWN' } : undefined;
}

const print = (rule: Rule | undefined): string => (!rule ? 'no rule' : rule.scope === 'OWN' ? rule.permission : `${rule.permission} ${rule.scope}`);

/** A permission asks for more than a name, a name for more than nothing. */
const strictness = ({ permission }: Rule): number => (permission === 'public' ? 0 : permission === 'authenticated' ? 1 : 2);

function direction(before: Rule | undefined, after: Rule | undefined): 'NARROWED' | 'WIDENED' | 'CHANGED' {
  if (!before || !after) return 'CHANGED';
  const step = before.permission === after.permission ? SCOPES.indexOf(after.scope) - SCOPES.indexOf(before.scope) : strictness(after) - strictness(before);
  if (step === 0) return 'CHANGED';
  return step > 0 ? 'NARROWED' : 'WIDENED';
}
