import { Kind, parse, valueFromASTUntyped, type SelectionSetNode } from 'graphql';
import { concreteOf, findField, membersIn, type EntityModel, type FieldModel, type Model, type Wrap } from './model.ts';

/** An object in the data: what it is and which. Everything about it follows from that. */
export interface Handle {
  readonly type: string;
  /** `ant-1` for an entity, the way to it for a value. */
  readonly id: string;
  /** What a subgraph was given of it as a representation. */
  readonly given?: Readonly<Record<string, unknown>>;
}

export interface Asked {
  /** Type that the field stands on, as the asking schema has it. */
  readonly typeName: string;
  readonly fieldName: string;
  readonly args: Readonly<Record<string, unknown>>;
  /** Undefined for the monolith. */
  readonly subgraph?: string;
}

export interface World {
  /** The value of a field; throws where the data say so. */
  resolve(handle: Handle | undefined, asked: Asked): unknown;
  /** The entity that a representation means, or null. */
  find(typeName: string, representation: Readonly<Record<string, unknown>>, subgraph: string): Handle | null;
  /** Mutations count from here. */
  reset(): void;
}

/** What a subgraph answers that has lost a field to another by `@override`: seen in an answer, it is a mistake. */
const STALE = 'STALE';

/** The same data for the monolith and for each subgraph: whoever resolves a field, the answer is worked out here. */
export function createWorld(model: Model): World {
  let mutations = 0;
  const faults = new Map<string, Model['faults'][number]>();
  for (const fault of model.faults) if (!faults.has(fault.at)) faults.set(fault.at, fault);

  const isStruck = (at: string, id: string): Model['faults'][number] | undefined => {
    const fault = faults.get(at);
    return fault && (fault.isEverywhere || hash(id) % 2 === 0) ? fault : undefined;
  };

  function resolve(handle: Handle | undefined, { typeName, fieldName, args: { secret: _secret, ...args }, subgraph }: Asked): unknown {
    const { type, id } = handle ?? { type: typeName, id: typeName };
    if (fieldName === 'id' || fieldName === 'sku' || fieldName === 'code' || fieldName === 'org') {
      const key = keyOf(model, handle, fieldName);
      if (key !== undefined) return key;
    }
    const field = findField(model, type, fieldName);
    if (!field) throw new Error(`The model has no ${type}.${fieldName}`);
    // An interface's field has its faults there, whichever implementation it is asked of.
    const declaring = declaringType(model, type, fieldName);
    const owner = field.owners.length === 1 ? field.owners[0] : undefined;
    if (owner && isStruck(`${type}@${owner}`, id)) return null;
    const fault = isStruck(`${declaring}.${fieldName}`, id);
    if (fault?.kind === 'error') throw new Error(`${declaring}.${fieldName} fails`);
    if (fault?.kind === 'null') return null;
    const text = Object.keys(args).length > 0 ? JSON.stringify(args) : '';
    const path = `${id}.${fieldName}${text}${typeName === 'Mutation' ? `#${++mutations}` : ''}`;
    const seen = field.requires ? JSON.stringify(subgraph ? read(handle?.given, fieldSet(field.requires)) : evaluate(handle, fieldSet(field.requires))) : '';
    return spread(field.wrap, path, fault?.kind === 'nullItem', (at) => {
      const value = isStale(field, subgraph) ? stale(field) : fault?.kind === 'hidden' ? 'SECRET' : leaf(field, at, seen);
      // What it provides it may also use for fields that require it.
      return subgraph && field.provides ? { ...(value as Handle), given: evaluate(value as Handle, fieldSet(field.provides)) as Record<string, unknown> } : value;
    });
  }

  /** What the required fields are, errors counted as null: the fields that need them are still asked for. */
  function evaluate(handle: Handle | undefined, set: SelectionSetNode): unknown {
    const found: Record<string, unknown> = {};
    for (const selection of set.selections) {
      if (selection.kind !== Kind.FIELD || !handle) continue;
      const inner = selection.selectionSet;
      const field = findField(model, handle.type, selection.name.value);
      const args = coerced(field, Object.fromEntries((selection.arguments ?? []).map(({ name, value }) => [name.value, valueFromASTUntyped(value)])));
      const value = settled(() => resolve(handle, { typeName: handle.type, fieldName: selection.name.value, args }));
      found[selection.name.value] = inner ? mapDeep(value, (item) => evaluate(item as Handle, inner)) : value;
    }
    return found;
  }

  function leaf(field: FieldModel, at: string, seen: string): unknown {
    const by = hash(at + seen);
    switch (field.type) {
      case 'String':
        return `${at}${seen}${FLOURISHES[by % FLOURISHES.length]}`;
      case 'ID':
        return `${at}${seen}`;
      case 'Int':
        return (by % 2_000_001) - 1_000_000;
      case 'Float':
        return by % 3 === 0 ? by % 100 : ((by % 10_000) - 5_000) / 64;
      case 'Boolean':
        return by % 2 === 0;
      case 'Color':
        return ['RED', 'GREEN', 'BLUE'][by % 3];
      case 'Any':
        return ANYTHING[by % ANYTHING.length];
      default:
        return object(field, at, by);
    }
  }

  /** Of an abstract type, something that every subgraph which may be asked for the field knows. */
  function object({ type, owners, override }: FieldModel, at: string, by: number): Handle {
    const abstract = model.types.get(type);
    const concrete = concreteOf(model, type).filter((one) => !abstract || !('members' in abstract) || [...owners, ...(override ? [override.from] : [])].every((subgraph) => membersIn(abstract, subgraph).includes(one)));
    const name = concrete[by % concrete.length] ?? type;
    const found = model.types.get(name);
    return found?.kind === 'entity' ? row(found, (by >> 3) % found.rows) : { type: name, id: at };
  }

  function find(typeName: string, given: Readonly<Record<string, unknown>>, subgraph: string): Handle | null {
    for (const name of concreteOf(model, typeName)) {
      const entity = model.types.get(name);
      if (entity?.kind !== 'entity') continue;
      for (let index = 0; index < entity.rows; index++) {
        const handle = row(entity, index);
        const keys = name === typeName ? entity.keys.slice(0, entity.homes.get(subgraph) ?? 0) : ['id'];
        const matches = keys.some((key) => isMatch(given, evaluate(handle, fieldSet(key))));
        if (matches) return isStruck(`${name}@${subgraph}`, handle.id) ? null : { ...handle, given };
      }
    }
    return null;
  }

  return { resolve, find, reset: () => void (mutations = 0) };
}

