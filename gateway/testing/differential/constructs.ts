import { concreteOf, membersIn, type Model } from './model.ts';

const known = new WeakMap<Model, readonly string[]>();

/** What of federation a graph uses, for the count of what has been tried. */
export function constructsOf(model: Model): readonly string[] {
  const found = known.get(model) ?? list(model);
  known.set(model, found);
  return found;
}

function list(model: Model): readonly string[] {
  const used = new Set<string>([`${model.subgraphs.length} subgraphs`]);
  const types = [...model.types.values()];
  const fields = [...model.queries, ...model.mutations, ...types.flatMap((type) => (type.kind === 'union' ? [] : [...type.fields, ...(type.kind === 'interface' ? (type.object?.fields ?? []) : [])]))];
  const named = new Set(fields.map(({ type }) => type));
  for (const type of types) {
    if (type.kind === 'entity') {
      if (type.keys.length > 1) used.add('several keys');
      if (type.unresolvableIn.size > 0) used.add('key resolvable: false beside another');
      if (type.keys.some((key) => key.includes('{'))) used.add('nested key');
      else if (type.keys.some((key) => key.includes(' '))) used.add('compound key');
    }
    if (type.kind === 'interface' && type.object) used.add('@interfaceObject');
    if (named.has(type.name) && type.kind !== 'entity') used.add(type.kind);
    if ('members' in type && model.subgraphs.some((subgraph) => membersIn(type, subgraph).length < type.members.length)) used.add('abstract type with fewer members in a subgraph');
    if (named.has(type.name) && concreteOf(model, type.name).length > 1) used.add('several implementations');
  }
  for (const field of fields) {
    if (field.owners.length > 1) used.add('@shareable');
    if (field.requires) used.add(/\(/.test(field.requires) ? '@requires with arguments' : /\{/.test(field.requires) ? '@requires nested' : '@requires');
    if (field.requires && field.isRequired) used.add('@requires of a field that requires others');
    if (field.provides) used.add('@provides');
    if (field.override) used.add(field.override.label ? `@override ${field.override.label}` : '@override');
    if (field.isInaccessible) used.add('@inaccessible');
    if (field.looseIn) used.add('nullable in one subgraph only');
    if (field.isLooseAbove && field.wrap.endsWith('!')) used.add('nullable in the interface only');
    if (field.wrap.startsWith('[[')) used.add('nested list');
    if (field.type === 'Color') used.add('enum');
    if (field.arguments.length > 0) used.add('field with arguments');
  }
  for (const { kind } of model.faults) used.add(`fault: ${kind}`);
  return [...used];
}
