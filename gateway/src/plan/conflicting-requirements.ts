import { Kind, OperationTypeNode, visit, type FieldNode, type OperationDefinitionNode, type SelectionNode, type SelectionSetNode } from 'graphql';
import type { Requirements } from './requirements.js';

/**
 * Two fields that require one field with different arguments cannot share a plan: the planner would feed one of them
 * with the other's input. Each such field but the first is planned in an operation of its own; the answers are merged.
 * Only queries: a mutation must not run twice.
 */
export function splitConflicts(operation: OperationDefinitionNode, { conflicts }: Requirements): OperationDefinitionNode[] {
  if (conflicts.size === 0 || operation.operation !== OperationTypeNode.QUERY) return [operation];
  const apart: FieldNode[] = [];
  const pick = (set: SelectionSetNode, taken: string[]): void => {
    for (const selection of set.selections) {
      if (selection.kind === Kind.INLINE_FRAGMENT) pick(selection.selectionSet, taken);
      if (selection.kind !== Kind.FIELD) continue;
      const rivals = conflicts.get(selection.name.value);
      if (rivals && taken.some((name) => rivals.has(name))) apart.push(selection);
      else {
        if (rivals) taken.push(selection.name.value);
        if (selection.selectionSet) pick(selection.selectionSet, []);
      }
    }
  };
  pick(operation.selectionSet, []);
  if (apart.length === 0) return [operation];
  const moved = new Set(apart);
  const rest = visit(operation, {
    Field: (field) => (moved.has(field) ? null : undefined),
    InlineFragment: { leave: (fragment) => (fragment.selectionSet.selections.length === 0 ? null : undefined) },
  });
  return [rest, ...apart.map((field) => only(operation, field))];
}

/** The operation with nothing selected but this one field and the way to it. */
function only(operation: OperationDefinitionNode, target: FieldNode): OperationDefinitionNode {
  const keep = (set: SelectionSetNode): SelectionSetNode | undefined => {
    const selections = set.selections.flatMap((selection): SelectionNode[] => {
      if (selection === target) return [selection];
      if (selection.kind === Kind.FRAGMENT_SPREAD || !selection.selectionSet) return [];
      const selectionSet = keep(selection.selectionSet);
      return selectionSet ? [{ ...selection, selectionSet }] : [];
    });
    return selections.length > 0 ? { ...set, selections } : undefined;
  };
  return { ...operation, selectionSet: keep(operation.selectionSet) ?? operation.selectionSet };
}

/** Merges the answers of the parts, position by position; the first part decides what exists. */
export function mergeAnswers(into: unknown, from: unknown): unknown {
  if (Array.isArray(into) && Array.isArray(from)) return into.map((item, index) => mergeAnswers(item, from[index]));
  if (!isRecord(into) || !isRecord(from)) return into === undefined ? from : into;
  const merged: Record<string, unknown> = { ...into };
  for (const [key, value] of Object.entries(from)) merged[key] = key in merged ? mergeAnswers(merged[key], value) : value;
  return merged;
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);
