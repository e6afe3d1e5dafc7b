import { Kind, type ConstDirectiveNode, type ConstValueNode, type DocumentNode } from 'graphql';
import { AUTHENTICATED, PUBLIC } from '@vss/auth';
import { StartError } from '@vss/runtime';
import type { Rule } from './access-table.js';
import { argumentOf, isLinked, linkedDirective } from './linked-directive.js';

/** Rules by coordinate: of a type, which hold for reading anything of it and any field that gives it, and of a field. */
export type ForeignRules = ReadonlyMap<string, readonly Rule[]>;

const MAX_CLAUSES = 64;

/** Apollo's directives that say who may read what, and the argument in which two of them say it. */
const DIRECTIVES = [
  { name: 'authenticated', argument: undefined },
  { name: 'requiresScopes', argument: 'scopes' },
  { name: 'policy', argument: 'policies' },
] as const;

export const FOREIGN_ACCESS_FEATURES = DIRECTIVES.map(({ name }) => `https://specs.apollo.dev/${name}/v0.1`);

/** Reads what `@authenticated`, `@requiresScopes` and `@policy` demand. A scope or policy is the name of a permission. */
export function readForeignRules(supergraph: DocumentNode): ForeignRules {
  const linked = DIRECTIVES.map(({ name, argument }) => ({ specification: `https://specs.apollo.dev/${name}/`, name, argument }))
    .filter(({ specification }) => isLinked(supergraph, specification))
    .map(({ specification, name, argument }) => ({ applied: linkedDirective(supergraph, specification, name), argument }));
  const rules = new Map<string, readonly Rule[]>();
  if (linked.length === 0) return rules;

  function read(at: string, directives: readonly ConstDirectiveNode[] | undefined): void {
    const found = (directives ?? []).flatMap((directive) => {
      const known = linked.find(({ applied }) => applied === directive.name.value);
      if (!known) return [];
      return known.argument === undefined ? [ruleOf([AUTHENTICATED])] : clausesOf(alternatives(argumentOf(directive, known.argument), at), at).map(ruleOf);
    });
    if (found.length > 0) rules.set(at, found);
  }

  for (const type of supergraph.definitions) {
    if (!('name' in type) || !('directives' in type) || !type.name) continue;
    read(type.name.value, type.directives as readonly ConstDirectiveNode[] | undefined);
    if (type.kind !== Kind.OBJECT_TYPE_DEFINITION && type.kind !== Kind.INTERFACE_TYPE_DEFINITION) continue;
    for (const field of type.fields ?? []) read(`${type.name.value}.${field.name.value}`, field.directives);
  }
  return rules;
}

const ruleOf = (anyOf: readonly string[]): Rule => {
  const permission = anyOf.join(' or ');
  return { key: `${permission}@OWN`, permission, scope: 'OWN', ...(anyOf.length > 1 ? { anyOf } : {}) };
};

/** `[["a", "b"], ["c"]]`: both a and b, or c. */
function alternatives(value: ConstValueNode | undefined, at: string): string[][] {
  const wrong = (): StartError => new StartError(`The access rule on ${at} is no list of lists of names`);
  const listOf = (list: ConstValueNode | undefined): readonly ConstValueNode[] => {
    if (list?.kind !== Kind.LIST) throw wrong();
    return list.values;
  };
  return listOf(value).map((all) =>
    listOf(all).map((name) => {
      if (name.kind !== Kind.STRING) throw wrong();
      // With us everybody has the one and every user the other; there they are names like any.
      if (name.value === PUBLIC || name.value === AUTHENTICATED) throw new StartError(`The access rule on ${at} demands "${name.value}", which cannot be granted here`);
      return name.value;
    }),
  );
}

/** The same as rules that all must hold, each satisfied by any of its names: (a and b) or c = (a or c) and (b or c). */
function clausesOf(anyOfAll: readonly (readonly string[])[], at: string): string[][] {
  let clauses: string[][] = [[]];
  for (const all of anyOfAll) {
    clauses = clauses.flatMap((clause) => all.map((name) => [...new Set([...clause, name])].toSorted()));
    if (clauses.length > MAX_CLAUSES) throw new StartError(`The access rule on ${at} has too many alternatives`);
  }
  // No alternative at all: nobody satisfies it. An empty alternative: everybody does, and there is no clause left.
  return anyOfAll.length === 0 ? [['nothing that can be granted']] : [...new Map(clauses.map((clause) => [clause.join(), clause])).values()];
}
