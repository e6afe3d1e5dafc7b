import type { PlanNode, QueryPlan } from '@apollo/query-planner';
import { getNamedType, isInterfaceType, isObjectType, Kind, parse, type ConstDirectiveNode, type DocumentNode, type GraphQLNamedType, type GraphQLSchema, type SelectionSetNode } from 'graphql';
import { unplannable } from './unplannable.js';

/** What a subgraph may not be asked for as it is. */
interface Foreign {
  /** `Type.field` of what is `@external` in it and part of no key. */
  readonly fields: Set<string>;
  /** `Type.field` → what it requires, less what is part of a key. */
  readonly requiring: Map<string, readonly string[]>;
  /** Field → names that it provides below itself. */
  readonly providing: Map<string, readonly string[]>;
}
/** By subgraph. */
export type ForeignFields = ReadonlyMap<string, Foreign>;

const textOf = ({ arguments: args }: ConstDirectiveNode, name: string): string => {
  const value = args?.find((given) => given.name.value === name)?.value;
  return value?.kind === Kind.STRING || value?.kind === Kind.ENUM ? value.value : value?.kind === Kind.BOOLEAN && value.value ? 'true' : '';
};

export function readForeignFields(supergraph: DocumentNode): ForeignFields {
  const names = new Map<string, string>();
  const external = new Map<string, Foreign>();
  const foreignIn = (graph: string): Foreign => external.get(graph) ?? external.set(graph, { fields: new Set(), requiring: new Map(), providing: new Map() }).get(graph) ?? NONE;
  /** Graph → words of its keys: what is named there may be asked for. */
  const offered = new Map<string, string>();
  const offer = (graph: string, fieldSet: string): void => void (fieldSet && offered.set(graph, `${offered.get(graph) ?? ''} ${fieldSet}`));
  for (const type of supergraph.definitions) {
    if (type.kind === Kind.ENUM_TYPE_DEFINITION && type.name.value === 'join__Graph')
      for (const { name, directives } of type.values ?? []) for (const directive of directives ?? []) names.set(name.value, textOf(directive, 'name'));
    if (type.kind !== Kind.OBJECT_TYPE_DEFINITION && type.kind !== Kind.INTERFACE_TYPE_DEFINITION) continue;
    for (const directive of type.directives ?? []) offer(textOf(directive, 'graph'), textOf(directive, 'key'));
    for (const field of type.fields ?? [])
      for (const directive of field.directives ?? []) {
        const graph = textOf(directive, 'graph');
        const provided = textOf(directive, 'provides').match(/\w+/g) ?? [];
        if (provided.length > 0) foreignIn(graph).providing.set(field.name.value, [...(foreignIn(graph).providing.get(field.name.value) ?? []), ...provided]);
        const coordinate = `${type.name.value}.${field.name.value}`;
        if (textOf(directive, 'external')) foreignIn(graph).fields.add(coordinate);
        if (textOf(directive, 'requires')) foreignIn(graph).requiring.set(coordinate, namesIn(textOf(directive, 'requires')));
      }
  }
  const isForeign = (graph: string, name: string): boolean => !new RegExp(`\\b${name}\\b`).test(offered.get(graph) ?? '');
  return new Map(
    [...external].map(([graph, { fields, requiring, providing }]) => [
      names.get(graph) ?? graph,
      {
        fields: new Set([...fields].filter((coordinate) => isForeign(graph, coordinate.slice(coordinate.indexOf('.') + 1)))),
        requiring: new Map([...requiring].map(([coordinate, required]) => [coordinate, required.filter((name) => isForeign(graph, name))])),
        providing,
      },
    ]),
  );
}

const NONE: Foreign = { fields: new Set(), requiring: new Map(), providing: new Map() };

/** Names at the top of a field set. */
function namesIn(fieldSet: string): string[] {
  const [operation] = parse(`{${fieldSet}}`, { noLocation: true }).definitions;
  return operation?.kind === Kind.OPERATION_DEFINITION ? operation.selectionSet.selections.flatMap((selection) => (selection.kind === Kind.FIELD ? [selection.name.value] : [])) : [];
}

/**
 * Where a field requires one that itself requires others, the planner may ask a subgraph for what is `@external` in it, or
 * for a field without giving what that requires. Either feeds the field with whatever comes: such a plan is refused.
 */
export function assertOwnFields(node: QueryPlan['node'], foreign: ForeignFields, schema: GraphQLSchema): void {
  if (!node || foreign.size === 0) return;
  for (const fetch of fetchesOf(node)) {
    const known = foreign.get(fetch.serviceName);
    if (!known) continue;
    const given = new Set((fetch.requires ?? []).flatMap((input) => (input.kind === 'InlineFragment' ? input.selections.flatMap((field) => (field.kind === 'Field' ? [field.name] : [])) : [])));
    // Of the entities the representations give something, of what is below a field that field may provide something.
    const walk = (set: SelectionSetNode, type: GraphQLNamedType | undefined, known: Foreign, had: ReadonlySet<string>, provided: ReadonlySet<string>): void => {
      for (const selection of set.selections) {
        if (selection.kind === Kind.INLINE_FRAGMENT) walk(selection.selectionSet, selection.typeCondition ? schema.getType(selection.typeCondition.name.value) : type, known, had, provided);
        if (selection.kind !== Kind.FIELD) continue;
        const name = selection.name.value;
        const coordinate = `${type?.name}.${name}`;
        if (known.fields.has(coordinate) && !provided.has(name)) throw unplannable(`the planner asks ${fetch.serviceName} for ${coordinate}, which it does not have`);
        const missing = known.requiring.get(coordinate)?.find((required) => !had.has(required) && !provided.has(required));
        if (missing) throw unplannable(`the planner asks ${fetch.serviceName} for ${coordinate} without the ${missing} that it requires`);
        const field = isObjectType(type) || isInterfaceType(type) ? type.getFields()[name] : undefined;
        if (selection.selectionSet) walk(selection.selectionSet, field && getNamedType(field.type), known, name === '_entities' ? given : NOTHING, below(provided, known.providing.get(name)));
      }
    };
    for (const definition of parse(fetch.operation, { noLocation: true }).definitions) if (definition.kind === Kind.OPERATION_DEFINITION) walk(definition.selectionSet, schema.getRootType(definition.operation) ?? undefined, known, NOTHING, NOTHING);
  }
}

const NOTHING: ReadonlySet<string> = new Set();
const below = (provided: ReadonlySet<string>, more: readonly string[] | undefined): ReadonlySet<string> => (more ? new Set([...provided, ...more]) : provided);

type Fetch = PlanNode & { kind: 'Fetch' };

function fetchesOf(node: NonNullable<QueryPlan['node']>): Fetch[] {
  if (node.kind === 'Fetch') return [node];
  if (node.kind === 'Sequence' || node.kind === 'Parallel') return node.nodes.flatMap(fetchesOf);
  if (node.kind === 'Flatten') return fetchesOf(node.node);
  if (node.kind === 'Subscription') return [node.primary, ...(node.rest ? fetchesOf(node.rest) : [])];
  // No plan has others: conditions are resolved before, and `@defer` is refused.
  return [];
}
