import type { FetchDataRewrite } from '@apollo/query-planner';
import type { GraphQLSchema } from 'graphql';
import type { Row } from './merge.js';
import { isOfType } from './types.js';

const FRAGMENT = '... on ';

/**
 * The planner's corrections of what goes into a fetch and comes out of it: the type name that an interface object has in
 * the other subgraph, and keys that it had to rename because two types have one field in different forms.
 */
export function applyRewrites(schema: GraphQLSchema, rewrites: readonly FetchDataRewrite[] | undefined, value: unknown): void {
  for (const rewrite of rewrites ?? []) applyAt(schema, rewrite, 0, value);
}

function applyAt(schema: GraphQLSchema, rewrite: FetchDataRewrite, depth: number, value: unknown): void {
  if (Array.isArray(value)) {
    for (const item of value) applyAt(schema, rewrite, depth, item);
    return;
  }
  if (typeof value !== 'object' || value === null) return;
  const row = value as Row;
  const step = rewrite.path[depth] ?? '';
  if (depth === rewrite.path.length - 1) return rewriteKey(rewrite, step, row);
  if (!step.startsWith(FRAGMENT)) return applyAt(schema, rewrite, depth + 1, row[step]);
  if (isOfType(schema, row, step.slice(FRAGMENT.length), true)) applyAt(schema, rewrite, depth + 1, row);
}

function rewriteKey(rewrite: FetchDataRewrite, key: string, row: Row): void {
  if (rewrite.kind === 'ValueSetter') row[key] = rewrite.setValueTo;
  else if (Object.hasOwn(row, key)) {
    row[rewrite.renameKeyTo] = row[key];
    delete row[key];
  }
}
