import * as fc from 'fast-check';
import { argumentsOf } from './generate-arguments.ts';
import { SCALARS, WRAPS, concreteOf, isNonNull, type EntityModel, type Fault, type FieldModel, type InterfaceModel, type Model, type TypeModel, type UnionModel, type ValueModel, type Wrap } from './model.ts';
import { presentTypes } from './render-sdl.ts';

/**
 * Numbers that are read modulo what there is to choose from. Any numbers make a model, so fast-check may shrink each on
 * its own: towards fewer types, fewer fields and fewer twists, 0 being the plainest choice everywhere.
 */
const nat = (max: number): fc.Arbitrary<number> => fc.integer({ min: 0, max });
const list = <T>(item: fc.Arbitrary<T>, minLength: number, maxLength: number): fc.Arbitrary<T[]> => fc.array(item, { minLength, maxLength, size: 'max' });

const fieldChoice = fc.record({ type: nat(999), wrap: nat(WRAPS.length - 1), arguments: nat(15), home: nat(99), twist: nat(19), pick: nat(9999) });
const entityChoice = fc.record({ keys: nat(5), main: nat(99), fields: list(fieldChoice, 1, 6) });
const abstractChoice = fc.record({ members: nat(63), object: nat(3), fields: list(fieldChoice, 0, 2) });
const faultChoice = fc.record({ kind: nat(4), at: nat(9999), everywhere: fc.boolean() });

export const modelChoices = fc.record({
  faults: list(faultChoice, 0, 4),
  subgraphs: nat(2),
  entities: list(entityChoice, 1, 4),
  values: list(list(fieldChoice, 1, 3), 0, 2),
  interfaces: list(abstractChoice, 0, 2),
  unions: list(nat(63), 0, 1),
  queries: list(fieldChoice, 2, 6),
  mutations: list(fieldChoice, 0, 3),
});

export type ModelChoices = typeof modelChoices extends fc.Arbitrary<infer T> ? T : never;
type FieldChoice = ModelChoices['queries'][number];

const ENTITIES = ['Ant', 'Bee', 'Cat', 'Dog'];
const VALUES = ['Size', 'Place'];
const NAMES = ['title', 'count', 'owner', 'parts', 'state', 'notes'];

const idOf = (name: string): FieldModel => field(name, 'ID', '*!');
const field = (name: string, type: string, wrap: Wrap, owners: readonly string[] = []): FieldModel => ({ name, type, wrap, arguments: [], owners: [...owners], externalIn: new Set() });

const KEYS: readonly (readonly string[])[] = [['id'], ['id', 'sku'], ['id code'], ['id', 'id org { code }'], ['sku', 'id'], ['id org { code }', 'sku']];
const keyField: Record<string, () => FieldModel> = { id: () => idOf('id'), sku: () => field('sku', 'String', '*!'), code: () => field('code', 'Int', '*!'), org: () => field('org', 'Org', '*!') };
const keyNames = (keys: readonly string[]): string[] => Object.keys(keyField).filter((name) => keys.some((key) => new RegExp(`\\b${name}\\b`).test(key.replace(/\{.*\}/, ''))));

