import { getNamedType, isCompositeType, Kind, type FieldNode, type GraphQLCompositeType, type GraphQLSchema, type OperationDefinitionNode, type SelectionNode, type SelectionSetNode } from 'graphql';
import { orPlaceholder } from '../plan/resolve-conditions.js';
import type { AccessTable, Rule } from './access-table.js';
import { conditionType, fieldOf } from './selection-types.js';

/** One field that this actor may not read. */
export interface DeniedField {
  /** `Query.slots`: the type that it was selected on, and its name. */
  readonly coordinate: string;
  readonly rule: Rule;
}

/** What is left of an operation, and what is not. */
export interface Cut {
  /** What may run, or undefined where nothing of it may. */
  readonly operation: OperationDefinitionNode | undefined;
  readonly denied: readonly DeniedField[];
}

/** The rule for which a field may not be read, where there is one. */
export type DeniedBy = (type: GraphQLCompositeType, field: string) => Rule | undefined;

/** The first of a field's rules that is among the denied ones, by their keys. */
export const deniedBy =
  (access: AccessTable, denied: ReadonlySet<string>): DeniedBy =>
  (type, field) =>
    access.rulesFor(type, field).find((rule) => denied.has(rule.key));

/** Takes every field out of the operation that breaks a rule. The answer's shape puts null and an error in its place. */
export function cutDenied(schema: GraphQLSchema, operation: OperationDefinitionNode, root: GraphQLCompositeType, ruleBroken: DeniedBy): Cut {
  const denied: DeniedField[] = [];
  const cutSet = (set: SelectionSetNode, parent: GraphQLCompositeType): SelectionSetNode => ({ ...set, selections: set.selections.flatMap((selection) => cutSelection(selection, parent)) });

  function cutSelection(selection: SelectionNode, parent: GraphQLCompositeType): SelectionNode[] {
    if (selection.kind === Kind.FIELD) return cutField(selection, parent);
    if (selection.kind !== Kind.INLINE_FRAGMENT) return [selection];
    const selectionSet = cutSet(selection.selectionSet, conditionType(schema, selection, parent));
    return selectionSet.selections.length > 0 ? [{ ...selection, selectionSet }] : [];
  }

  function cutField(node: FieldNode, parent: GraphQLCompositeType): SelectionNode[] {
    const name = node.name.value;
    const field = fieldOf(parent, name);
    if (!field) return [node];
    const rule = ruleBroken(parent, name);
    if (rule) {
      denied.push({ coordinate: `${parent.name}.${name}`, rule });
      return [];
    }
    const type = getNamedType(field.type);
    if (!node.selectionSet || !isCompositeType(type)) return [node];
    return [{ ...node, selectionSet: orPlaceholder(cutSet(node.selectionSet, type)) }];
  }

  const selectionSet = cutSet(operation.selectionSet, root);
  return { operation: unlessEmpty({ ...operation, selectionSet }), denied };
}

/** Its conditions and its rules may have left nothing of an operation. */
export const unlessEmpty = (operation: OperationDefinitionNode): OperationDefinitionNode | undefined => (operation.selectionSet.selections.length > 0 ? operation : undefined);
