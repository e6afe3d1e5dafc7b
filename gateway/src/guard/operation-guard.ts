import {
  getNamedType,
  getNullableType,
  isAbstractType,
  isCompositeType,
  isInterfaceType,
  isListType,
  isNonNullType,
  isObjectType,
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
import { denial, isAllowed, type Actor } from '@vss/auth';
import type { AccessTable, Rule } from './access-table.js';

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

export interface GuardedOperation {
  /** What may run, or undefined where nothing of it may. */
  readonly operation: OperationDefinitionNode | undefined;
  readonly cut: CutLevel | undefined;
  /** Everything in `cut`, without its places. */
  readonly denied: readonly DeniedField[];
  /** Equal for actors who get the same operation. */
  readonly verdict: string;
}

export interface OperationGuard {
  check(actor: Actor): GuardedOperation;
}

/** Tells in which object a conditional field was cut; never reaches the client. */
export const TYPE_MARK = 'vss__type';
const MARK: FieldNode = { kind: Kind.FIELD, name: { kind: Kind.NAME, value: '__typename' }, alias: { kind: Kind.NAME, value: TYPE_MARK } };
const MAX_VERDICTS = 64;

/**
 * Evaluates the access rules on an operation (fragments written out) before it is planned: a denied field is cut, so
 * that no subgraph is ever asked for it. The rules of the operation are collected once, so that the check of a known
 * operation costs a few look-ups in the actor's grants.
 */
export function createOperationGuard(schema: GraphQLSchema, access: AccessTable, operation: OperationDefinitionNode): OperationGuard {
  const root = rootType(schema, operation);
  const rules = root ? [...collectRules(schema, access, operation.selectionSet, root, new Map()).values()] : [];
  const verdicts = new Map<string, GuardedOperation>();
  return {
    check(actor) {
      const denied = rules.filter((rule) => !isAllowed(actor, rule.permission, rule.scope));
      const verdict = denied.map((rule) => rule.key).join(' ');
      let known = verdicts.get(verdict);
      if (!known) {
        if (verdicts.size >= MAX_VERDICTS) verdicts.clear();
        known = root && denied.length > 0 ? cutDenied(schema, access, operation, root, new Set(denied.map((rule) => rule.key)), verdict) : { operation, cut: undefined, denied: [], verdict };
        verdicts.set(verdict, known);
      }
      return known;
    },
  };
}

export const denialOf = (actor: Actor, field: DeniedField) => denial(actor, field.rule.permission);

const rootType = (schema: GraphQLSchema, operation: OperationDefinitionNode) => schema.getRootType(operation.operation) ?? undefined;

const fieldOf = (type: GraphQLCompositeType, name: string) => (isObjectType(type) || isInterfaceType(type) ? type.getFields()[name] : undefined);

function conditionType(schema: GraphQLSchema, selection: SelectionNode, parent: GraphQLCompositeType): GraphQLCompositeType {
  if (selection.kind !== Kind.INLINE_FRAGMENT || !selection.typeCondition) return parent;
  const type = schema.getType(selection.typeCondition.name.value);
  return isCompositeType(type) ? type : parent;
}

function collectRules(schema: GraphQLSchema, access: AccessTable, set: SelectionSetNode, parent: GraphQLCompositeType, found: Map<string, Rule>): Map<string, Rule> {
  for (const selection of set.selections) {
    if (selection.kind === Kind.INLINE_FRAGMENT) collectRules(schema, access, selection.selectionSet, conditionType(schema, selection, parent), found);
    if (selection.kind !== Kind.FIELD) continue;
    const field = fieldOf(parent, selection.name.value);
    if (!field) continue;
    for (const rule of access.rulesFor(parent, selection.name.value)) found.set(rule.key, rule);
    const type = getNamedType(field.type);
    if (selection.selectionSet && isCompositeType(type)) collectRules(schema, access, selection.selectionSet, type, found);
  }
  return found;
}

function cutDenied(schema: GraphQLSchema, access: AccessTable, operation: OperationDefinitionNode, root: GraphQLCompositeType, denied: ReadonlySet<string>, verdict: string): GuardedOperation {
  const cut = newLevel();
  const cutter = createCutter(schema, access, denied);
  const selectionSet = cutter(operation.selectionSet, root, cut);
  // Half of a mutation is worse than none: where one of its fields is denied nothing of it runs.
  const isRefused = cut.denied.length > 0 && operation.operation !== OperationTypeNode.QUERY;
  const isEmpty = selectionSet.selections.every((selection) => selection === MARK);
  return { operation: isRefused || isEmpty ? undefined : { ...operation, selectionSet }, cut, denied: deniedIn(cut), verdict };
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

/** The item type of a list, or undefined. */
export const itemType = (type: GraphQLOutputType): GraphQLOutputType | undefined => {
  const nullable = getNullableType(type);
  return isListType(nullable) ? nullable.ofType : undefined;
};

export const isRequired = (type: GraphQLOutputType): boolean => isNonNullType(type);