/** The graph that the numbers stand for. */
export function buildModel(choices: ModelChoices): Model {
  const subgraphs = ['a', 'b', 'c', 'd'].slice(0, choices.subgraphs + 2);
  // A subgraph that has an interface as an object may know none of its implementations: then the last one is kept for that.
  const hasObjects = subgraphs.length > 2 && choices.interfaces.some(({ object }) => object === 1);
  const homes = hasObjects ? subgraphs.slice(0, -1) : subgraphs;
  const build: Build = { subgraphs, homes, objectHome: hasObjects ? subgraphs.at(-1) : undefined, types: new Map() };
  const { types } = build;
  for (const [index, { keys, main }] of choices.entities.entries()) {
    const chosen = pick(KEYS, keys);
    const name = ENTITIES[index] ?? '';
    const home = pick(homes, main);
    types.set(name, { kind: 'entity', name, keys: chosen, keyFields: keyNames(chosen).map((one) => keyField[one]?.() ?? idOf(one)), main: home, homes: new Map([[home, chosen.length]]), unresolvableIn: new Set(), fields: [], rows: 3 });
    if (chosen.some((key) => key.includes('org'))) types.set('Org', { kind: 'value', name: 'Org', fields: [field('code', 'String', '*!'), field('region', 'String', '*')] });
  }
  for (const [index] of choices.values.entries()) types.set(VALUES[index] ?? '', { kind: 'value', name: VALUES[index] ?? '', fields: [] });
  if (choices.values.length > 1) types.set('Shape', { kind: 'interface', name: 'Shape', members: VALUES, home: '', isOfValues: true, fields: [field('area', 'Int', '*!', subgraphs)] });
  const entities = [...types.values()].filter((type): type is EntityModel => type.kind === 'entity');
  for (const [index, { members, object }] of choices.interfaces.entries()) {
    const keyed = entities.filter(({ keys }) => keys.includes('id'));
    const isObject = object === 1 && keyed.length > 0 && hasObjects;
    const chosen = subset(isObject ? keyed : entities, members).map(({ name }) => name);
    const home = entities.find(({ name }) => name === chosen[0])?.main ?? '';
    types.set(`Face${index}`, { kind: 'interface', name: `Face${index}`, members: chosen, home, fields: [field(`label${index}`, 'String', '*', subgraphs)], ...(isObject ? { object: { subgraph: subgraphs.at(-1) ?? '', fields: [] } } : {}) });
  }
  const concrete = [...types.values()].filter(({ kind, name }) => (kind === 'entity' || kind === 'value') && name !== 'Org');
  for (const members of choices.unions) types.set('Any1', { kind: 'union', name: 'Any1', members: subset(concrete, members).map(({ name }) => name) } satisfies UnionModel);
  choices.values.forEach((fields, index) => fillValue(build, types.get(VALUES[index] ?? '') as ValueModel, fields));
  choices.interfaces.forEach((choice, index) => fillInterface(build, types.get(`Face${index}`) as InterfaceModel, choice));
  choices.entities.forEach(({ fields }, index) => fillEntity(build, types.get(ENTITIES[index] ?? '') as EntityModel, fields));
  const root = (prefix: string) => (choice: FieldChoice, index: number): FieldModel => fillRoot(build, `${prefix}${index}`, choice);
  const model: Model = { subgraphs, types, queries: choices.queries.map(root('q')), mutations: choices.mutations.map(root('m')), faults: [] };
  for (const entity of entities) for (const [home, keys] of entity.homes) if (keys < entity.keys.length && (home.charCodeAt(0) + entity.fields.length) % 2 === 0) entity.unresolvableIn.add(home);
  for (const entity of entities) entity.fields.forEach((one, index) => require(model, entity, one, index, choices.entities[ENTITIES.indexOf(entity.name)]?.fields[index]));
  return { ...model, faults: choices.faults.flatMap((choice) => faultOf(model, choice)) };
}

function pick<T>(from: readonly T[], by: number): T {
  const [chosen] = from.slice(by % from.length);
  if (chosen === undefined) throw new Error('There is nothing to choose from');
  return chosen;
}

interface Build {
  readonly subgraphs: readonly string[];
  /** Where entities may be. */
  readonly homes: readonly string[];
  /** Where interfaces may be objects, and nothing else may be than they and leaves. */
  readonly objectHome: string | undefined;
  readonly types: Map<string, TypeModel>;
}

/** Never empty. */
const subset = <T>(from: readonly T[], mask: number): readonly T[] => {
  const chosen = from.filter((_one, index) => mask & (1 << index));
  return chosen.length > 0 ? chosen : from.slice(0, 1);
};

function typed({ types, objectHome }: Build, choice: FieldChoice, home = ''): Pick<FieldModel, 'type' | 'wrap' | 'arguments'> {
  const isFit = (type: TypeModel): boolean => type.name !== 'Org' && (home !== objectHome || (type.kind === 'interface' && type.object !== undefined));
  const names = [...types.values()].filter(isFit).map(({ name }) => name);
  // Every second one leads on; the others are leaves.
  const type = choice.type % 2 === 1 && names.length > 0 ? pick(names, choice.type >> 1) : pick(['String', 'Int', 'Color', ...SCALARS], choice.type >> 1);
  return { type, wrap: WRAPS[choice.wrap] ?? '*', arguments: argumentsOf(choice.arguments) };
}

