import { Kind, visit, type OperationDefinitionNode } from 'graphql';
import type { Requirements } from './requirements.js';

const PREFIX = 'vss_a_';

/**
 * The planner puts a client's field and the one that a field set adds under one response key, so that one of them is
 * silently answered with the other's value:
 *  - `comments(limit: 1)` beside a field that `@requires(fields: "comments(limit: 3)")`;
 *  - `id: name`, whose key is that of the `@key` field `id`.
 * Such fields get a key of our own on the way in and theirs back on the way out.
 */
export function aliasInternally(operation: OperationDefinitionNode, { withArguments, responseKeys }: Requirements): OperationDefinitionNode {
  return visit(operation, {
    Field: (field) => {
      const key = field.alias?.value ?? field.name.value;
      const clashes = withArguments.has(field.name.value) || (key !== field.name.value && responseKeys.has(key));
      return clashes ? { ...field, alias: { kind: Kind.NAME, value: PREFIX + key } } : undefined;
    },
  });
}

const original = (key: string): string => (key.startsWith(PREFIX) ? key.slice(PREFIX.length) : key);

/** Gives the client its own response keys back, at every depth. */
export function restoreKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(restoreKeys);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [original(key), restoreKeys(inner)]));
}

export const restorePath = (path: readonly (string | number)[] | undefined): readonly (string | number)[] | undefined =>
  path?.map((key) => (typeof key === 'string' ? original(key) : key));
