import { Kind, parse, print, type ConstDirectiveNode, type DocumentNode, type SelectionSetNode } from 'graphql';

/** What the subgraphs' field sets (`@key`, `@requires`, `@provides`) say, as far as the planner mishandles it. */
export interface Requirements {
  /** Fields with arguments that some `@requires` selects, be it without giving any. */
  readonly withArguments: ReadonlySet<string>;
  /** Every response key that a field set may add to a subgraph's answer. */
  readonly responseKeys: ReadonlySet<string>;
  /**
   * Field → fields that require the same thing with other arguments, so that one fetch cannot serve both; the field itself
   * where what it requires does, in its turn.
   */
  readonly conflicts: ReadonlyMap<string, ReadonlySet<string>>;
}

const FIELD_SETS = ['key', 'requires', 'provides'];

export function readRequirements(supergraph: DocumentNode): Requirements {
  const withArguments = new Set<string>();
  const responseKeys = new Set<string>(['__typename']);
  const conflicts = new Map<string, Set<string>>();
  const argued = fieldsWithArguments(supergraph);
  for (const type of supergraph.definitions) {
    if (type.kind !== Kind.OBJECT_TYPE_DEFINITION && type.kind !== Kind.INTERFACE_TYPE_DEFINITION) continue;
    const required = new Map<string, Map<string, string>>();
    const read = (directive: ConstDirectiveNode, field?: string): void => {
      for (const { name, value } of directive.arguments ?? []) {
        if (!FIELD_SETS.includes(name.value) || value.kind !== Kind.STRING) continue;
        const asked = argumentsByPath(value.value, responseKeys);
        if (name.value !== 'requires' || !field) continue;
        for (const path of asked.keys()) {
          const name = path.slice(path.lastIndexOf('/') + 1);
          if (argued.has(name)) withArguments.add(name);
        }
        required.set(field, asked);
      }
    };
    for (const directive of type.directives ?? []) read(directive);
    for (const field of type.fields ?? []) for (const directive of field.directives ?? []) read(directive, field.name.value);
    noteConflicts(withIndirect(required), conflicts);
  }
  return { withArguments, responseKeys, conflicts };
}

/** Names of fields that have arguments on some type. */
function fieldsWithArguments(supergraph: DocumentNode): ReadonlySet<string> {
  const names = new Set<string>();
  for (const type of supergraph.definitions) {
    if (type.kind !== Kind.OBJECT_TYPE_DEFINITION && type.kind !== Kind.INTERFACE_TYPE_DEFINITION) continue;
    for (const field of type.fields ?? []) if (field.arguments?.length) names.add(field.name.value);
  }
  return names;
}

/** Path in a field set → its arguments; also notes every field's name. */
function argumentsByPath(fieldSet: string, names: Set<string>): Map<string, string> {
  const found = new Map<string, string>();
  const walk = (set: SelectionSetNode, at: string): void => {
    for (const selection of set.selections) {
      const path = selection.kind === Kind.FIELD ? `${at}/${selection.name.value}` : at;
      if (selection.kind === Kind.FIELD) {
        names.add(selection.name.value);
        found.set(path, (selection.arguments ?? []).map(print).sort().join());
      }
      if (selection.kind !== Kind.FRAGMENT_SPREAD && selection.selectionSet) walk(selection.selectionSet, path);
    }
  };
  const [operation] = parse(`{${fieldSet}}`, { noLocation: true }).definitions;
  if (operation?.kind === Kind.OPERATION_DEFINITION) walk(operation.selectionSet, '');
  return found;
}

/** Path → every text of arguments under which it is asked for. */
type Asked = ReadonlyMap<string, ReadonlySet<string>>;

/** What each field requires, with what the required fields of the same type require themselves. */
function withIndirect(required: ReadonlyMap<string, ReadonlyMap<string, string>>): ReadonlyMap<string, Asked> {
  const all = (field: string, above: readonly string[]): Map<string, Set<string>> => {
    const asked = new Map<string, Set<string>>();
    const add = (path: string, args: Iterable<string>): void => void asked.set(path, new Set([...(asked.get(path) ?? []), ...args]));
    for (const [path, args] of required.get(field) ?? []) {
      add(path, [args]);
      const name = path.slice(1);
      if (required.has(name) && !above.includes(name)) for (const [inner, innerArgs] of all(name, [...above, name])) add(inner, innerArgs);
    }
    return asked;
  };
  return new Map([...required.keys()].map((field) => [field, all(field, [field])]));
}

function noteConflicts(required: ReadonlyMap<string, Asked>, conflicts: Map<string, Set<string>>): void {
  for (const [field, paths] of required)
    for (const [other, otherPaths] of required) {
      const differ = [...paths].some(([path, args]) => otherPaths.has(path) && new Set([...args, ...(otherPaths.get(path) ?? [])]).size > 1);
      if (differ) conflicts.set(field, (conflicts.get(field) ?? new Set()).add(other));
    }
}
