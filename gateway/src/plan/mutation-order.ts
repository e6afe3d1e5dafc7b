import { Kind, OperationTypeNode, type FieldNode, type OperationDefinitionNode, type SelectionSetNode } from 'graphql';

/**
 * The planner moves a mutation's fields inside fragments behind those outside, though they have to run in the order they
 * are written in: so they are planned without fragments around them, equal keys together where the first one stands.
 */
export function inWrittenOrder(operation: OperationDefinitionNode): OperationDefinitionNode {
  const { selections } = operation.selectionSet;
  if (operation.operation !== OperationTypeNode.MUTATION || selections.every(({ kind }) => kind === Kind.FIELD)) return operation;
  const byKey = new Map<string, FieldNode>();
  const gather = (set: SelectionSetNode): void => {
    for (const selection of set.selections) {
      if (selection.kind === Kind.INLINE_FRAGMENT) gather(selection.selectionSet);
      if (selection.kind !== Kind.FIELD) continue;
      const key = selection.alias?.value ?? selection.name.value;
      const known = byKey.get(key);
      byKey.set(key, known?.selectionSet && selection.selectionSet ? { ...known, selectionSet: together(known.selectionSet, selection.selectionSet) } : (known ?? selection));
    }
  };
  gather(operation.selectionSet);
  return { ...operation, selectionSet: { ...operation.selectionSet, selections: [...byKey.values()] } };
}

const together = (one: SelectionSetNode, other: SelectionSetNode): SelectionSetNode => ({ ...one, selections: [...one.selections, ...other.selections] });
