import { getNamedType, isEnumType, type GraphQLEnumValue, type GraphQLNamedType } from 'graphql';
import type { Shape } from '../shape.js';
import { endOfBoolean, endOfInt, endOfNull, endOfNumber, endOfString, endOfValue, endsAfterData } from './json-bytes.js';
import { createPlaces, fieldsOf, isAsShown, type Places } from './places.js';
import { createScannerWriter } from './scanner.js';
import type { Selection } from './selection.js';
import type { FetchStep } from './steps.js';
import { assignFunction, nodeClass, representationFunctions } from './writer.js';

/** An object of some answer that is taken apart: its values as text, or as pieces where they hold nodes. */
export interface Node {
  t(): string;
}

/** Nodes by the index of their place, as they are found. */
export type Found = readonly Node[][];

export interface RootFetch {
  /** Puts an answer into the root; the position behind its data, or -1 where it is not as expected. */
  readonly scan: (bytes: Uint8Array, text: string, root: Node, found: Found) => number;
}
export interface EntityFetch {
  /** Where its entities are. */
  readonly place: number;
  /** Equal for equal entities; undefined where the node does not hold all that makes its representation. */
  readonly identity: (node: Node) => string | undefined;
  readonly representation: (node: Node) => string;
  readonly scan: (bytes: Uint8Array, text: string, count: number, found: Found) => readonly (Node | null)[] | undefined;
  readonly assign: (node: Node, entity: Node) => void;
}

/** The code that was made for an operation. */
export interface Generated {
  readonly places: number;
  readonly newRoot: () => Node;
  /** By the fetches' ids. */
  readonly fetches: readonly (RootFetch | EntityFetch)[];
  /** The data as the client asked for them, or undefined where a value is missing that may not be null. */
  readonly write: (root: Node) => string | undefined;
  /** Forgets the answer that was read last. */
  readonly release: () => void;
}

/** The text of a value that holds nodes. Equal entities share it, so it is written once. */
class Pieces {
  private written: string | undefined;
  constructor(private readonly parts: readonly (string | Node)[]) {}
  text(): string {
    if (this.written !== undefined) return this.written;
    let all = '';
    for (const part of this.parts) all += typeof part === 'string' ? part : part.t();
    return (this.written = all);
  }
}

const library = { endOfString, endOfInt, endOfNull, endOfNumber, endOfBoolean, endOfValue, endsAfterData, Pieces };

/** Makes the code for an operation's fetches. Names that go into it come from validated documents and schemas, or as JSON strings. */
export function generate(shape: Shape, fetches: readonly FetchStep[]): Generated {
  const places = createPlaces(shape, fetches);
  const writer = createScannerWriter(places);
  const parts = fetches.map((fetch) => {
    const place = places.placeOf(fetch.path, fetch.selection);
    if (!fetch.representation || !place) return `{ scan: ${writer.rootFetch(fetch)} }`;
    writer.functions.push(representationFunctions(fetch), assignFunction(fetch, place));
    return `{ place: ${place.index}, identity: identity${fetch.id}, representation: representation${fetch.id}, scan: ${writer.entityFetch(fetch)}, assign: assign${fetch.id} }`;
  });
  const root = places.all.find(({ path }) => path === '');
  const source = `let T, A, L, R, S, isLost;
    function lost() { isLost = true; return 'null'; }
    ${places.all.map(nodeClass).join('\n')}
    ${writer.functions.join('\n')}
    return {
      places: ${places.all.length},
      newRoot: () => new N${root?.index ?? 0}(),
      fetches: [${parts.join(', ')}],
      write(root) { isLost = false; const text = root.t(); return isLost ? undefined : text; },
      release() { T = A = R = S = undefined; },
    };`;
  return evaluate(source, writer) as Generated;
}

/** Checks an answer that goes to the client as it is: gives the position behind its data, or -1. */
export function generateCheck(fetch: FetchStep): (bytes: Uint8Array) => number {
  const writer = createScannerWriter(NO_NODES);
  const name = writer.rootFetch(fetch);
  // Text is cut out only to look up what an enum has: there the bytes do as well.
  return evaluate(`let T, A, L, R, S; ${writer.functions.join('\n')} return (bytes) => ${name}(bytes, { slice: (from, to) => bytes.latin1Slice(from, to) });`, writer) as (bytes: Uint8Array) => number;
}

const NO_NODES: Places = { all: [], placeOf: () => undefined, holdsNodes: () => false };

/** Whether the answer of a root fetch is the client's own, down to its leaves. */
export const isWhollyShown = (shape: Shape, { fields, type }: Selection): boolean =>
  shape.type.name === type.name &&
  isAsShown(fieldsOf(shape), { fields, type }) &&
  fieldsOf(shape).every((field) => {
    const given = fields.get(field.key);
    if (field.kind !== 'object') return !given?.type || !mayBeHidden(getNamedType(given.type));
    return given?.inner !== undefined && isWhollyShown(field.shape, given.inner);
  });

/** Values of an enum that clients do not know are seen to by the plain path, also where the subgraph vouches for its answer. */
const mayBeHidden = (type: GraphQLNamedType): boolean => isEnumType(type) && !type.getValues().every(isShown);
const isShown = ({ astNode }: GraphQLEnumValue): boolean => !(astNode?.directives ?? []).some(({ name }) => name.value === 'inaccessible');

function evaluate(source: string, { enums }: Pick<ReturnType<typeof createScannerWriter>, 'enums'>): unknown {
  const values = enums.map((type) => new Set(type.getValues().filter(isShown).map(({ name }) => name)));
  const names = Object.keys(library);
  // oxlint-disable-next-line typescript/no-implied-eval
  const make = new Function(...names, 'E', `'use strict';\n${source}`) as (...given: unknown[]) => unknown;
  return make(...Object.values(library), values);
}
