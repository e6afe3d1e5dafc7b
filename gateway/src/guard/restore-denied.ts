import { getNullableType, GraphQLError, isListType, isNonNullType, type GraphQLOutputType } from 'graphql';
import { denial, type Actor } from '@vss/auth';
import { isAsked, TYPE_MARK, type CutLevel, type DeniedField } from './cut-denied.js';

type Path = readonly (string | number)[];
type Data = Record<string, unknown>;
/** A null in a place that may hold none: the place around it becomes null. */
const NOT_NULLABLE = Symbol('null where none may be');

export interface Restored {
  readonly data: Data | null;
  readonly errors: readonly GraphQLError[];
}

/** Puts back what the guard cut: null with an error at each place, and the order of the request. */
export function restoreDenied(data: Data | null, cut: CutLevel, actor: Actor, variables: Data): Restored {
  const errors: GraphQLError[] = [];

  const restoreObject = (value: Data, level: CutLevel, path: Path): Data | typeof NOT_NULLABLE => {
    const typeName = value[TYPE_MARK];
    const found: Data = { ...value };
    delete found[TYPE_MARK];
    for (const field of level.denied) {
      if (field.key in found || !isAsked(field, variables)) continue;
      if (field.onTypes && !(typeof typeName === 'string' && field.onTypes.has(typeName))) continue;
      errors.push(errorAt(field, actor, [...path, field.key]));
      if (isRequired(field.type)) return NOT_NULLABLE;
      found[field.key] = null;
    }
    for (const [key, child] of level.children) {
      if (!(key in found)) continue;
      const restored = restoreValue(found[key], child.type, child.level, [...path, key]);
      if (restored === NOT_NULLABLE) return NOT_NULLABLE;
      found[key] = restored;
    }
    return Object.fromEntries(level.order.filter((key) => key in found).map((key) => [key, found[key]]));
  };

  /** The value as it comes back, already null where its own type takes up a null from inside. */
  const restoreValue = (value: unknown, type: GraphQLOutputType, level: CutLevel, path: Path): unknown => {
    if (value === null || value === undefined) return value;
    const item = itemType(type);
    const restored = item && Array.isArray(value) ? restoreList(value, item, level, path) : restoreObject(value as Data, level, path);
    return restored === NOT_NULLABLE && !isRequired(type) ? null : restored;
  };

  const restoreList = (values: unknown[], item: GraphQLOutputType, level: CutLevel, path: Path): unknown[] | typeof NOT_NULLABLE => {
    const restored = values.map((value, index) => restoreValue(value, item, level, [...path, index]));
    return restored.includes(NOT_NULLABLE) ? NOT_NULLABLE : restored;
  };

  const restored = data === null ? null : restoreObject(data, cut, []);
  return { data: restored === NOT_NULLABLE ? null : restored, errors };
}

function errorAt(field: DeniedField, actor: Actor, path: Path): GraphQLError {
  const { code, message, details } = denial(actor, field.rule.permission);
  return new GraphQLError(message, { path, extensions: { ...details, code } });
}

/** The item type of a list, or undefined. */
const itemType = (type: GraphQLOutputType): GraphQLOutputType | undefined => {
  const nullable = getNullableType(type);
  return isListType(nullable) ? nullable.ofType : undefined;
};

const isRequired = (type: GraphQLOutputType): boolean => isNonNullType(type);
