import { Kind, type FieldNode, type OperationDefinitionNode, type SelectionSetNode } from 'graphql';
import type { Actor } from '@vss/auth';
import type { PreparedOperation } from '../execute/engine.js';
import type { Opening } from './opening.js';

/**
 * Who may share. The key holds everything an answer can depend on: a key too wide would show one client what only
 * another may see. The session is left out: two windows of one user share.
 */
export function createStreamKeys() {
  const operations = new WeakMap<PreparedOperation, number>();
  const partitions = new WeakMap<Actor, string>();
  let last = 0;
  const operationKey = (prepared: PreparedOperation): number => {
    let known = operations.get(prepared);
    if (known === undefined) operations.set(prepared, (known = ++last));
    return known;
  };
  const partition = (actor: Actor): string => {
    let known = partitions.get(actor);
    if (!known) partitions.set(actor, (known = partitionOf(actor)));
    return known;
  };
  return {
    keyOf({ prepared, variables, scope }: Opening): string {
      // A replay is one client's own: who joined it later would miss its beginning.
      const replay = isReplay(prepared.operation, variables) ? ++last : '';
      return JSON.stringify([operationKey(prepared), replay, variables, partition(scope.actor)]);
    },
  };
}

export const partitionOf = ({ kind, userId, role, centerId, permissionVersion, grants }: Actor): string =>
  JSON.stringify([kind, userId, role, centerId, permissionVersion, grants]);

const isReplay = (operation: OperationDefinitionNode, variables: Record<string, unknown>): boolean =>
  rootFields(operation.selectionSet)
    .flatMap((field) => field.arguments ?? [])
    .some(({ name, value }) => name.value === 'after' && (value.kind === Kind.VARIABLE ? (variables[value.name.value] ?? null) !== null : value.kind !== Kind.NULL));

const rootFields = (set: SelectionSetNode): FieldNode[] =>
  set.selections.flatMap((selection) => {
    if (selection.kind === Kind.FIELD) return [selection];
    return selection.kind === Kind.INLINE_FRAGMENT ? rootFields(selection.selectionSet) : [];
  });
