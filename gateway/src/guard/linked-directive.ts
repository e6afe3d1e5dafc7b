import { Kind, type ConstDirectiveNode, type ConstValueNode, type DocumentNode } from 'graphql';

export function argumentOf(directive: ConstDirectiveNode, name: string): ConstValueNode | undefined {
  return directive.arguments?.find((given) => given.name.value === name)?.value;
}

/**
 * The name under which a supergraph applies a directive of a specification: `@link` may rename what it imports, and
 * what it does not import goes by the specification's prefix.
 */
export function linkedDirective(supergraph: DocumentNode, specification: string, directive: string): string {
  for (const definition of supergraph.definitions) {
    if (definition.kind !== Kind.SCHEMA_DEFINITION && definition.kind !== Kind.SCHEMA_EXTENSION) continue;
    for (const link of definition.directives ?? []) {
      const url = text(argumentOf(link, 'url'));
      if (link.name.value !== 'link' || !url?.startsWith(specification)) continue;
      const prefix = text(argumentOf(link, 'as')) ?? specification.replace(/\/$/, '').split('/').at(-1);
      return imported(argumentOf(link, 'import'), directive) ?? (prefix === directive ? directive : `${prefix}__${directive}`);
    }
  }
  return directive;
}

/** Whether a supergraph links a specification at all. */
export const isLinked = (supergraph: DocumentNode, specification: string): boolean =>
  supergraph.definitions.some(
    (definition) =>
      (definition.kind === Kind.SCHEMA_DEFINITION || definition.kind === Kind.SCHEMA_EXTENSION) &&
      definition.directives?.some((link) => link.name.value === 'link' && text(argumentOf(link, 'url'))?.startsWith(specification)),
  );

function imported(list: ConstValueNode | undefined, directive: string): string | undefined {
  if (list?.kind !== Kind.LIST) return undefined;
  for (const one of list.values) {
    const field = (key: string): string | undefined => (one.kind === Kind.OBJECT ? text(one.fields.find(({ name }) => name.value === key)?.value) : undefined);
    const name = text(one) ?? field('name');
    if (name === `@${directive}`) return (field('as') ?? name).slice(1);
  }
  return undefined;
}

const text = (value: ConstValueNode | undefined): string | undefined => (value?.kind === Kind.STRING ? value.value : undefined);
