import { GraphQLScalarType, type ASTNode } from 'graphql';
import { GraphQLDateTimeISO, GraphQLJSON } from 'graphql-scalars';

const text = (value: unknown): string => {
  if (typeof value !== 'string') throw new TypeError('A cursor is a text that came from this API');
  return value;
};

/** Use for every instant: `@Field(() => Instant)`. Comes in as a Date and goes out as text. */
export const Instant = new GraphQLScalarType({
  ...GraphQLDateTimeISO.toConfig(),
  name: 'DateTime',
  description: 'An instant in ISO 8601, UTC, e.g. `2026-11-22T10:15:30.000Z`.',
  specifiedByURL: 'https://scalars.graphql.org/andimarek/date-time.html',
});

export const CursorScalar = new GraphQLScalarType<string, string>({
  name: 'Cursor',
  description: 'A place in a live stream. Opaque: take it from an answer, give it back as `after`.',
  serialize: text,
  parseValue: text,
  parseLiteral: (node: ASTNode) => text('value' in node ? node.value : undefined),
});

export const JsonScalar = new GraphQLScalarType({
  ...GraphQLJSON.toConfig(),
  name: 'JSON',
  description: 'Any JSON value.',
});