const row = (entity: EntityModel, index: number): Handle => ({ type: entity.name, id: `${entity.name.toLowerCase()}-${index}` });

function keyOf(model: Model, handle: Handle | undefined, name: string): unknown {
  if (!handle) return undefined;
  const type = model.types.get(handle.type);
  if (type?.name === 'Org') return name === 'code' ? `code of ${handle.id}` : undefined;
  if (type?.kind !== 'entity' || !type.keyFields.some((field) => field.name === name)) return undefined;
  if (name === 'id') return handle.id;
  if (name === 'sku') return `sku of ${handle.id}`;
  return name === 'code' ? Number(handle.id.at(-1)) : { type: 'Org', id: `${handle.id}.org` };
}

function declaringType(model: Model, type: string, fieldName: string): string {
  const own = model.types.get(type);
  if (!own || (own.kind !== 'union' && own.fields.some(({ name }) => name === fieldName))) return type;
  for (const other of model.types.values()) if (other.kind === 'interface' && other.members.includes(type) && [...other.fields, ...(other.object?.fields ?? [])].some(({ name }) => name === fieldName)) return other.name;
  return type;
}

const stale = ({ type }: FieldModel): unknown => (['String', 'ID', 'Any'].includes(type) ? STALE : null);

/** Only `percent(50)` may be answered by either. */
function isStale({ override, owners }: FieldModel, subgraph: string | undefined): boolean {
  if (!override || !subgraph) return false;
  if (override.label === 'percent(50)') return false;
  const keeper = !override.label || override.label === 'percent(100)' ? owners[0] : override.from;
  return subgraph !== keeper;
}

