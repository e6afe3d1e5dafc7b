import { Kind, visit, type DocumentNode, type FieldDefinitionNode, type TypeDefinitionNode } from 'graphql';

const isType = (node: { kind: string }): node is TypeDefinitionNode => node.kind === Kind.OBJECT_TYPE_DEFINITION || node.kind === Kind.ENUM_TYPE_DEFINITION;
const sizeOf = (node: TypeDefinitionNode): number => ('fields' in node ? (node.fields?.length ?? 0) : 'values' in node ? (node.values?.length ?? 0) : 0);

/**
 * A type that several subgraphs know is described by its owner, the one that knows most of it: what the others say of
 * their stubs is for the readers of their code. Gives the documents without it.
 */
export function keepOwnersDescriptions(documents: readonly DocumentNode[]): DocumentNode[] {
  const owners = new Map<string, TypeDefinitionNode>();
  for (const node of documents.flatMap(({ definitions }) => definitions).filter(isType)) {
    const owner = owners.get(node.name.value);
    if (!owner || sizeOf(node) > sizeOf(owner)) owners.set(node.name.value, node);
  }
  const described = (owner: TypeDefinitionNode): Set<string> => new Set('fields' in owner ? owner.fields?.map(({ name }) => name.value) : []);
  const strip = (node: TypeDefinitionNode): TypeDefinitionNode | undefined => {
    const owner = owners.get(node.name.value);
    if (!owner || owner === node) return undefined;
    const known = described(owner);
    const { description: _, ...rest } = node;
    if (!('fields' in rest) || !rest.fields) return rest as TypeDefinitionNode;
    return { ...rest, fields: (rest.fields as readonly FieldDefinitionNode[]).map((field) => (known.has(field.name.value) ? withoutDescription(field) : field)) } as TypeDefinitionNode;
  };
  return documents.map((document) => visit(document, { ObjectTypeDefinition: strip, EnumTypeDefinition: strip }));
}

function withoutDescription({ description: _, ...field }: FieldDefinitionNode): FieldDefinitionNode {
  return field;
}
