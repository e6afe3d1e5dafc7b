import { CriticalityLevel, diff, type Change } from '@graphql-inspector/core';
import { isEnumType, isInputObjectType, isInterfaceType, isObjectType, isRequiredArgument, isRequiredInputField, type GraphQLSchema } from 'graphql';

/** One difference between two schemas, as a client meets it. */
export interface Difference {
  /** BREAKING: an operation that was right may fail. DANGEROUS: it is still right, and may mean something else. */
  readonly level: 'BREAKING' | 'DANGEROUS' | 'SAFE';
  /** `FIELD_REMOVED`, `ENUM_VALUE_ADDED`, …; the list is GraphQL Inspector's. */
  readonly type: string;
  /** `Call`, `Call.status`, `Query.calls(first:)`; `Call & Node` for an interface, `Party | User` for a union's member. */
  readonly coordinate: string;
  readonly message: string;
}

/**
 * What differs for clients. GraphQL Inspector compares, because graphql-js tells neither where a change is, but in
 * prose, nor of a root type that is gone, an input that became `@oneOf`, or an input field's default.
 */
export async function differences(before: GraphQLSchema, after: GraphQLSchema): Promise<Difference[]> {
  const changes = await diff(before, after);
  return changes.filter(isForClients).map((change) => ({
    level: takesDefaultAway(change, after) ? 'BREAKING' : LEVELS[change.criticality.level],
    type: change.type,
    coordinate: coordinateOf(change),
    message: change.message,
  }));
}

const LEVELS: Readonly<Record<CriticalityLevel, Difference['level']>> = {
  [CriticalityLevel.Breaking]: 'BREAKING',
  [CriticalityLevel.Dangerous]: 'DANGEROUS',
  [CriticalityLevel.NonBreaking]: 'SAFE',
};

/** Words for readers are no difference; and what a directive does is told by its own kinds of change, but for `@oneOf`. */
const isForClients = ({ type, path = '' }: Change): boolean => !type.includes('DESCRIPTION') && (!type.startsWith('DIRECTIVE_USAGE_') || path.endsWith('.@oneOf'));

function coordinateOf({ type, path = 'schema', meta }: Change): string {
  const of = meta as Readonly<Record<string, string>>;
  if (type.startsWith('UNION_MEMBER_')) return `${path} | ${of['removedUnionMemberTypeName'] ?? of['addedUnionMemberTypeName'] ?? ''}`;
  if (type.startsWith('OBJECT_TYPE_INTERFACE_')) return `${path} & ${of['removedInterfaceName'] ?? of['addedInterfaceName'] ?? ''}`;
  const [owner = '', field = '', argument] = path.replace(/\.@(deprecated|oneOf)$/, '').split('.');
  if (argument) return `${owner}.${field}(${argument}:)`;
  return field ? `${owner}.${field}` : owner;
}

/** Without its default a non-null argument must be sent; the comparison calls that merely dangerous. */
function takesDefaultAway({ type, path = '' }: Change, after: GraphQLSchema): boolean {
  const [owner = '', field = '', argument = ''] = path.split('.');
  const within = after.getType(owner);
  if (type === 'INPUT_FIELD_DEFAULT_VALUE_CHANGED') {
    const input = isInputObjectType(within) ? within.getFields()[field] : undefined;
    return input !== undefined && isRequiredInputField(input);
  }
  if (type !== 'FIELD_ARGUMENT_DEFAULT_CHANGED' || !(isObjectType(within) || isInterfaceType(within))) return false;
  const taken = within.getFields()[field]?.args.find(({ name }) => name === argument);
  return taken !== undefined && isRequiredArgument(taken);
}

/** Why each deprecated field, argument, input field and enum value is so, by its coordinate. */
export function deprecations(schema: GraphQLSchema): Map<string, string> {
  const reasons = new Map<string, string>();
  const note = (coordinate: string, reason: string | null | undefined): void => {
    if (typeof reason === 'string') reasons.set(coordinate, reason);
  };
  for (const type of Object.values(schema.getTypeMap())) {
    if (isEnumType(type)) for (const { name, deprecationReason } of type.getValues()) note(`${type.name}.${name}`, deprecationReason);
    if (isInputObjectType(type)) for (const { name, deprecationReason } of Object.values(type.getFields())) note(`${type.name}.${name}`, deprecationReason);
    if (!isObjectType(type) && !isInterfaceType(type)) continue;
    for (const field of Object.values(type.getFields())) {
      note(`${type.name}.${field.name}`, field.deprecationReason);
      for (const argument of field.args) note(`${type.name}.${field.name}(${argument.name}:)`, argument.deprecationReason);
    }
  }
  return reasons;
}
