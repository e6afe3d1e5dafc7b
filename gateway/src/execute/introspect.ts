import { executeSync, Kind, OperationTypeNode, visit, type FieldNode, type GraphQLSchema, type OperationDefinitionNode } from 'graphql';

/** Answers `__schema` or `__type` from what clients see. */
export function introspect(schema: GraphQLSchema, operation: OperationDefinitionNode, field: FieldNode, variables: Readonly<Record<string, unknown>>): unknown {
  const used = new Set<string>();
  visit(field, { Variable: ({ name }) => void used.add(name.value) });
  const definition: OperationDefinitionNode = {
    kind: Kind.OPERATION_DEFINITION,
    operation: OperationTypeNode.QUERY,
    variableDefinitions: (operation.variableDefinitions ?? []).filter(({ variable }) => used.has(variable.name.value)),
    selectionSet: { kind: Kind.SELECTION_SET, selections: [field] },
  };
  const { data, errors } = executeSync({ schema, document: { kind: Kind.DOCUMENT, definitions: [definition] }, variableValues: variables });
  if (errors?.[0]) throw errors[0];
  return data?.[field.alias?.value ?? field.name.value];
}
