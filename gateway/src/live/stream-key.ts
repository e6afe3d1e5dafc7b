import { createHash } from 'node:crypto';
import { getNamedType, Kind, print, visit, type FieldNode, type GraphQLSchema, type OperationDefinitionNode, type SelectionSetNode } from 'graphql';
import type { Actor } from '@vss/auth';
import type { PreparedOperation } from '../execute/engine.js';
import type { Opening } from './opening.js';

/** Which stream an opening is for. */
export interface StreamIdentity {
  /** Who has the same may share: it holds everything that an answer can depend on. */
  readonly key: string;
  /** Where the client wants to go on from. */
  readonly after: string | undefined;
  /** The stream can be taken up from a cursor: its root field takes one and nothing else depends on it. */
  readonly isResumable: boolean;
  /** The variables for a stream that begins behind this cursor, or at the end. */
  variablesAt(cursor: string | undefined): Record<string, unknown>;
}

/** What of an operation says where its stream begins. */
interface CursorArgument {
  readonly isResumable: boolean;
  readonly variable?: string;
  readonly value?: string;
}

/**
 * A key too wide would show one client what only another may see; so whatever is not known to be without effect is part
 * of it. The session is left out: two windows of one user share. So is the place to begin at, where it is known what it means.
 */
export function createStreamKeys() {
  const texts = new WeakMap<PreparedOperation, string>();
  const cursors = new WeakMap<PreparedOperation, CursorArgument>();
  const partitions = new WeakMap<Actor, string>();
  let last = 0;
  return {
    identify({ engine, prepared, variables, scope }: Opening, sourceResumes: boolean): StreamIdentity {
      // The text and not the object: after a swap of the supergraph the same operation is the same stream.
      const text = kept(texts, prepared, () => createHash('sha256').update(print(prepared.operation)).digest('base64url'));
      const cursor = kept(cursors, prepared, () => cursorArgument(engine.supergraph.schema, prepared.operation));
      const { [cursor.variable ?? '']: given = cursor.value, ...others } = variables;
      const after = typeof given === 'string' ? given : undefined;
      const isResumable = cursor.isResumable && sourceResumes;
      // Where places mean nothing to us a replay is one client's own: who joined it later would miss its beginning.
      const replay = !isResumable && after !== undefined ? `${++last} ${after}` : '';
      const partition = kept(partitions, scope.actor, () => partitionOf(scope.actor));
      const { variable } = cursor;
      return {
        key: JSON.stringify([text, isResumable ? others : variables, partition, replay]),
        after,
        isResumable,
        variablesAt: (place) => (!isResumable || variable === undefined ? variables : place === undefined ? others : { ...others, [variable]: place }),
      };
    },
  };
}

export const partitionOf = ({ kind, userId, role, centerId, teamIds, permissionVersion, grants }: Actor): string =>
  JSON.stringify([kind, userId, role, centerId, teamIds, permissionVersion, grants]);

function kept<K extends object, V>(cache: WeakMap<K, V>, key: K, make: () => V): V {
  let value = cache.get(key);
  if (value === undefined) cache.set(key, (value = make()));
  return value;
}

function cursorArgument(schema: GraphQLSchema, operation: OperationDefinitionNode): CursorArgument {
  const [root] = rootFields(operation.selectionSet);
  const field = root && schema.getSubscriptionType()?.getFields()[root.name.value];
  const type = field?.args.find(({ name }) => name === 'after')?.type;
  const isCursor = type !== undefined && getNamedType(type).name === 'Cursor';
  const value = root?.arguments?.find(({ name }) => name.value === 'after')?.value;
  if (value?.kind === Kind.VARIABLE) return { isResumable: isCursor && usesOf(operation, value.name.value) === 1, variable: value.name.value };
  return { isResumable: isCursor, ...(value?.kind === Kind.STRING ? { value: value.value } : {}) };
}

function usesOf(operation: OperationDefinitionNode, name: string): number {
  let uses = 0;
  visit(operation, {
    VariableDefinition: () => false,
    Variable: (node) => void (uses += node.name.value === name ? 1 : 0),
  });
  return uses;
}

const rootFields = (set: SelectionSetNode): FieldNode[] =>
  set.selections.flatMap((selection) => {
    if (selection.kind === Kind.FIELD) return [selection];
    return selection.kind === Kind.INLINE_FRAGMENT ? rootFields(selection.selectionSet) : [];
  });
