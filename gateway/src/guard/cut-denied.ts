import {
  getDirectiveValues,
  getNamedType,
  GraphQLIncludeDirective,
  GraphQLSkipDirective,
  isAbstractType,
  isCompositeType,
  Kind,
  OperationTypeNode,
  type DirectiveNode,
  type FieldNode,
  type GraphQLCompositeType,
  type GraphQLOutputType,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';
import type { AccessTable, Rule } from './access-table.js';
import { conditionType, fieldOf } from './selection-types.js';

/** One field that this actor may not read. */
export interface DeniedField {
  readonly key: string;
  /** `Query.slots`: the type that it was selected on, and its name. */
  readonly coordinate: string;
  readonly rule: Rule;
  readonly type: GraphQLOutputType;
  /** Names of the object types in which it was selected; undefined where that is every type that can stand there. */
  readonly onTypes: ReadonlySet<string> | undefined;
  /** `@skip` and `@include` on the field and on the fragments around it. */
  readonly conditions: readonly DirectiveNode[];
}

/** Where in the answer something was cut, as a tree over response keys. */
export interface CutLevel {
  readonly denied: DeniedField[];
  readonly children: Map<string, { readonly type: GraphQLOutputType; readonly level: CutLevel }>;
  /** Response keys in the order of the request. */
  readonly order: string[];
}

/** Tells in which object a conditional field was cut; never reaches the client. */
export const TYPE_MARK = 'vss__type';
const MARK: FieldNode = { kind: Kind.FIELD, name: { kind: Kind.NAME, value: '__typename' }, alias: { kind: Kind.NAME, value: TYPE_MARK } };

/** What is left of an operation, and what is not. */
export interface Cut {
  /** What may run, or undefined where nothing of it may. */
  readonly operation: OperationDefinitionNode | undefined;
  readonly cut: CutLevel;
  /** Everything in `cut`, without its places. */
  readonly denied: readonly DeniedField[];
  /** Where the request asks for one of these, nothing of it runs: half of a mutation is worse than none. */
  readonly refusedBy: readonly DeniedField[];
}

/** Takes every field out of the operation that breaks one of the denied rules. */
export function cutDenied(schema: GraphQLSchema, access: AccessTable, operation: OperationDefinitionNode, root: GraphQLCompositeType, denied: ReadonlySet<string>): Cut {
  const cut = newLevel();
  const selectionSet = createCutter(schema, access, denied)(operation.selectionSet, root, cut);
  const isEmpty = selectionSet.selections.every((selection) => selection === MARK);
  return {
    operation: isEmpty ? undefined : { ...operation, selectionSet },
    cut,
    denied: deniedIn(cut),
    refusedBy: operation.operation === OperationTypeNode.QUERY ? [] : cut.denied,
  };
}

const deniedIn = ({ denied, children }: CutLevel): DeniedField[] => [...denied, ...[...children.values()].flatMap(({ level }) => deniedIn(level))];

const newLevel = (): CutLevel => ({ denied: [], children: new Map(), order: [] });

function createCutter(schema: GraphQLSchema, access: AccessTable, denied: ReadonlySet<string>) {
  interface Place {
    readonly parent: GraphQLCompositeType;
    readonly enclosing: GraphQLCompositeType;
    readonly conditions: readonly DirectiveNode[];
    readonly level: CutLevel;
  }
  const cutSet = (set: SelectionSetNode, enclosing: GraphQLCompositeType, level: CutLevel): SelectionSetNode => {
    const selections = cutSelections(set, { parent: enclosing, enclosing, conditions: [], level });
    const isConditional = level.denied.some((field) => field.onTypes);
    return { ...set, selections: selections.length === 0 || isConditional ? [...selections, MARK] : selections };
  };
  const cutSelections = (set: SelectionSetNode, place: Place): SelectionNode[] =>
    set.selections.flatMap((selection): SelectionNode[] => {
      if (selection.kind === Kind.FIELD) return cutField(selection, place);
      if (selection.kind !== Kind.INLINE_FRAGMENT) return [selection];
      const parent = conditionType(schema, selection, place.parent);
      const conditions = [...place.conditions, ...(selection.directives ?? [])];
      const inner = cutSelections(selection.selectionSet, { ...place, parent, conditions });
      return inner.length > 0 ? [{ ...selection, selectionSet: { ...selection.selectionSet, selections: inner } }] : [];
    });
  const cutField = (node: FieldNode, { parent, enclosing, conditions, level }: Place): SelectionNode[] => {
    const key = node.alias?.value ?? node.name.value;
    if (!level.order.includes(key)) level.order.push(key);
    const field = fieldOf(parent, node.name.value);
    if (!field) return [node];
    const broken = access.rulesFor(parent, node.name.value).find((rule) => denied.has(rule.key));
    if (broken) {
      const coordinate = `${parent.name}.${node.name.value}`;
      level.denied.push({ key, coordinate, rule: broken, type: field.type, onTypes: narrowed(schema, parent, enclosing), conditions: [...conditions, ...(node.directives ?? [])] });
      return [];
    }
    const type = getNamedType(field.type);
    if (!node.selectionSet || !isCompositeType(type)) return [node];
    const child = level.children.get(key) ?? { type: field.type, level: newLevel() };
    const selectionSet = cutSet(node.selectionSet, type, child.level);
    if (child.level.denied.length > 0 || child.level.children.size > 0) level.children.set(key, child);
    return [{ ...node, selectionSet }];
  };
  return cutSet;
}

/** The object types that a field's own parent type leaves of those that can stand there. */
function narrowed(schema: GraphQLSchema, parent: GraphQLCompositeType, enclosing: GraphQLCompositeType): ReadonlySet<string> | undefined {
  if (parent === enclosing) return undefined;
  return new Set(isAbstractType(parent) ? schema.getPossibleTypes(parent).map((type) => type.name) : [parent.name]);
}

/** Whether the request wants the field, by its `@skip` and `@include` and those of the fragments around it. */
export const isAsked = ({ conditions }: DeniedField, variables: Record<string, unknown>): boolean => conditions.every((directive) => holds(directive, variables));

function holds(directive: DirectiveNode, variables: Record<string, unknown>): boolean {
  const node = { directives: [directive] };
  if (directive.name.value === 'skip') return getDirectiveValues(GraphQLSkipDirective, node, variables)?.['if'] !== true;
  if (directive.name.value === 'include') return getDirectiveValues(GraphQLIncludeDirective, node, variables)?.['if'] !== false;
  return true;
}
