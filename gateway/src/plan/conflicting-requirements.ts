import { Kind, type FieldNode, type OperationDefinitionNode, type SelectionNode, type SelectionSetNode } from 'graphql';
import type { Requirements } from './requirements.js';
import { orPlaceholder } from './resolve-conditions.js';
import { unplannable } from './unplannable.js';

/**
 * Two fields that require one field with different arguments cannot share a plan: the planner would feed one of them
 * with the other's input. Each such field but the first is planned in an operation of its own; the answers are merged.
 */
export function splitConflicts(operation: OperationDefinitionNode, { conflicts }: Requirements): OperationDefinitionNode[] {
  if (conflicts.size === 0) return [operation];
  const apart = new Set<FieldNode>();
  // By response path: selections of equal keys are one object.
  const taken = new Map<string, string[]>();
  const pick = (set: SelectionSetNode, path: string): void => {
    for (const selection of set.selections) {
      if (selection.kind === Kind.INLINE_FRAGMENT) pick(selection.selectionSet, path);
      if (selection.kind !== Kind.FIELD) continue;
      const rivals = conflicts.get(selection.name.value);
      if (rivals?.has(selection.name.value)) throw unplannable(`one field is required with different arguments by ${selection.name.value} and by what it requires`);
      const here = taken.get(path) ?? [];
      if (rivals && here.some((name) => rivals.has(name))) {
        apart.add(selection);
        continue;
      }
      if (rivals) taken.set(path, [...here, selection.name.value]);
      if (selection.selectionSet) pick(selection.selectionSet, `${path}/${selection.alias?.value ?? selection.name.value}`);
    }
  };
  pick(operation.selectionSet, '');
  if (apart.size === 0) return [operation];
  return [without(operation, apart), ...[...apart].map((field) => only(operation, field))];
}

function without(operation: OperationDefinitionNode, left: ReadonlySet<FieldNode>): OperationDefinitionNode {
  const set = (given: SelectionSetNode): SelectionSetNode => ({ ...given, selections: given.selections.flatMap(selection) });
  const selection = (given: SelectionNode): SelectionNode[] => {
    if (given.kind === Kind.FIELD) return left.has(given) ? [] : [given.selectionSet ? { ...given, selectionSet: orPlaceholder(set(given.selectionSet)) } : given];
    if (given.kind === Kind.FRAGMENT_SPREAD) return [given];
    const selectionSet = set(given.selectionSet);
    return selectionSet.selections.length > 0 ? [{ ...given, selectionSet }] : [];
  };
  return { ...operation, selectionSet: set(operation.selectionSet) };
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