function fillValue(build: Build, value: ValueModel, choices: readonly FieldChoice[]): void {
  value.fields.push(...choices.map((choice, index): FieldModel => ({ name: NAMES[index] ?? '', ...typed(build, choice), owners: [...build.subgraphs], externalIn: new Set() })));
}

function fillInterface(build: Build, type: InterfaceModel, choice: ModelChoices['interfaces'][number]): void {
  const members = type.members.map((name) => build.types.get(name) as EntityModel);
  for (const member of members) enter(member, type.home, type.object ? member.keys.length : 1);
  for (const [index, one] of choice.fields.entries()) {
    const name = `${type.name.toLowerCase()}${NAMES[index]}`;
    if (type.object && index === 0) {
      type.object.fields.push({ name, ...typed(build, one, type.object.subgraph), owners: [type.object.subgraph], externalIn: new Set() });
      continue;
    }
    const home = pick(build.homes, one.home);
    type.fields.push({ name, ...typed(build, one), owners: [home], externalIn: new Set(), isLooseAbove: one.twist % 2 === 1 });
    for (const member of members) enter(member, home);
  }
}

/** The subgraph answers fields of the entity: by its first key, unless it has more. */
const enter = (entity: EntityModel, home: string, keys = 1): void => void entity.homes.set(home, Math.max(entity.homes.get(home) ?? 0, Math.min(keys, entity.keys.length)));

function fillEntity(build: Build, entity: EntityModel, choices: readonly FieldChoice[]): void {
  const { homes } = build;
  for (const [index, choice] of choices.entries()) {
    const home = pick(homes, choice.home);
    const other = pick(homes, choice.home + 1 + (choice.pick % (homes.length - 1)));
    const made: FieldModel = { name: NAMES[index] ?? '', ...typed(build, choice), owners: [home], externalIn: new Set() };
    enter(entity, home, 1 + (choice.pick % 2));
    if (choice.twist === 1 || choice.twist === 2) made.owners.push(other);
    if (choice.twist === 2) made.looseIn = other;
    if (choice.twist === 3 || choice.twist === 4) made.override = { from: other };
    if (choice.twist === 5 || choice.twist === 6) made.override = { from: other, label: pick(['percent(0)', 'percent(100)', 'percent(50)', 'beta'], choice.pick) };
    if (choice.twist === 7) made.isInaccessible = true;
    if (choice.twist > 0 && choice.twist <= 6) enter(entity, other);
    if (choice.twist === 8 || choice.twist === 9) provide(build, made, home, choice.pick);
    entity.fields.push(made);
  }
}

function fillRoot(build: Build, name: string, choice: FieldChoice): FieldModel {
  const home = pick(build.subgraphs, choice.home);
  const made: FieldModel = { name, ...typed(build, choice, home), owners: [home], externalIn: new Set() };
  const other = pick(build.homes, choice.home + 1);
  if (name.startsWith('q') && choice.twist === 1 && home !== build.objectHome && home !== other) made.owners.push(other);
  if (choice.twist >= 10) provide(build, made, home, choice.pick);
  return made;
}

/** The field's owner answers one more field of the entity that it gives, on this path only. */
function provide({ types }: Build, from: FieldModel, home: string, by: number): void {
  const target = types.get(from.type);
  if (target?.kind !== 'entity' || from.owners.length > 1) return;
  const eligible = target.fields.filter((one) => !one.owners.includes(home) && !one.override && !one.requires && one.owners.length === 1 && one.arguments.length === 0 && !types.has(one.type));
  if (eligible.length === 0) return;
  const provided = pick(eligible, by);
  provided.externalIn.add(home);
  provided.isShareable = true;
  from.provides = provided.name;
}

/** Makes the field need others of its entity, where it can. */
function require(model: Model, entity: EntityModel, one: FieldModel, index: number, choice: FieldChoice | undefined): void {
  const home = one.owners[0] ?? '';
  if (!choice || choice.twist < 12 || one.owners.length > 1 || one.override || one.externalIn.size > 0) return;
  if (model.types.has(one.type)) return;
  const eligible = entity.fields.filter((other, at) => at < index && !other.owners.includes(home) && !other.override && (model.types.get(other.type)?.kind ?? 'value') !== 'union');
  if (eligible.length === 0) return;
  const chosen = eligible.filter((_other, at) => at === choice.pick % eligible.length || (choice.pick >> 3) % 3 === 0);
  const sets = chosen.map((other) => requirement(model, other, home, choice.pick));
  if (sets.some((set) => set === undefined)) return;
  one.requires = sets.join(' ');
  for (const other of chosen) other.externalIn.add(home);
}

