import { Kind, GraphQLError, type DirectiveNode, type OperationDefinitionNode, type SelectionSetNode } from 'graphql';
import type { QueryPlan } from '@apollo/query-planner';

const isLeftOut = (directives: readonly DirectiveNode[] | undefined): boolean =>
  (directives ?? []).some(({ name, arguments: args }) => {
    const value = args?.find((given) => given.name.value === 'if')?.value;
    return value?.kind === Kind.BOOLEAN && ((name.value === 'skip' && value.value) || (name.value === 'include' && !value.value));
  });

const selectsData = (set: SelectionSetNode): boolean =>
  set.selections.some((selection) => {
    if (isLeftOut(selection.directives)) return false;
    if (selection.kind === Kind.FIELD) return !selection.name.value.startsWith('__') && (!selection.selectionSet || selectsAnything(selection.selectionSet));
    return selection.kind === Kind.INLINE_FRAGMENT && selectsData(selection.selectionSet);
  });

const selectsAnything = (set: SelectionSetNode): boolean => set.selections.some((selection) => !isLeftOut(selection.directives));

/** The planner answers what no subgraph can resolve with an empty plan, which would run as a silent null. */
export function assertPlanned(plan: QueryPlan, operation: OperationDefinitionNode): void {
  if (plan.node || !selectsData(operation.selectionSet)) return;
  throw new GraphQLError('The operation cannot be planned: no subgraph can resolve what it selects', { extensions: { code: 'QUERY_PLANNING_FAILED' } });
}
