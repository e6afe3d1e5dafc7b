import { isObjectType, type GraphQLObjectType } from 'graphql';
import type { Shape, ShapeField } from '../shape.js';
import { NotCompilable, type Selection } from './selection.js';
import { childPath, type FetchStep } from './steps.js';

/**
 * The objects at one path. They are made into nodes only where something must be put into them or taken out of them; all
 * others travel as slices of the answer's bytes that nobody looks into.
 */
export interface Place {
  readonly index: number;
  readonly path: string;
  readonly type: GraphQLObjectType;
  /** Entity fetches start from these nodes, so each of them is noted. */
  readonly isJoint: boolean;
  /** What the client sees of them; undefined where only the plan needs them. */
  readonly shown: readonly ShapeField[] | undefined;
  /** Keys of which somebody needs the value: the client, or a representation. */
  readonly needed: ReadonlySet<string>;
}

export interface Places {
  /** The place where an object must be a node, or undefined where its bytes are taken as they are. */
  placeOf(path: string, selection: Selection): Place | undefined;
  /** Whether anything within must be a node. */
  holdsNodes(path: string, selection: Selection): boolean;
  /** Those that were asked for so far. */
  readonly all: readonly Place[];
}

export function createPlaces(shape: Shape, fetches: readonly FetchStep[]): Places {
  const joints = new Set(['', ...fetches.map(({ path }) => path)]);
  const all: Place[] = [];

  function place(path: string, type: GraphQLObjectType): Place {
    const known = all.find((one) => one.path === path);
    if (known) return known;
    const shown = shownAt(shape, path, type);
    const needed = new Set(fetches.filter((fetch) => fetch.path === path).flatMap(({ representation }) => representation ?? []).filter((key) => key !== '__typename'));
    for (const field of shown ?? []) if ('from' in field) needed.add(field.from);
    const made = { index: all.length, path, type, isJoint: joints.has(path), shown, needed };
    all.push(made);
    return made;
  }

  const isNode = (path: string, selection: Selection): boolean => {
    if (joints.has(path)) return true;
    const shown = shownAt(shape, path, selection.type);
    return shown !== undefined && !isAsShown(shown, selection);
  };
  const holdsNodes = (path: string, selection: Selection): boolean =>
    isNode(path, selection) || [...selection.fields.values()].some(({ key, inner }) => inner && holdsNodes(childPath(path, key), inner));
  return { all, holdsNodes, placeOf: (path, selection) => (isNode(path, selection) ? place(path, selection.type) : undefined) };
}

/** What the client sees at a path, or undefined where he did not ask for it. */
function shownAt(root: Shape, path: string, type: GraphQLObjectType): readonly ShapeField[] | undefined {
  let shape = root;
  for (const key of path === '' ? [] : path.split('.')) {
    const field: ShapeField | undefined = fieldsOf(shape).find((one) => 'from' in one && one.from === key);
    if (field?.kind !== 'object') return undefined;
    ({ shape } = field);
  }
  if (shape.type.name !== type.name) throw new NotCompilable('a type that hides another');
  return fieldsOf(shape);
}

/** The fields of the one type that can stand there. */
export function fieldsOf({ type, fieldsOf: of }: Shape): readonly ShapeField[] {
  if (!isObjectType(type)) throw new NotCompilable(`the abstract type ${type.name}`);
  return of(type);
}

/** Whether the bytes of an answer are the client's: his keys, all of them, in his order. What is within is asked apart. */
export function isAsShown(shown: readonly ShapeField[], { fields }: Selection): boolean {
  const given = [...fields.values()];
  return shown.length === given.length && shown.every((field, index) => field.key === given[index]?.key && (field.kind === 'typename' || ('from' in field && field.from === field.key)));
}