function requirement(model: Model, other: FieldModel, home: string, by: number): string | undefined {
  const text = other.name + argumentText(other, by);
  other.isRequired = true;
  const target = model.types.get(other.type);
  if (!target) return text;
  if (target.kind === 'value') {
    const leaf = target.fields.find(({ type, arguments: args }) => !model.types.has(type) && !args.some(({ isRequired }) => isRequired));
    if (!leaf) return undefined;
    leaf.isRequired = true;
    return `${text} { ${leaf.name} }`;
  }
  if (target.kind === 'entity') {
    const keys = target.keyFields.filter(({ name }) => new RegExp(`\\b${name}\\b`).test(target.keys[0] ?? '') && name !== 'org');
    const leaf = target.fields.find((one) => !model.types.has(one.type) && !one.owners.includes(home) && !one.override && !one.requires && !one.arguments.some(({ isRequired }) => isRequired));
    if (leaf && by % 2 === 1) {
      leaf.isRequired = true;
      leaf.externalIn.add(home);
      return `${text} { ${leaf.name} }`;
    }
    return keys[0] ? `${text} { ${keys[0].name} }` : undefined;
  }
  return target.kind === 'interface' ? `${text} { ${target.fields[0]?.name} }` : undefined;
}

function argumentText({ arguments: args }: FieldModel, by: number): string {
  const given = args.filter(({ isRequired, literals }, index) => literals.length > 0 && (isRequired || (by >> index) % 2 === 0)).map(({ name, literals }) => `${name}: ${literals[by % literals.length]}`);
  return given.length > 0 ? `(${given.join(', ')})` : '';
}

const KINDS = ['null', 'error', 'nullItem', 'missing', 'hidden'] as const;

function faultOf(model: Model, choice: ModelChoices['faults'][number]): Fault[] {
  const kind = KINDS[choice.kind] ?? 'null';
  const at = kind === 'missing' ? missable(model) : breakable(model, kind);
  return at.length > 0 ? [{ kind, at: at[choice.at % at.length] ?? '', isEverywhere: choice.everywhere }] : [];
}

function breakable(model: Model, kind: Exclude<Fault['kind'], 'missing'>): string[] {
  const suits = (one: FieldModel): boolean => (kind === 'nullItem' ? one.wrap.includes('[') : kind !== 'hidden' || (one.type === 'Color' && !one.isRequired));
  // A null where one subgraph allows it and another does not goes as far as the one that was asked lets it.
  const isFit = (one: FieldModel): boolean => suits(one) && !(one.isRequired && one.wrap.includes('!')) && !one.looseIn;
  const of = (name: string, fields: readonly FieldModel[]): string[] => fields.filter(isFit).map((one) => `${name}.${one.name}`);
  const typesOf = [...model.types.values()].filter(({ name }) => name !== 'Org').flatMap((type) => (type.kind === 'union' ? [] : [...of(type.name, type.fields), ...(type.kind === 'interface' && type.object ? of(type.name, type.object.fields) : [])]));
  return [...of('Query', model.queries), ...of('Mutation', model.mutations.filter(({ wrap }) => !isNonNull(wrap))), ...typesOf];
}

/** Subgraphs that may lack a row: those whose fields nobody else has and nobody requires, and that lead nowhere else. */
function missable(model: Model): string[] {
  return [...model.types.values()].flatMap((type) => {
    if (type.kind !== 'entity') return [];
    const homes = [...type.homes.keys()].filter((home) => home !== type.main && type.homes.get(home) === 1 && !type.unresolvableIn.has(home));
    const isFaced = [...model.types.values()].some((other) => other.kind === 'interface' && concreteOf(model, other.name).includes(type.name));
    const isAlone = (home: string): boolean => !isFaced && type.fields.every((one) => one.override?.from !== home && (!one.owners.includes(home) || (one.owners.length === 1 && !one.override && !one.isRequired && one.externalIn.size === 0)));
    return homes.filter((home) => isAlone(home) && presentTypes(model, home).has(type.name)).map((home) => `${type.name}@${home}`);
  });
}
