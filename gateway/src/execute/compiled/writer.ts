import { isNonNullType } from 'graphql';
import type { Place } from './places.js';
import { slot } from './scanner.js';
import { NotCompilable } from './selection.js';
import type { FetchStep } from './steps.js';

const text = JSON.stringify;

/**
 * Writes the classes of the nodes, each of which can write itself as the client sees it:
 *
 *     class N1 { constructor() { this.$id = undefined; … } t() { return '{"id":' + (this.$id ?? lost()) + … + '}'; } }
 *
 * `lost` notes that a value is missing where none may be: then the plain path decides what becomes null, and why.
 */
export function nodeClass({ index, shown, needed, type }: Place): string {
  const slots = [...needed].map((key) => `this.${slot(key)} = undefined;`).join(' ');
  if (!shown) return `class N${index} { constructor() { ${slots} } }`;
  const parts = shown.map((field, at) => {
    const opening = text(`${at === 0 ? '{' : ','}${text(field.key)}:`);
    if (field.kind === 'typename') return `${opening} + ${text(text(type.name))}`;
    if (field.kind !== 'leaf' && field.kind !== 'object') throw new NotCompilable(`a ${field.kind} field`);
    const missing = isNonNullType(field.type) ? 'lost()' : `'null'`;
    const value = `this.${slot(field.from)}`;
    return `${opening} + ${field.kind === 'leaf' ? `(${value} ?? ${missing})` : `(${value} === undefined ? ${missing} : typeof ${value} === 'string' ? ${value} : ${value}.text())`}`;
  });
  return `class N${index} { constructor() { ${slots} } t() { return ${parts.length > 0 ? `${parts.join(' + ')} + '}'` : `'{}'`}; } }`;
}

/**
 * `identity(n) => text` tells equal entities apart from others, undefined where the node does not hold all that makes its
 * representation; `representation(n) => text` is what the subgraph is told of one.
 */
export function representationFunctions({ id, representation = [], selection }: FetchStep): string {
  const keys = representation.filter((key) => key !== '__typename');
  const missing = keys.map((key) => `n.${slot(key)} === undefined`).join(' || ') || 'false';
  const identity = keys.map((key) => `n.${slot(key)}`).join(` + ',' + `) || `''`;
  const value = (key: string): string => (key === '__typename' ? text(text(selection.type.name)) : `n.${slot(key)}`);
  const parts = representation.map((key, index) => `${text(`${index === 0 ? '{' : ','}${text(key)}:`)} + ${value(key)}`);
  return `function identity${id}(n) { return ${missing} ? undefined : ${identity}; }
    function representation${id}(n) { return ${parts.join(' + ')} + '}'; }`;
}

/** `(n, entity)`: gives a node what the fetch found out about its entity. */
export function assignFunction({ id, selection }: FetchStep, place: Place): string {
  const keys = [...selection.fields.keys()].filter((key) => place.needed.has(key));
  return `function assign${id}(n, entity) { ${keys.map((key) => `n.${slot(key)} = entity.${slot(key)};`).join(' ')} }`;
}
