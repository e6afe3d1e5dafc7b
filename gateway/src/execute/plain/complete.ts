import { GraphQLError, isLeafType, isListType, isNonNullType, type GraphQLLeafType, type GraphQLObjectType, type GraphQLOutputType, type GraphQLSchema } from 'graphql';
import { denial, type Actor } from '@vss/auth';
import type { AppError } from '@vss/runtime';
import { PLACEHOLDER_KEY } from '../../plan/internal-aliases.js';
import { objectTypeOf, type Shape, type ShapeField } from '../shape.js';
import { createExplanations } from './explanations.js';
import { leafValue, NOT_A_LEAF } from './leaf.js';
import type { Row } from './merge.js';
import type { Gathered } from './run-plan.js';

/** The answer as the client asked for it. */
export interface Completed {
  readonly data: Row | null;
  readonly errors: readonly GraphQLError[];
}

export interface CompletionOptions {
  /** What clients see. */
  readonly schema: GraphQLSchema;
  readonly shape: Shape;
  readonly actor: Actor;
  /** Answers `__schema` and `__type`. */
  readonly introspect: (field: ShapeField & { kind: 'introspection' }) => unknown;
}

/** A null where none may be: the place around it becomes null. */
const BUBBLE = Symbol('null where none may be');
type Path = { readonly before: Path; readonly key: string | number } | undefined;

/** Shapes what was gathered: the client's keys and order, nulls where they belong, an error for each that nobody explained. */
export function complete({ data, errors: given }: Gathered, { schema, shape: root, actor, introspect }: CompletionOptions): Completed {
  const errors: GraphQLError[] = [];
  const explanations = createExplanations(given);
  const denials = new Map<string, AppError>();

  function object(value: Row, shape: Shape, path: Path): Row | null | typeof BUBBLE {
    const type = objectTypeOf(schema, shape.type, value['__typename'] ?? value[PLACEHOLDER_KEY]);
    if (!type) return failed('Invalid __typename found', shape.type, path);
    const completed: Row = {};
    for (const field of shape.fieldsOf(type)) {
      const result = fieldValue(value, field, type, { before: path, key: field.key });
      if (result === BUBBLE) return BUBBLE;
      if (field.key === '__proto__') Object.defineProperty(completed, field.key, { value: result, enumerable: true, configurable: true, writable: true });
      else completed[field.key] = result;
    }
    return completed;
  }

  function fieldValue(value: Row, field: ShapeField, parent: GraphQLObjectType, path: Path): unknown {
    if (field.kind === 'typename') return parent.name;
    if (field.kind === 'introspection') return introspect(field);
    if (field.kind !== 'denied') return valueOf(Object.hasOwn(value, field.from) ? value[field.from] : null, field.type, field, parent, path);
    const { code, message, details } = denialOf(field, parent);
    errors.push(new GraphQLError(message, { path: pathOf(path), extensions: { ...details, code } }));
    return isNonNullType(field.type) ? BUBBLE : null;
  }

  /** The same for each row that the field is denied in. */
  function denialOf(field: ShapeField & { kind: 'denied' }, parent: GraphQLObjectType): AppError {
    const coordinate = `${parent.name}.${field.name}`;
    const known = denials.get(coordinate) ?? denial(actor, field.rule.permission, { needed: field.rule.scope, coordinate, ...(field.rule.field ? { field: field.rule.field } : {}) });
    denials.set(coordinate, known);
    return known;
  }

  function valueOf(value: unknown, type: GraphQLOutputType, field: ShapeField, parent: GraphQLObjectType, path: Path): unknown {
    if (!isNonNullType(type)) {
      const result = nullable(value, type, field, parent, path);
      return result === BUBBLE ? null : result;
    }
    const before = errors.length;
    const result = nullable(value, type.ofType, field, parent, path);
    if (result !== null) return result;
    if (errors.length === before && !explanations.explains(pathOf(path)))
      errors.push(new GraphQLError(`Cannot return null for non-nullable field ${parent.name}.${field.name}.`, { path: pathOf(path), extensions: { code: 'INVALID_GRAPHQL' } }));
    return BUBBLE;
  }

  function nullable(value: unknown, type: GraphQLOutputType, field: ShapeField, parent: GraphQLObjectType, path: Path): unknown {
    if (value === null || value === undefined) return null;
    if (isListType(type)) {
      if (!Array.isArray(value)) return failed('Expected a list', type, path);
      const items = value.map((item, index) => valueOf(item, type.ofType, field, parent, { before: path, key: index }));
      return items.includes(BUBBLE) ? BUBBLE : items;
    }
    if (isLeafType(type)) return leaf(value, type, path);
    if (field.kind !== 'object' || typeof value !== 'object' || Array.isArray(value)) return failed('Expected an object', type, path);
    return object(value as Row, field.shape, path);
  }

  function leaf(value: unknown, type: GraphQLLeafType, path: Path): unknown {
    const result = leafValue(type, value);
    return result === NOT_A_LEAF ? failed('Expected another value', type, path) : result;
  }

  /** A subgraph gave what the schema does not allow: told, and null in its place. */
  function failed(what: string, type: { toString(): string }, path: Path): null {
    errors.push(new GraphQLError(`${what} for the type ${String(type)}: a subgraph answered against its schema.`, { path: pathOf(path), extensions: { code: 'INVALID_GRAPHQL' } }));
    return null;
  }

  const completed = object(data, root, undefined);
  const all = [...explanations.errorsFor(root, data, schema), ...errors];
  return { data: completed === BUBBLE ? null : completed, errors: all };
}

function pathOf(path: Path): (string | number)[] {
  const keys: (string | number)[] = [];
  for (let at = path; at; at = at.before) keys.push(at.key);
  return keys.toReversed();
}
