import { Kind, visit, type ConstDirectiveNode, type DocumentNode, type InterfaceTypeDefinitionNode, type ObjectTypeDefinitionNode } from 'graphql';

type Keyed = ObjectTypeDefinitionNode | InterfaceTypeDefinitionNode;

const argument = (directive: ConstDirectiveNode, name: string) => directive.arguments?.find((given) => given.name.value === name)?.value;

const isUnresolvable = (directive: ConstDirectiveNode): boolean => {
  const value = argument(directive, 'resolvable');
  return value?.kind === Kind.BOOLEAN && !value.value;
};

function withoutUselessKeys(type: Keyed): Keyed | undefined {
  const joins = (type.directives ?? []).filter((directive) => directive.name.value === 'join__type');
  const graphOf = (directive: ConstDirectiveNode): string => {
    const value = argument(directive, 'graph');
    return value?.kind === Kind.ENUM ? value.value : '';
  };
  const resolvableIn = new Set(joins.filter((join) => argument(join, 'key') && !isUnresolvable(join)).map(graphOf));
  const useless = new Set(joins.filter((join) => isUnresolvable(join) && resolvableIn.has(graphOf(join))));
  if (useless.size === 0) return undefined;
  return { ...type, directives: (type.directives ?? []).filter((directive) => !useless.has(directive)) };
}

/**
 * The planner may enter a subgraph again by a key that the subgraph declared `resolvable: false`, and gets nulls for it.
 * Where the type has a resolvable key in the same subgraph the other one serves nothing, so it is taken out.
 */
export const dropNonResolvableKeys = (supergraph: DocumentNode): DocumentNode =>
  visit(supergraph, { ObjectTypeDefinition: withoutUselessKeys, InterfaceTypeDefinition: withoutUselessKeys });
