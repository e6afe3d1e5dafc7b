import { GraphQLBoolean, GraphQLFloat, GraphQLID, GraphQLInt, GraphQLString, isEnumType, type GraphQLLeafType } from 'graphql';

/** What no value of a type can be. */
export const NOT_A_LEAF = Symbol('not a value of the type');

const MAX_INT = 2 ** 31;

const isInt = (value: unknown): boolean => Number.isInteger(value) && Number(value) >= -MAX_INT && Number(value) < MAX_INT;

/** The value as clients get it. A scalar that GraphQL does not know may be any JSON. */
export function leafValue(type: GraphQLLeafType, value: unknown): unknown {
  const valid = (isValid: boolean): unknown => (isValid ? value : NOT_A_LEAF);
  if (isEnumType(type)) return valid(typeof value === 'string' && type.getValue(value) !== undefined);
  switch (type.name) {
    case GraphQLString.name:
      return valid(typeof value === 'string');
    case GraphQLInt.name:
      return valid(isInt(value));
    case GraphQLFloat.name:
      return valid(typeof value === 'number' && Number.isFinite(value));
    case GraphQLBoolean.name:
      return valid(typeof value === 'boolean');
    case GraphQLID.name:
      return Number.isSafeInteger(value) ? String(value) : valid(typeof value === 'string');
    default:
      return value;
  }
}
