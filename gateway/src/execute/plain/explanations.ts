import { GraphQLError, type GraphQLSchema } from 'graphql';
import { clientKey } from '../../plan/internal-aliases.js';
import { objectTypeOf, type Shape, type ShapeField } from '../shape.js';
import type { Row } from './merge.js';

type Path = readonly (string | number)[];

/** The subgraphs' errors, as reasons for the nulls in their answers. */
export interface Explanations {
  /** Whether some error is told at this place of the answer or within it. */
  explains(path: Path): boolean;
  /** The errors under the client's own keys. */
  errorsFor(shape: Shape, data: Row, schema: GraphQLSchema): readonly GraphQLError[];
}

const SEPARATOR = '\u0000';

export function createExplanations(errors: readonly GraphQLError[]): Explanations {
  let places: Set<string> | undefined;
  const isAnywhere = errors.some(({ path }) => !path);

  /** Every place that has an error at it or in it. Made when the first null asks: most answers have neither. */
  function placesOfErrors(): Set<string> {
    const found = new Set<string>();
    for (const { path = [] } of errors) {
      let place = '';
      for (const key of path) found.add((place += SEPARATOR + clientKey(key)));
    }
    return found;
  }

  return {
    explains: (path) => isAnywhere || (errors.length > 0 && (places ??= placesOfErrors()).has(path.map((key) => SEPARATOR + key).join(''))),
    errorsFor: (shape, data, schema) => errors.map((error) => withClientPath(error, shape, data, schema)),
  };
}

function withClientPath(error: GraphQLError, shape: Shape, data: Row, schema: GraphQLSchema): GraphQLError {
  const path = error.path && clientPath(error.path, shape, data, schema);
  if (!path || (path.length === error.path.length && path.every((key, index) => key === error.path?.[index]))) return error;
  const { message, nodes, source, positions, originalError, extensions } = error;
  // What lies nowhere in the client's answer is told without a place.
  return new GraphQLError(message, { nodes, source, positions, originalError, extensions, ...(path.length > 0 ? { path } : {}) });
}

/** An error's place as far as the client asked: a key that only the plan needed is not a place in his answer. */
function clientPath(path: Path, root: Shape, data: Row, schema: GraphQLSchema): Path {
  const found: (string | number)[] = [];
  let shape: Shape | undefined = root;
  let value: unknown = data;
  for (const key of path) {
    if (typeof key === 'number') found.push(key);
    else {
      const type: ReturnType<typeof objectTypeOf> = shape && objectTypeOf(schema, shape.type, (value as Row | undefined)?.['__typename']);
      // Where the type is not known, what follows cannot be told apart from what the client asked for.
      if (!shape || !type) found.push(clientKey(key));
      else {
        const field: ShapeField | undefined = shape.fieldsOf(type).find((one) => 'from' in one && one.from === key);
        if (!field) return found;
        found.push(field.key);
        shape = field.kind === 'object' ? field.shape : undefined;
      }
      if (!type) shape = undefined;
    }
    value = typeof value === 'object' && value !== null ? (value as Record<string | number, unknown>)[key] : undefined;
  }
  return found;
}
