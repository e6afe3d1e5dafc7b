import { isCompositeType, isInterfaceType, isObjectType, Kind, type GraphQLCompositeType, type GraphQLSchema, type SelectionNode } from 'graphql';

export const fieldOf = (type: GraphQLCompositeType, name: string) => (isObjectType(type) || isInterfaceType(type) ? type.getFields()[name] : undefined);

/** The type that the fields in a fragment are selected on; `parent` for anything else. */
export function conditionType(schema: GraphQLSchema, selection: SelectionNode, parent: GraphQLCompositeType): GraphQLCompositeType {
  if (selection.kind !== Kind.INLINE_FRAGMENT || !selection.typeCondition) return parent;
  const type = schema.getType(selection.typeCondition.name.value);
  return isCompositeType(type) ? type : parent;
}
