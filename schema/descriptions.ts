import { isTypeDefinitionNode, Kind, visit, type DocumentNode, type FieldDefinitionNode, type TypeDefinitionNode } from 'graphql';

const fieldsOf = (node: TypeDefinitionNode): readonly FieldDefinitionNode[] => (node.kind === Kind.OBJECT_TYPE_DEFINITION ? (node.fields ?? []) : []);
const sizeOf = (node: TypeDefinitionNode): number => (node.kind === Kind.ENUM_TYPE_DEFINITION ? (node.values?.length ?? 0) : fieldsOf(node).length);

/**
 * A type that several subgraphs know is described by its owner, the one that knows most of it: what the others say of
 * their stubs is for the readers of their code. Gives the documents without it.
 */
export function keepOwnersDescriptions(documents: readonly DocumentNode[]): DocumentNode[] {
  const owners = new Map<string, TypeDefinitionNode>();
  for (const node of documents.flatMap(({ definitions }) => definitions).filter(isTypeDefinitionNode)) {
    const owner = owners.get(node.name.value);
    if (!owner || sizeOf(node) > sizeOf(owner)) owners.set(node.name.value, node);
  }
  function undescribed<Node extends TypeDefinitionNode>(node: Node): Node | undefined {
    const owner = owners.get(node.name.value);
    if (!owner || owner === node) return undefined;
    const known = new Set(fieldsOf(owner).map(({ name }) => name.value));
    const fields = fieldsOf(node).map((field) => (known.has(field.name.value) ? { ...field, description: undefined } : field));
    return { ...node, description: undefined, ...(fields.length > 0 && { fields }) };
  }
  return documents.map((document) => visit(document, { ObjectTypeDefinition: undescribed, EnumTypeDefinition: undescribed }));
}
