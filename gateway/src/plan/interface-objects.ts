import { getNamedType, isAbstractType, isCompositeType, isInterfaceType, isObjectType, Kind, visit } from 'graphql';
import type { DocumentNode, GraphQLCompositeType, GraphQLNamedType, GraphQLSchema, InterfaceTypeDefinitionNode, OperationDefinitionNode, SelectionNode, SelectionSetNode } from 'graphql';
import { orPlaceholder } from './resolve-conditions.js';

const MARK = 'vss.isInterfaceObject';

/** Notes on the API schema's interfaces which of them some subgraph has as an `@interfaceObject`. */
export function markInterfaceObjects(schema: GraphQLSchema, supergraph: DocumentNode): void {
  const mark = (type: InterfaceTypeDefinitionNode): void => {
    const isObject = (type.directives ?? []).some(({ name, arguments: args }) => name.value === 'join__type' && (args ?? []).some((given) => given.name.value === 'isInterfaceObject' && given.value.kind === Kind.BOOLEAN && given.value.value));
    const shown = schema.getType(type.name.value);
    if (isObject && isInterfaceType(shown)) shown.extensions = { ...shown.extensions, [MARK]: true };
  };
  visit(supergraph, { InterfaceTypeDefinition: (type) => mark(type) });
}

export const isInterfaceObject = (type: GraphQLNamedType): boolean => isInterfaceType(type) && type.extensions[MARK] === true;

/**
 * The planner fails on a fragment on another abstract type inside such an interface ("We should have an edge for
 * __typename"): it stands there as one fragment for each implementation that both types have.
 */
export function writeOutImplementations(schema: GraphQLSchema, operation: OperationDefinitionNode): OperationDefinitionNode {
  const root = schema.getRootType(operation.operation);
  if (!root || !Object.values(schema.getTypeMap()).some(isInterfaceObject)) return operation;
  const set = (given: SelectionSetNode, parent: GraphQLCompositeType): SelectionSetNode => ({ ...given, selections: given.selections.flatMap((one) => selection(one, parent)) });
  const selection = (given: SelectionNode, parent: GraphQLCompositeType): SelectionNode[] => {
    if (given.kind === Kind.FIELD) {
      const field = isObjectType(parent) || isInterfaceType(parent) ? parent.getFields()[given.name.value] : undefined;
      const type = field && getNamedType(field.type);
      return [given.selectionSet && isCompositeType(type) ? { ...given, selectionSet: orPlaceholder(set(given.selectionSet, type)) } : given];
    }
    if (given.kind !== Kind.INLINE_FRAGMENT) return [given];
    const condition = given.typeCondition ? schema.getType(given.typeCondition.name.value) : parent;
    if (!isCompositeType(condition)) return [given];
    const within = (type: GraphQLCompositeType): SelectionNode[] => {
      const inner = set(given.selectionSet, type);
      return inner.selections.length > 0 ? [{ ...given, typeCondition: { kind: Kind.NAMED_TYPE, name: { kind: Kind.NAME, value: type.name } }, selectionSet: inner }] : [];
    };
    // Written out for another implementation than it is for.
    if (isObjectType(parent) && condition !== parent && !(isAbstractType(condition) && schema.isSubType(condition, parent))) return [];
    if (!isInterfaceObject(parent) || !isAbstractType(parent) || !isAbstractType(condition) || condition === parent) return within(condition);
    return schema.getPossibleTypes(condition).filter((type) => schema.isSubType(parent, type)).flatMap(within);
  };
  return { ...operation, selectionSet: set(operation.selectionSet, root) };
}
