import { getNamedType, isCompositeType, isEnumType, isInputObjectType, isListType, isNonNullType, type GraphQLField, type GraphQLInputType } from 'graphql';
import type { Answer } from './platform.js';

const DENIALS = new Set<unknown>(['FORBIDDEN', 'UNAUTHENTICATED']);

export const isDenial = (code: unknown): boolean => DENIALS.has(code);
export const codesOf = ({ errors = [] }: Pick<Answer, 'errors'>): string[] => errors.map(({ extensions }) => extensions?.code ?? '');
export const isDenied = (answer: Pick<Answer, 'errors'>): boolean => codesOf(answer).some(isDenial);

/** A value that fits the type and that no row has. */
export function valueFor(type: GraphQLInputType): string {
  if (isNonNullType(type)) return valueFor(type.ofType);
  if (isListType(type)) return `[${valueFor(type.ofType)}]`;
  if (isEnumType(type)) return type.getValues()[0]?.name ?? 'null';
  if (isInputObjectType(type)) {
    const required = Object.values(type.getFields()).filter((field) => isNonNullType(field.type));
    return `{${required.map((field) => `${field.name}: ${valueFor(field.type)}`).join(', ')}}`;
  }
  if (type.name === 'Boolean') return 'false';
  if (type.name === 'DateTime') return '"2030-01-01T00:00:00.000Z"';
  return ['Int', 'Float'].includes(type.name) ? '1' : '"nobody"';
}

/** The field with what it takes at least, and with the least that may be selected of it. */
export function selectionFor(field: GraphQLField<unknown, unknown>): string {
  const required = field.args.filter(({ type, defaultValue }) => isNonNullType(type) && defaultValue === undefined);
  const args = required.length > 0 ? `(${required.map(({ name, type }) => `${name}: ${valueFor(type)}`).join(', ')})` : '';
  return `${field.name}${args}${isCompositeType(getNamedType(field.type)) ? ' { __typename }' : ''}`;
}
