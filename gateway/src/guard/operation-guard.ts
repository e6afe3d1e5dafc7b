import { getNamedType, isCompositeType, Kind, type GraphQLCompositeType, type GraphQLSchema, type OperationDefinitionNode, type SelectionSetNode } from 'graphql';
import { isAllowed, type Actor } from '@vss/auth';
import type { AccessTable, Rule } from './access-table.js';
import { cutDenied, type Cut, type CutLevel } from './cut-denied.js';
import { conditionType, fieldOf } from './selection-types.js';

/** An operation as far as one actor may have it. */
export interface GuardedOperation extends Omit<Cut, 'cut'> {
  /** Undefined where nothing was cut. */
  readonly cut: CutLevel | undefined;
  /** Equal for actors who get the same operation. */
  readonly verdict: string;
}

export interface OperationGuard {
  check(actor: Actor): GuardedOperation;
}

const MAX_VERDICTS = 64;

/**
 * Evaluates the access rules on an operation (fragments written out) before it is planned: a denied field is cut, so
 * that no subgraph is ever asked for it. The rules of the operation are collected once, so that the check of a known
 * operation costs a few look-ups in the actor's grants.
 */
export function createOperationGuard(schema: GraphQLSchema, access: AccessTable, operation: OperationDefinitionNode): OperationGuard {
  const root = rootType(schema, operation);
  const rules = root ? [...collectRules(schema, access, operation.selectionSet, root, new Map()).values()] : [];
  const verdicts = new Map<string, GuardedOperation>();
  return {
    check(actor) {
      const denied = rules.filter((rule) => !isAllowed(actor, rule.permission, rule.scope));
      const verdict = denied.map((rule) => rule.key).join(' ');
      let known = verdicts.get(verdict);
      if (!known) {
        if (verdicts.size >= MAX_VERDICTS) verdicts.clear();
        known = root && denied.length > 0 ? { ...cutDenied(schema, access, operation, root, new Set(denied.map((rule) => rule.key))), verdict } : unguarded(operation);
        verdicts.set(verdict, known);
      }
      return known;
    },
  };
}

/** The operation as it is: for who may have all of it. */
export const unguarded = (operation: OperationDefinitionNode): GuardedOperation => ({ operation, cut: undefined, denied: [], refusedBy: [], verdict: '' });

const rootType = (schema: GraphQLSchema, operation: OperationDefinitionNode) => schema.getRootType(operation.operation) ?? undefined;

function collectRules(schema: GraphQLSchema, access: AccessTable, set: SelectionSetNode, parent: GraphQLCompositeType, found: Map<string, Rule>): Map<string, Rule> {
  for (const selection of set.selections) {
    if (selection.kind === Kind.INLINE_FRAGMENT) collectRules(schema, access, selection.selectionSet, conditionType(schema, selection, parent), found);
    if (selection.kind !== Kind.FIELD) continue;
    const field = fieldOf(parent, selection.name.value);
    if (!field) continue;
    for (const rule of access.rulesFor(parent, selection.name.value)) found.set(rule.key, rule);
    const type = getNamedType(field.type);
    if (selection.selectionSet && isCompositeType(type)) collectRules(schema, access, selection.selectionSet, type, found);
  }
  return found;
}
