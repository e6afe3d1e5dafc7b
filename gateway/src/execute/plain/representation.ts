import type { QueryPlanSelectionNode } from '@apollo/query-planner';
import type { GraphQLSchema } from 'graphql';
import { mergeInto, type Row } from './merge.js';
import { isOfType } from './types.js';

/** What a subgraph is told of an entity so that it finds it; undefined where the data do not hold all of it. */
export function representationOf(schema: GraphQLSchema, source: Row, requires: readonly QueryPlanSelectionNode[]): Row | undefined {
  const representation: Row = {};
  for (const selection of requires) {
    if (selection.kind === 'InlineFragment') {
      if (selection.typeCondition && !isOfType(schema, source, selection.typeCondition, false)) continue;
      const inner = representationOf(schema, source, selection.selections);
      if (!inner) return undefined;
      mergeInto(representation, inner);
      continue;
    }
    const key = selection.alias ?? selection.name;
    if (!Object.hasOwn(source, key)) return undefined;
    const value = selected(schema, source[key], selection.selections);
    if (value === undefined) return undefined;
    representation[key] = value;
  }
  return representation;
}

function selected(schema: GraphQLSchema, value: unknown, selections: readonly QueryPlanSelectionNode[] | undefined): unknown {
  if (!selections || typeof value !== 'object' || value === null) return value;
  if (!Array.isArray(value)) return representationOf(schema, value as Row, selections);
  const items = value.map((item) => selected(schema, item, selections));
  return items.includes(undefined) ? undefined : items;
}
