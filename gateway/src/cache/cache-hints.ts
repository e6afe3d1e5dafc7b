import { getNamedType, isAbstractType, isCompositeType, isInterfaceType, isObjectType, isTypeDefinitionNode, Kind, OperationTypeNode, type ConstDirectiveNode, type DocumentNode, type GraphQLCompositeType, type GraphQLSchema, type OperationDefinitionNode, type SelectionSetNode } from 'graphql';
import { argumentOf, linkedDirective } from '../guard/linked-directive.js';
import { conditionType, fieldOf } from '../guard/selection-types.js';

/** How long an answer may be kept, and whether it is its reader's own. */
export interface CachePolicy {
  readonly maxAgeS: number;
  readonly isPrivate: boolean;
}

interface Hint {
  readonly maxAgeS: number | undefined;
  readonly isPrivate: boolean;
  /** The age of the field around it. */
  readonly inherits: boolean;
}

/** What the supergraph's `@cacheControl` directives allow. */
export interface CacheHints {
  /** Of a query every part of which may be kept; undefined for all others. */
  policyOf(operation: OperationDefinitionNode): CachePolicy | undefined;
}

const SPECIFICATION = 'https://specs.vss.dev/cache/';

/**
 * `@cacheControl(maxAge: Int, scope: PUBLIC | PRIVATE, inheritMaxAge: Boolean)` on fields and types, composed by
 * `@composeDirective`, with the meaning that Apollo Server gave it: the answer is as old as its shortest-lived part may
 * be; a root field, and a field that gives an object, without a hint of its own or of its type may not be kept at all;
 * a leaf lives as long as its object. A part that is PRIVATE makes the whole so.
 */
export function readCacheHints(supergraph: DocumentNode, schema: GraphQLSchema): CacheHints {
  const directive = linkedDirective(supergraph, SPECIFICATION, 'cacheControl');
  const hints = new Map<string, Hint>();
  const read = (at: string, directives: readonly ConstDirectiveNode[] | undefined): void => {
    const found = directives?.find(({ name }) => name.value === directive);
    if (found) hints.set(at, hintFrom(found));
  };
  for (const type of supergraph.definitions) {
    if (!isTypeDefinitionNode(type)) continue;
    read(type.name.value, type.directives);
    if (type.kind !== Kind.OBJECT_TYPE_DEFINITION && type.kind !== Kind.INTERFACE_TYPE_DEFINITION) continue;
    for (const field of type.fields ?? []) read(`${type.name.value}.${field.name.value}`, field.directives);
  }

  /** Every hint that holds for a field or a type: an abstract type has those of all that can stand there. */
  const hintsOn = (type: GraphQLCompositeType, field?: string): Hint[] => {
    const names = [type.name, ...(isAbstractType(type) ? schema.getPossibleTypes(type).map(({ name }) => name) : []), ...(isObjectType(type) || isInterfaceType(type) ? type.getInterfaces().map(({ name }) => name) : [])];
    return names.flatMap((name) => hints.get(field ? `${name}.${field}` : name) ?? []);
  };

  function narrow(set: SelectionSetNode, parent: GraphQLCompositeType, around: CachePolicy, isRoot: boolean): CachePolicy {
    let policy = around;
    for (const selection of set.selections) {
      if (policy.maxAgeS <= 0) return policy;
      if (selection.kind === Kind.INLINE_FRAGMENT) policy = both(policy, narrow(selection.selectionSet, conditionType(schema, selection, parent), around, isRoot));
      if (selection.kind !== Kind.FIELD || selection.name.value === '__typename') continue;
      const field = fieldOf(parent, selection.name.value);
      // Introspection asks for what the next supergraph may change.
      if (!field) return NEVER;
      const type = getNamedType(field.type);
      const found = [...hintsOn(parent, field.name), ...(isCompositeType(type) ? hintsOn(type) : [])];
      const ages = found.flatMap(({ maxAgeS }) => maxAgeS ?? []);
      const isOwnAge = (isRoot || isCompositeType(type)) && !found.some(({ inherits }) => inherits);
      const own = { maxAgeS: ages.length > 0 ? Math.min(...ages) : isOwnAge ? 0 : around.maxAgeS, isPrivate: found.some(({ isPrivate }) => isPrivate) };
      policy = both(policy, own);
      if (selection.selectionSet && isCompositeType(type)) policy = both(policy, narrow(selection.selectionSet, type, policy, false));
    }
    return policy;
  }

  return {
    policyOf(operation) {
      const root = schema.getQueryType();
      if (hints.size === 0 || !root || operation.operation !== OperationTypeNode.QUERY) return undefined;
      const policy = narrow(operation.selectionSet, root, { maxAgeS: Infinity, isPrivate: false }, true);
      return policy.maxAgeS > 0 && Number.isFinite(policy.maxAgeS) ? policy : undefined;
    },
  };
}

const NEVER: CachePolicy = { maxAgeS: 0, isPrivate: true };
const both = (a: CachePolicy, b: CachePolicy): CachePolicy => ({ maxAgeS: Math.min(a.maxAgeS, b.maxAgeS), isPrivate: a.isPrivate || b.isPrivate });

function hintFrom(directive: ConstDirectiveNode): Hint {
  const [maxAge, scope, inherits] = ['maxAge', 'scope', 'inheritMaxAge'].map((name) => argumentOf(directive, name));
  return {
    maxAgeS: maxAge?.kind === Kind.INT ? Number(maxAge.value) : undefined,
    isPrivate: scope?.kind === Kind.ENUM && scope.value === 'PRIVATE',
    inherits: inherits?.kind === Kind.BOOLEAN && inherits.value,
  };
}
