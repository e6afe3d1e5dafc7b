import { getOperationAST, GraphQLError, Kind, Lexer, Source, TokenKind, type DocumentNode, type FragmentDefinitionNode, type SelectionSetNode } from 'graphql';

export interface Limits {
  /** Words and signs of the document. */
  readonly tokens: number;
  /** Levels of nested fields, fragments counted where they are spread. */
  readonly depth: number;
  readonly aliases: number;
  /** Fields at the top of one operation. */
  readonly rootFields: number;
}

export const DEFAULT_LIMITS: Limits = { tokens: 5_000, depth: 15, aliases: 100, rootFields: 50 };

/** Levels of objects and lists within variables. A list of filters within filters is far from it, and a stack far beyond. */
const VARIABLE_DEPTH = 64;

/** Values are checked, compared and written out by functions that call themselves: the deepest must not exhaust the stack. */
export function assertShallow(variables: Readonly<Record<string, unknown>>): void {
  if (isDeeper(variables, VARIABLE_DEPTH + 1)) throw new GraphQLError(`The variables are nested more than ${VARIABLE_DEPTH} levels deep`, { extensions: { code: 'BAD_USER_INPUT', limit: 'VARIABLE_DEPTH', most: VARIABLE_DEPTH } });
}

function isDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (levels === 0) return true;
  for (const item of Array.isArray(value) ? value : Object.values(value)) if (isDeeper(item, levels - 1)) return true;
  return false;
}

const refusal = (limit: string, most: number, what: string): GraphQLError =>
  new GraphQLError(`The operation ${what}: at most ${most} are allowed`, { extensions: { code: 'OPERATION_TOO_LARGE', limit, most } });

/** Counts words before anything is parsed: the parser is recursive, and validation is quadratic in some of them. */
export function assertFewTokens(source: string, { tokens }: Limits): void {
  const lexer = new Lexer(new Source(source));
  for (let count = 0; lexer.advance().kind !== TokenKind.EOF; ) if (++count > tokens) throw refusal('TOKENS', tokens, 'has too many words and signs');
}

/** Depth, aliases and root fields of every operation in the document, in one walk with each fragment measured once. */
export function checkLimits(document: DocumentNode, limits: Limits): GraphQLError[] {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of document.definitions) if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);
  const measured = new Map<string, Size>();
  const measureFragment = (name: string): Size => {
    let size = measured.get(name);
    if (size) return size;
    // Noted before it is known: a cyclic fragment measures as nothing here, and validation refuses it.
    measured.set(name, NOTHING);
    const fragment = fragments.get(name);
    size = fragment ? measure(fragment.selectionSet) : NOTHING;
    measured.set(name, size);
    return size;
  };
  const measure = (set: SelectionSetNode): Size => {
    let size = NOTHING;
    for (const selection of set.selections) {
      if (selection.kind === Kind.FRAGMENT_SPREAD) size = together(size, measureFragment(selection.name.value));
      else if (selection.kind === Kind.INLINE_FRAGMENT) size = together(size, measure(selection.selectionSet));
      else {
        // What introspection nests is bounded by a validation rule of its own.
        const inner = selection.selectionSet && !selection.name.value.startsWith('__') ? measure(selection.selectionSet) : NOTHING;
        size = together(size, { depth: inner.depth + 1, aliases: inner.aliases + (selection.alias ? 1 : 0), fields: 1 });
      }
    }
    return size;
  };
  const errors: GraphQLError[] = [];
  for (const operation of document.definitions) {
    if (operation.kind !== Kind.OPERATION_DEFINITION) continue;
    const size = measure(operation.selectionSet);
    if (size.depth > limits.depth) errors.push(refusal('DEPTH', limits.depth, `is ${size.depth} levels deep`));
    if (size.aliases > limits.aliases) errors.push(refusal('ALIASES', limits.aliases, `has ${size.aliases} aliases`));
    if (size.fields > limits.rootFields) errors.push(refusal('ROOT_FIELDS', limits.rootFields, `has ${size.fields} root fields`));
  }
  return errors;
}

interface Size {
  readonly depth: number;
  readonly aliases: number;
  /** Fields directly in the set. */
  readonly fields: number;
}
const NOTHING: Size = { depth: 0, aliases: 0, fields: 0 };
const together = (a: Size, b: Size): Size => ({ depth: Math.max(a.depth, b.depth), aliases: a.aliases + b.aliases, fields: a.fields + b.fields });

/** Whether the named operation exists; the error says which ones do. */
export function assertOperation(document: DocumentNode, operationName: string | undefined) {
  const operation = getOperationAST(document, operationName);
  if (operation) return operation;
  const names = document.definitions.flatMap((definition) => (definition.kind === Kind.OPERATION_DEFINITION && definition.name ? [definition.name.value] : []));
  const message = operationName ? `There is no operation named ${operationName}` : 'Say which operation to run by operationName';
  throw new GraphQLError(names.length > 0 ? `${message}; the document has ${names.join(', ')}` : message, { extensions: { code: 'OPERATION_RESOLUTION_FAILURE' } });
}
