import { createHash } from 'node:crypto';
import { GraphQLError, NoSchemaIntrospectionCustomRule, parse, specifiedRules, validate, type DocumentNode, type GraphQLSchema } from 'graphql';
import { assertFewTokens, checkLimits, type Limits } from '../guard/limits.js';
import { createBoundedCache } from '../common/bounded-cache.js';
import type { Observer } from '../observe/observer.js';

/** Source text of all kept documents together, in characters. */
const KEPT_CHARACTERS = 8_000_000;
const MAX_ERRORS = 20;

export type LoadedDocument = { readonly document: DocumentNode } | { readonly errors: readonly GraphQLError[] };

export interface Documents {
  /** Parses, measures and validates; what was valid once is known from then on. */
  load(source: string): LoadedDocument;
  /** A valid document by the hexadecimal SHA-256 of its text. */
  byHash(hash: string): DocumentNode | undefined;
}

export function createDocuments(options: { schema: GraphQLSchema; limits: Limits; introspection: boolean; observer: Observer }): Documents {
  const { schema, limits, introspection, observer } = options;
  const cache = observer.cache('documents');
  const rules = introspection ? specifiedRules : [...specifiedRules, NoSchemaIntrospectionCustomRule];
  const hashes = createBoundedCache<string, string>(KEPT_CHARACTERS);
  const valid = createBoundedCache<string, DocumentNode>(KEPT_CHARACTERS);
  cache.watchSize(() => valid.size);
  return {
    byHash: (hash) => valid.get(hash),
    load(source) {
      const hash = hashes.get(source) ?? createHash('sha256').update(source).digest('hex');
      const known = valid.get(hash);
      if (known) {
        cache.hits.inc();
        return { document: known };
      }
      cache.misses.inc();
      try {
        assertFewTokens(source, limits);
        const document = parse(source, { maxTokens: limits.tokens + 1 });
        const errors = checkLimits(document, limits);
        if (errors.length === 0) errors.push(...validateSafely(schema, document, rules));
        if (errors.length > 0) return { errors };
        hashes.set(source, hash, source.length);
        valid.set(hash, document, source.length);
        return { document };
      } catch (error) {
        return { errors: [asSyntaxError(error)] };
      }
    },
  };
}

function validateSafely(schema: GraphQLSchema, document: DocumentNode, rules: typeof specifiedRules): GraphQLError[] {
  try {
    return validate(schema, document, rules, { maxErrors: MAX_ERRORS }).map((error) => (error.message === GIVEN_UP ? tooRepetitive() : withCode(error, 'GRAPHQL_VALIDATION_FAILED')));
  } catch (error) {
    // graphql-js throws instead of reporting on `subscription($x: Boolean!) { field @include(if: $x) }`.
    return [withCode(error instanceof GraphQLError ? error : new GraphQLError('The document cannot be validated'), 'GRAPHQL_VALIDATION_FAILED')];
  }
}

/** What graphql-js says when comparing all fields of one name would take too long, and nothing else. */
const GIVEN_UP = 'Validation aborted.';
const tooRepetitive = (): GraphQLError => new GraphQLError('The operation selects the same field too many times', { extensions: { code: 'OPERATION_TOO_LARGE', limit: 'REPETITIONS' } });

const asSyntaxError = (error: unknown): GraphQLError =>
  withCode(error instanceof GraphQLError ? error : new GraphQLError('The document cannot be read'), 'GRAPHQL_PARSE_FAILED');

function withCode(error: GraphQLError, code: string): GraphQLError {
  const { message, nodes, source, positions, path, originalError } = error;
  return new GraphQLError(message, { nodes, source, positions, path, originalError, extensions: { code, ...error.extensions } });
}
