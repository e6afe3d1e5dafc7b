import { getNamedType, isCompositeType, Kind, OperationTypeNode, type GraphQLCompositeType, type GraphQLSchema, type OperationDefinitionNode, type SelectionSetNode } from 'graphql';
import type { Actor } from '@vss/auth';
import { satisfies, type AccessTable, type Rule } from './access-table.js';
import { cutDenied, deniedBy, unlessEmpty, type Cut, type DeniedBy } from './cut-denied.js';
import { conditionType, fieldOf } from './selection-types.js';

/** An operation as far as one actor may have it. One object for all who may have the same: caches hang on it. */
export interface GuardedOperation extends Cut {
  /** The whole of what was asked for. */
  readonly asked: OperationDefinitionNode;
  readonly deniedBy: DeniedBy;
  /** Nothing of it runs for what is denied at its root: half of a mutation is worse than none. */
  readonly isRefused: boolean;
}

export interface OperationGuard {
  check(actor: Actor): GuardedOperation;
}

const MAX_VERDICTS = 64;

/**
 * Evaluates the access rules on an operation (fragments written out, conditions resolved) before it is planned: a denied
 * field is cut, so that no subgraph is ever asked for it. The rules of the operation are collected once, and an actor who
 * is known costs one look-up.
 */
export function createOperationGuard(schema: GraphQLSchema, access: AccessTable, operation: OperationDefinitionNode): OperationGuard {
  const root = schema.getRootType(operation.operation) ?? undefined;
  const rules = root ? [...collectRules(schema, access, operation.selectionSet, root, new Map()).values()] : [];
  const verdicts = new Map<string, GuardedOperation>();
  // An Actor never changes: other rights come with another token, and so with another object.
  const byActor = new WeakMap<Actor, GuardedOperation>();

  function judge(actor: Actor): GuardedOperation {
    const denied = rules.filter((rule) => !satisfies(actor, rule)).map(({ key }) => key);
    const verdict = denied.join(' ');
    let known = verdicts.get(verdict);
    if (known) return known;
    if (verdicts.size >= MAX_VERDICTS) verdicts.clear();
    known = root && denied.length > 0 ? guarded(operation, root, new Set(denied)) : unguarded(operation);
    verdicts.set(verdict, known);
    return known;
  }

  function guarded(asked: OperationDefinitionNode, type: GraphQLCompositeType, denied: ReadonlySet<string>): GuardedOperation {
    const ruleBroken = deniedBy(access, denied);
    const cut = cutDenied(schema, asked, type, ruleBroken);
    const isRefused = asked.operation !== OperationTypeNode.QUERY && cut.denied.some(({ coordinate }) => coordinate.startsWith(`${type.name}.`));
    return { ...cut, asked, deniedBy: ruleBroken, isRefused, ...(isRefused ? { operation: undefined } : {}) };
  }

  return {
    check(actor) {
      let known = byActor.get(actor);
      if (!known) byActor.set(actor, (known = judge(actor)));
      return known;
    },
  };
}

/** The operation as it is: for who may have all of it. */
export const unguarded = (asked: OperationDefinitionNode): GuardedOperation => ({ operation: unlessEmpty(asked), asked, denied: [], deniedBy: () => undefined, isRefused: false });

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
