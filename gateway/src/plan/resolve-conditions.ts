import { getDirectiveValues, GraphQLIncludeDirective, GraphQLSkipDirective, Kind, visit, type DirectiveNode, type OperationDefinitionNode, type SelectionNode, type SelectionSetNode } from 'graphql';
import { placeholder } from './internal-aliases.js';

type Values = Readonly<Record<string, unknown>>;

const isCondition = ({ name }: DirectiveNode): boolean => name.value === 'skip' || name.value === 'include';

/** Names of the variables that a `@skip` or `@include` of the operation (fragments written out) looks at. */
export function conditionVariables(operation: OperationDefinitionNode): readonly string[] {
  const names = new Set<string>();
  visit(operation, {
    Directive(directive) {
      if (!isCondition(directive)) return;
      for (const { value } of directive.arguments ?? []) if (value.kind === Kind.VARIABLE) names.add(value.name.value);
    },
  });
  return [...names];
}

/**
 * The operation as these values of its conditions leave it, without `@skip` and `@include`: what follows (guard, planner,
 * executors) knows no conditions. An object of which nothing is left gets a placeholder, since it is there all the same.
 */
export function resolveConditions(operation: OperationDefinitionNode, values: Values): OperationDefinitionNode {
  let isChanged = false;
  const asked = (directives: readonly DirectiveNode[] | undefined): boolean => {
    const node = { directives: directives ?? [] };
    return getDirectiveValues(GraphQLSkipDirective, node, values)?.['if'] !== true && getDirectiveValues(GraphQLIncludeDirective, node, values)?.['if'] !== false;
  };
  const selection = (given: SelectionNode): SelectionNode[] => {
    const hasCondition = given.directives?.some(isCondition) ?? false;
    if (hasCondition) isChanged = true;
    if (hasCondition && !asked(given.directives)) return [];
    const directives = hasCondition ? (given.directives ?? []).filter((directive) => !isCondition(directive)) : given.directives;
    // What introspection nests is executed by graphql-js, which knows conditions.
    if (given.kind === Kind.FIELD && given.name.value.startsWith('__')) return [{ ...given, directives }];
    if (given.kind === Kind.FIELD) return [{ ...given, directives, ...(given.selectionSet ? { selectionSet: orPlaceholder(set(given.selectionSet)) } : {}) }];
    if (given.kind !== Kind.INLINE_FRAGMENT) return [given];
    const inner = set(given.selectionSet);
    return inner.selections.length > 0 ? [{ ...given, directives, selectionSet: inner }] : [];
  };
  const set = (given: SelectionSetNode): SelectionSetNode => ({ ...given, selections: given.selections.flatMap(selection) });
  const resolved = { ...operation, selectionSet: set(operation.selectionSet) };
  return isChanged ? resolved : operation;
}

/** No selection may be empty. */
export const orPlaceholder = (set: SelectionSetNode): SelectionSetNode => (set.selections.length > 0 ? set : { ...set, selections: [placeholder] });
