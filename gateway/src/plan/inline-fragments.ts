import { Kind, type DocumentNode, type FragmentDefinitionNode, type OperationDefinitionNode, type SelectionNode, type SelectionSetNode } from 'graphql';
import { AppError } from '@vss/runtime';

/** Fragments multiply when they are spread in each other; what comes out may not grow past this. */
const MAX_SELECTIONS = 20_000;

/**
 * The operation with every fragment spread written out, each use with nodes of its own: later passes see one tree, and
 * a node tells where it stands. The document is valid, so no fragment spreads itself.
 */
export function inlineFragments(document: DocumentNode, operation: OperationDefinitionNode): OperationDefinitionNode {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of document.definitions) if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);
  let selections = 0;
  const set = (given: SelectionSetNode): SelectionSetNode => ({ ...given, selections: given.selections.map(selection) });
  const selection = (given: SelectionNode): SelectionNode => {
    if (++selections > MAX_SELECTIONS)
      throw new AppError('BAD_USER_INPUT', `The operation selects more than ${MAX_SELECTIONS} fields once its fragments are written out`, { limit: 'SELECTIONS' });
    if (given.kind !== Kind.FRAGMENT_SPREAD) return given.selectionSet ? { ...given, selectionSet: set(given.selectionSet) } : { ...given };
    const fragment = fragments.get(given.name.value);
    if (!fragment) throw new AppError('BAD_USER_INPUT', `There is no fragment ${given.name.value}`);
    return { kind: Kind.INLINE_FRAGMENT, typeCondition: fragment.typeCondition, directives: given.directives ?? [], selectionSet: set(fragment.selectionSet) };
  };
  return { ...operation, selectionSet: set(operation.selectionSet) };
}
