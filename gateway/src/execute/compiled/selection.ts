import { getNamedType, isObjectType, Kind, parse, type GraphQLObjectType, type GraphQLOutputType, type GraphQLSchema, type SelectionNode, type SelectionSetNode } from 'graphql';
import type { FetchNode } from '@apollo/query-planner';

/** Thrown where the compiled path does not know a construct; the plain path runs such an operation. */
export class NotCompilable extends Error {}

/** Each character of a key becomes a comparison: an alias of a megabyte would cost seconds, for one request. */
const MOST_IN_KEY = 256;

/** The fields of one object of a subgraph's answer, in the order in which they come. */
export interface Selection {
  readonly type: GraphQLObjectType;
  readonly fields: ReadonlyMap<string, SelectedField>;
}

export interface SelectedField {
  readonly key: string;
  readonly name: string;
  /** Undefined for `__typename`. */
  readonly type: GraphQLOutputType | undefined;
  /** Undefined for leaves. */
  readonly inner: Selection | undefined;
}

/** What the answer to a fetch looks like: the data of a root fetch, or one of its entities. */
export function selectionOf(schema: GraphQLSchema, fetch: FetchNode): Selection {
  const document = parse(fetch.operation, { noLocation: true });
  const [operation] = document.definitions;
  if (document.definitions.length !== 1 || operation?.kind !== Kind.OPERATION_DEFINITION) throw new NotCompilable('fragments in a fetch');
  if (!fetch.requires) {
    const root = schema.getRootType(operation.operation);
    if (!root) throw new NotCompilable('no root type');
    return collect(schema, root, [operation.selectionSet]);
  }
  const [entities] = operation.selectionSet.selections;
  if (entities?.kind !== Kind.FIELD || !entities.selectionSet) throw new NotCompilable('a fetch of no entities');
  return collect(schema, entityType(schema, entities.selectionSet.selections), [entities.selectionSet]);
}

/** The one type that the entities of a fetch have. */
function entityType(schema: GraphQLSchema, selections: readonly SelectionNode[]): GraphQLObjectType {
  const names = new Set(selections.map((selection) => (selection.kind === Kind.INLINE_FRAGMENT ? selection.typeCondition?.name.value : undefined)));
  const [name] = names;
  const type = name && names.size === 1 ? schema.getType(name) : undefined;
  if (!isObjectType(type)) throw new NotCompilable('entities of several types');
  return type;
}

function collect(schema: GraphQLSchema, type: GraphQLObjectType, sets: readonly SelectionSetNode[]): Selection {
  const byKey = new Map<string, { name: string; sets: SelectionSetNode[] }>();
  const gather = (set: SelectionSetNode): void => {
    for (const selection of set.selections) {
      if (selection.directives && selection.directives.length > 0) throw new NotCompilable('directives in a fetch');
      if (selection.kind === Kind.FRAGMENT_SPREAD) throw new NotCompilable('fragments in a fetch');
      if (selection.kind === Kind.INLINE_FRAGMENT) {
        if (selection.typeCondition && selection.typeCondition.name.value !== type.name) throw new NotCompilable('a type condition');
        gather(selection.selectionSet);
        continue;
      }
      const key = selection.alias?.value ?? selection.name.value;
      if (key.length > MOST_IN_KEY) throw new NotCompilable('a long alias');
      const found = byKey.get(key) ?? { name: selection.name.value, sets: [] };
      byKey.set(key, found);
      if (selection.selectionSet) found.sets.push(selection.selectionSet);
    }
  };
  for (const set of sets) gather(set);
  const fields = [...byKey].map(([key, { name, sets: inner }]): [string, SelectedField] => {
    if (name === '__typename') return [key, { key, name, type: undefined, inner: undefined }];
    const fieldType = type.getFields()[name]?.type;
    if (!fieldType) throw new NotCompilable(`the unknown field ${type.name}.${name}`);
    return [key, { key, name, type: fieldType, inner: inner.length > 0 ? collect(schema, concrete(fieldType), inner) : undefined }];
  });
  return { type, fields: new Map(fields) };
}

function concrete(type: GraphQLOutputType): GraphQLObjectType {
  const named = getNamedType(type);
  if (!isObjectType(named)) throw new NotCompilable(`the abstract type ${String(named)}`);
  return named;
}
