import { Kind, type ConstDirectiveNode, type DocumentNode } from 'graphql';
import { StartError } from '@vss/runtime';

/**
 * `@context` and `@fromContext` hand values of a parent down to arguments of its descendants. @apollo/query-planner
 * leaves that to the executor of another product, so it is refused here, by the names that have to be changed.
 */
export function refuseContexts(supergraph: DocumentNode): void {
  const fields = supergraph.definitions.flatMap((type) =>
    type.kind === Kind.OBJECT_TYPE_DEFINITION || type.kind === Kind.INTERFACE_TYPE_DEFINITION
      ? (type.fields ?? []).filter(({ directives }) => directives?.some(takesContext)).map((field) => `${type.name.value}.${field.name.value}`)
      : [],
  );
  if (fields.length > 0) throw new StartError(`@fromContext is not supported, and these fields need it: ${fields.join(', ')}`);
}

const takesContext = ({ name, arguments: given }: ConstDirectiveNode): boolean =>
  name.value === 'join__field' && (given ?? []).some((argument) => argument.name.value === 'contextArguments' && argument.value.kind === Kind.LIST && argument.value.values.length > 0);
