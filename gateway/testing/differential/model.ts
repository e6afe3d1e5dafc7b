/**
 * One graph, as a whole and as it is cut into subgraphs. The generator makes it; SDL, data and reports are derived from
 * it, so that the federated graph and the monolith cannot disagree by accident.
 */

/** List and non-null wrappers around `*`, such as `[*!]!`. */
export const WRAPS = ['*', '*!', '[*]', '[*!]', '[*]!', '[*!]!', '[[*]]', '[[*!]!]!'] as const;
export type Wrap = (typeof WRAPS)[number];

export const SCALARS = ['String', 'Int', 'Float', 'Boolean', 'ID', 'Any'] as const;

export interface ArgumentModel {
  readonly name: string;
  /** Type and default as in SDL: `Int = 3`. */
  readonly sdl: string;
  /** Literals that may be given, the last of them only where null is allowed. */
  readonly literals: readonly string[];
  readonly isRequired: boolean;
}

export interface FieldModel {
  readonly name: string;
  readonly type: string;
  readonly wrap: Wrap;
  readonly arguments: readonly ArgumentModel[];
  /** Subgraphs that answer it. More than one: it is shareable. */
  owners: string[];
  /** Marked so though it has one owner: another subgraph provides it on some path. */
  isShareable?: boolean;
  /** Marked so where it is provided or required. */
  readonly externalIn: Set<string>;
  /** The field set that its only owner needs. */
  requires?: string;
  /** On a field that gives an entity: what its owner provides of that. */
  provides?: string;
  /** The subgraph that used to answer it; its answer differs as far as the override is total. */
  override?: { readonly from: string; readonly label?: string };
  isInaccessible?: boolean;
  /** A subgraph that declares it nullable though it is not elsewhere. */
  looseIn?: string;
  /** An interface declares it nullable though its implementations do not. */
  isLooseAbove?: boolean;
  /** Some `@requires` selects it, so that a failure of it would not stay where it is. */
  isRequired?: boolean;
}

export interface EntityModel {
  readonly kind: 'entity';
  readonly name: string;
  /** Field sets; the first is in every subgraph that has the type. */
  readonly keys: readonly string[];
  readonly keyFields: readonly FieldModel[];
  /** Has every key. */
  readonly main: string;
  /** Subgraphs that answer fields of it, with the number of keys that it may be entered by there. */
  readonly homes: Map<string, number>;
  /** Homes that declare the other keys too, as not resolvable. */
  readonly unresolvableIn: Set<string>;
  readonly fields: FieldModel[];
  readonly rows: number;
}

export interface ValueModel {
  readonly kind: 'value';
  readonly name: string;
  readonly fields: FieldModel[];
}

export interface InterfaceModel {
  readonly kind: 'interface';
  readonly name: string;
  readonly members: readonly string[];
  /** Replicated in every member, in the same subgraphs. The first is in every subgraph that has the interface. */
  readonly fields: FieldModel[];
  /** Has it and can be entered by each member. */
  readonly home: string;
  /** Implemented by value types, wherever they are. */
  readonly isOfValues?: boolean;
  /** Where it is an entity of its own: with a key in its home, an `@interfaceObject` in this subgraph. */
  readonly object?: { readonly subgraph: string; readonly fields: FieldModel[] };
}

export interface UnionModel {
  readonly kind: 'union';
  readonly name: string;
  readonly members: readonly string[];
}

export type TypeModel = EntityModel | ValueModel | InterfaceModel | UnionModel;

export interface Model {
  readonly subgraphs: readonly string[];
  readonly types: ReadonlyMap<string, TypeModel>;
  readonly queries: readonly FieldModel[];
  readonly mutations: readonly FieldModel[];
  readonly faults: readonly Fault[];
}

/** Something that goes wrong in the data, in every row or in half of them. */
export interface Fault {
  readonly kind: 'null' | 'error' | 'nullItem' | 'missing' | 'hidden';
  /** `Type.field`, or for `missing` `Type@subgraph`. */
  readonly at: string;
  readonly isEverywhere: boolean;
}

export const isNonNull = (wrap: Wrap): boolean => wrap.endsWith('!');

export const fieldsOf = (type: TypeModel | undefined): readonly FieldModel[] => {
  if (!type || type.kind === 'union') return [];
  if (type.kind === 'entity') return [...type.keyFields, ...type.fields];
  return type.kind === 'interface' ? [...type.fields, ...(type.object?.fields ?? [])] : type.fields;
};

export const interfacesOf = (model: Pick<Model, 'types'>, name: string, subgraph?: string): InterfaceModel[] =>
  [...model.types.values()].filter((type): type is InterfaceModel => type.kind === 'interface' && (subgraph ? membersIn(type, subgraph) : type.members).includes(name));

/** Those of an abstract type's members that a subgraph knows as such; the first always. */
export function membersIn(type: InterfaceModel | UnionModel, subgraph: string): readonly string[] {
  const isWhole = type.kind === 'interface' && (type.isOfValues || type.object || type.home === subgraph || type.fields.some(({ owners }, index) => index > 0 && owners.includes(subgraph)));
  return isWhole ? type.members : type.members.filter((name, index) => index === 0 || (name.charCodeAt(0) + subgraph.charCodeAt(0) + type.members.length) % 3 !== 0);
}

/** Concrete types behind a name. */
export const concreteOf = (model: Pick<Model, 'types'>, name: string): readonly string[] => {
  const type = model.types.get(name);
  return type?.kind === 'interface' || type?.kind === 'union' ? type.members : [name];
};

/** The field as the API schema has it on that type, its own or an interface's. */
export function findField(model: Model, typeName: string, fieldName: string): FieldModel | undefined {
  if (typeName === 'Query') return model.queries.find(({ name }) => name === fieldName);
  if (typeName === 'Mutation') return model.mutations.find(({ name }) => name === fieldName);
  const own = fieldsOf(model.types.get(typeName)).find(({ name }) => name === fieldName);
  return own ?? interfacesOf(model, typeName).flatMap(fieldsOf).find(({ name }) => name === fieldName);
}
