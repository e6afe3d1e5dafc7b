import type { FetchNode } from '@apollo/query-planner';
import { Kind, parse, type DocumentNode, type SelectionSetNode } from 'graphql';
import type { Row } from './merge.js';

/** Response keys with those below them; undefined below a leaf, whose value is the subgraph's affair. */
type Asked = Map<string, Asked | undefined>;

const askedBy = new WeakMap<FetchNode, Asked>();

/**
 * Takes out of an answer what the fetch did not ask for. Merged, it would stand in place of what another subgraph said,
 * and the client would get it as that one's word. The types of fragments are not looked at: their keys are all asked.
 */
export function keepAsked(fetch: FetchNode, data: Row): void {
  let asked = askedBy.get(fetch);
  if (!asked) askedBy.set(fetch, (asked = askedIn(fetch.operationDocumentNode ?? parse(fetch.operation, { noLocation: true }))));
  keep(data, asked);
}

function keep(value: unknown, asked: Asked): void {
  if (typeof value !== 'object' || value === null) return;
  if (Array.isArray(value)) {
    for (const item of value) keep(item, asked);
    return;
  }
  const row = value as Row;
  for (const key of Object.keys(row)) {
    const below = asked.get(key);
    if (below) keep(row[key], below);
    else if (!asked.has(key)) delete row[key];
  }
}

function askedIn({ definitions }: DocumentNode): Asked {
  const fragments = new Map(definitions.flatMap((node) => (node.kind === Kind.FRAGMENT_DEFINITION ? [[node.name.value, node.selectionSet]] : [])));
  const collect = (set: SelectionSetNode, asked: Asked): Asked => {
    for (const selection of set.selections) {
      if (selection.kind === Kind.INLINE_FRAGMENT) collect(selection.selectionSet, asked);
      else if (selection.kind === Kind.FRAGMENT_SPREAD) {
        const fragment = fragments.get(selection.name.value);
        if (fragment) collect(fragment, asked);
      } else {
        const key = selection.alias?.value ?? selection.name.value;
        asked.set(key, selection.selectionSet ? collect(selection.selectionSet, asked.get(key) ?? new Map()) : undefined);
      }
    }
    return asked;
  };
  const asked: Asked = new Map();
  for (const node of definitions) if (node.kind === Kind.OPERATION_DEFINITION) collect(node.selectionSet, asked);
  return asked;
}
