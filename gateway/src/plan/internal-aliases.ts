import { Kind, visit, type FieldNode, type OperationDefinitionNode } from 'graphql';
import type { Requirements } from './requirements.js';

const PREFIX = 'vss_a_';
/** Where our own keys begin: a client's key that looks like one is aliased too, so that the two never meet. */
const OURS = 'vss_';

/**
 * The planner puts a client's field and the one that a field set adds under one response key, so that one of them is
 * silently answered with the other's value:
 *  - `comments(limit: 1)` beside a field that `@requires(fields: "comments(limit: 3)")`;
 *  - `id: name`, whose key is that of the `@key` field `id`.
 * Such fields are asked for under a key of our own; the answer's shape gives the client its own back.
 */
export function internalKeys({ withArguments, responseKeys }: Requirements): (field: FieldNode) => string {
  return ({ alias, name }) => {
    const key = alias?.value ?? name.value;
    const isReal = key !== name.value;
    const clashes = withArguments.has(name.value) || (isReal && (responseKeys.has(key) || key.startsWith(OURS) || key === '__proto__'));
    return clashes ? PREFIX + key : key;
  };
}

/** The operation as it is planned, under the internal keys. Comes back as it is where nothing clashes. */
export function aliasInternally(operation: OperationDefinitionNode, internalKey: (field: FieldNode) => string): OperationDefinitionNode {
  return visit(operation, {
    Field(field) {
      const key = internalKey(field);
      return key === (field.alias?.value ?? field.name.value) || isPlaceholder(field) ? undefined : { ...field, alias: { kind: Kind.NAME, value: key } };
    },
  });
}

/** Key of a field that only keeps a selection from being empty; no answer shows it. */
export const PLACEHOLDER_KEY = 'vss__none';
/** Marks the node itself: a client may well use that key. */
const MARK = Symbol('placeholder');

/** Stands in an object of which the answer shows nothing that a subgraph would know. */
export const placeholder: FieldNode = Object.assign({ kind: Kind.FIELD as const, name: { kind: Kind.NAME as const, value: '__typename' }, alias: { kind: Kind.NAME as const, value: PLACEHOLDER_KEY } }, { [MARK]: true });

export const isPlaceholder = (field: FieldNode): boolean => MARK in field;

/** The client's key for a key of the planned operation. */
export const clientKey = <K extends string | number>(key: K): string | K => (typeof key === 'string' && key.startsWith(PREFIX) ? key.slice(PREFIX.length) : key);