/** Puts leaves into the lists that the field's type has. */
function spread(wrap: Wrap, path: string, hasNulls: boolean, leafAt: (path: string) => unknown): unknown {
  const depth = wrap.split('[').length - 1;
  const build = (at: string, left: number): unknown => {
    if (left === 0) return leafAt(at);
    return Array.from({ length: hash(`${at}#`) % 4 }, (_nothing, index) => (hasNulls && index % 2 === 0 ? null : build(`${at}/${index}`, left - 1)));
  };
  return build(path, depth);
}

const coerced = (field: FieldModel | undefined, given: Record<string, unknown>): Record<string, unknown> => {
  const args: Record<string, unknown> = {};
  for (const { name, sdl } of field?.arguments ?? []) {
    const value = name in given ? given[name] : DEFAULTS[sdl];
    if (value !== undefined) args[name] = Array.isArray(value) || !sdl.startsWith('[') || value === null ? complete(sdl, value) : sdl.startsWith('[[') ? [[value]] : [value];
  }
  return args;
};
const DEFAULTS: Record<string, unknown> = { 'Int = 3': 3, 'Color = RED': 'RED', 'Filter = { s: "d" }': { s: 'd' }, 'Int! = 2': 2, 'String = "x"': 'x', 'Float = 1.5': 1.5 };
const complete = (sdl: string, value: unknown): unknown => (sdl.startsWith('Filter') ? filter(value) : value);
function filter(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const { n = 1, s, colors, inner } = value as Record<string, unknown>;
  return { n, ...(s === undefined ? {} : { s }), ...(colors === undefined ? {} : { colors }), ...(inner === undefined ? {} : { inner: filter(inner) }) };
}

const sets = new Map<string, SelectionSetNode>();
function fieldSet(text: string): SelectionSetNode {
  let set = sets.get(text);
  if (!set) {
    const [definition] = parse(`{ ${text} }`, { noLocation: true }).definitions;
    if (definition?.kind !== Kind.OPERATION_DEFINITION) throw new Error(`No field set: ${text}`);
    set = definition.selectionSet;
    sets.set(text, set);
  }
  return set;
}

/** Of a representation what the field set asks for, in its order. What is not there shows. */
function read(given: unknown, set: SelectionSetNode): unknown {
  return mapDeep(given, (item) => {
    const found: Record<string, unknown> = {};
    for (const selection of set.selections) {
      if (selection.kind !== Kind.FIELD) continue;
      const value = (item as Record<string, unknown>)[selection.name.value];
      found[selection.name.value] = value === undefined ? 'NOT GIVEN' : selection.selectionSet ? read(value, selection.selectionSet) : value;
    }
    return found;
  });
}

function mapDeep(value: unknown, inner: (item: object) => unknown): unknown {
  if (Array.isArray(value)) return value.map((item) => mapDeep(item, inner));
  return typeof value === 'object' && value !== null ? inner(value) : (value ?? null);
}

function isMatch(given: unknown, wanted: unknown): boolean {
  if (typeof wanted !== 'object' || wanted === null) return given === wanted;
  return typeof given === 'object' && given !== null && Object.entries(wanted).every(([key, value]) => isMatch((given as Record<string, unknown>)[key], value));
}

const settled = (get: () => unknown): unknown => {
  try {
    return get();
  } catch {
    return null;
  }
};

const FLOURISHES = ['', '', '', ' "quoted"', ' \\ back', ' é 😀', ' \n\t\u0001', ' ]},"id":"x"', ' \u2028'];
const ANYTHING: readonly unknown[] = ['text', 1, true, { id: 'any', title: { a: [1, null, { b: '}' }] } }, [{ __typename: 'Ant' }, []], {}, 0.5];

/** FNV-1a. */
export function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
  value ^= value >>> 15;
  return value >>> 1;
}

