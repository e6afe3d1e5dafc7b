import * as fc from 'fast-check';
import { getNamedType, isAbstractType, isCompositeType, isInterfaceType, isObjectType, type GraphQLArgument, type GraphQLCompositeType, type GraphQLField, type GraphQLNamedType, type GraphQLObjectType, type GraphQLSchema } from 'graphql';
import { literalsOf, type Literal } from './generate-literals.ts';

const nat = (max: number): fc.Arbitrary<number> => fc.integer({ min: 0, max });

/** One selection, as numbers; see generate-model.ts for why. */
export interface SelectionChoice {
  readonly field: number;
  readonly alias: number;
  readonly form: number;
  readonly condition: number;
  readonly arguments: readonly number[];
  readonly inner: readonly SelectionChoice[];
}

export interface OperationChoices {
  readonly kind: number;
  readonly selections: readonly SelectionChoice[];
}

const leaf = { field: nat(999), alias: nat(23), form: nat(15), condition: nat(23), arguments: fc.tuple(nat(99), nat(99)) };
const nested = (depth: number): fc.Arbitrary<SelectionChoice> =>
  fc.record({ ...leaf, inner: depth === 0 ? fc.constant([]) : fc.array(nested(depth - 1), { maxLength: depth > 2 ? 4 : 3, size: 'max' }) });

export const operationChoices: fc.Arbitrary<OperationChoices> = fc.record({ kind: nat(7), selections: fc.array(nested(4), { minLength: 1, maxLength: 4, size: 'max' }) });

export interface GeneratedOperation {
  readonly text: string;
  readonly variables: Record<string, unknown>;
  /** Constructs that it uses, for the count. */
  readonly uses: ReadonlySet<string>;
}

const ALIASES = ['', '', '', '', '', '', '', '', '', '', '', '', 'x', 'y', 'id', 'sku', 'title', 'code', 'owner', 'org', 'constructor', '__proto__', 'vss_a_id', 'vss__none'];

const ENTITY_NAMES = ['Ant', 'Query', 'Nothing'];

interface Writing {
  readonly schema: GraphQLSchema;
  readonly uses: Set<string>;
  readonly fragments: { readonly name: string; readonly type: GraphQLCompositeType; text: string }[];
  readonly variables: Map<string, { readonly type: string; readonly fallback: string | undefined; readonly value: unknown }>;
  /** What stands under a response path, so that fields that differ get names that differ. */
  readonly taken: Map<string, string>;
}

/** The operation that the numbers stand for, over this schema. Not always a valid one. */
export function buildOperation(schema: GraphQLSchema, choices: OperationChoices): GeneratedOperation {
  const mutation = schema.getMutationType();
  const isMutation = choices.kind >= 6 && mutation;
  const root = isMutation ? mutation : schema.getQueryType();
  if (!root) throw new Error('A graph has queries');
  const writing: Writing = { schema, uses: new Set(isMutation ? ['mutation'] : []), fragments: [], variables: new Map(), taken: new Map() };
  const selections = writeSelections(writing, root, choices.selections, '');
  const declared = [...writing.variables].map(([name, { type, fallback }]) => `$${name}: ${type}${fallback === undefined ? '' : ` = ${fallback}`}`);
  const head = declared.length > 0 || isMutation || choices.kind === 1 ? `${isMutation ? 'mutation' : 'query'}${choices.kind === 1 ? ' Named' : ''}${declared.length > 0 ? `(${declared.join(', ')})` : ''} ` : '';
  const variables: Record<string, unknown> = {};
  for (const [name, { value }] of writing.variables) if (value !== undefined) variables[name] = value;
  return { text: `${head}${selections}${writing.fragments.map(({ text }) => `\n${text}`).join('')}`, variables, uses: writing.uses };
}

function writeSelections(writing: Writing, type: GraphQLCompositeType, choices: readonly SelectionChoice[], path: string): string {
  const written = choices.map((choice) => writeSelection(writing, type, choice, path)).filter(Boolean);
  if (written.length === 0) written.push(path.length % 2 === 0 ? '__typename' : plainField(type));
  return `{ ${written.join(' ')} }`;
}

const plainField = (type: GraphQLCompositeType): string => {
  const fields = isObjectType(type) || isInterfaceType(type) ? Object.values(type.getFields()) : [];
  return fields.find((field) => !isCompositeType(getNamedType(field.type)) && field.args.length === 0)?.name ?? '__typename';
};

function writeSelection(writing: Writing, type: GraphQLCompositeType, choice: SelectionChoice, path: string): string {
  if (choice.form < 9) return writeField(writing, type, choice, path);
  const { schema, uses, fragments } = writing;
  if (choice.form === 9) {
    uses.add('inline fragment');
    return `...${writeCondition(writing, choice)} ${writeSelections(writing, type, choice.inner, path)}`;
  }
  const narrower = narrowerTypes(schema, type);
  const target = narrower[choice.field % narrower.length] ?? type;
  if (choice.form < 13) {
    uses.add(target === type ? 'inline fragment' : isAbstractType(target) ? 'fragment on an abstract type' : 'fragment on an implementation');
    return `... on ${target.name}${writeCondition(writing, choice)} ${writeSelections(writing, target, choice.inner, path)}`;
  }
  uses.add('named fragment');
  const known = fragments.filter((one) => one.type === target && one.text);
  if (choice.form === 15 && known.length > 0) {
    uses.add('fragment used twice');
    return `...${known[choice.alias % known.length]?.name}${writeCondition(writing, choice)}`;
  }
  const fragment = { name: `F${fragments.length}`, type: target, text: '' };
  fragments.push(fragment);
  fragment.text = `fragment ${fragment.name} on ${target.name} ${writeSelections(writing, target, choice.inner, path)}`;
  return `...${fragment.name}${writeCondition(writing, choice)}`;
}

/** Types that a fragment inside this one may name: itself, its implementations, and the abstract types they share. */
function narrowerTypes(schema: GraphQLSchema, type: GraphQLCompositeType): readonly GraphQLCompositeType[] {
  const possible: readonly GraphQLObjectType[] = isAbstractType(type) ? schema.getPossibleTypes(type) : isObjectType(type) ? [type] : [];
  const shared = Object.values(schema.getTypeMap()).filter((one): one is GraphQLCompositeType & GraphQLNamedType => isAbstractType(one) && schema.getPossibleTypes(one).some((member) => possible.includes(member)));
  return [...new Set([type, ...possible, ...shared])];
}

function writeField(writing: Writing, type: GraphQLCompositeType, choice: SelectionChoice, path: string): string {
  const { uses } = writing;
  const fields = isObjectType(type) || isInterfaceType(type) ? Object.values(type.getFields()) : [];
  const at = choice.field % (fields.length + 1);
  const field = fields[at];
  const wished = ALIASES[choice.alias] ?? '';
  if (!field && choice.condition === 1 && type === writing.schema.getQueryType()) {
    uses.add('introspection');
    return `i${choice.alias}: __type(name: "${ENTITY_NAMES[choice.alias % 3]}") { name kind fields { name type { name } } }`;
  }
  if (!field) {
    const alias = wished && reserve(writing, path, wished, '__typename String', type) ? wished : '';
    uses.add(alias ? '__typename under alias' : '__typename');
    return `${alias ? `${alias}: ` : ''}__typename${writeCondition(writing, choice)}`;
  }
  const args = writeArguments(writing, field, choice.arguments);
  const signature = `${field.name}${args} ${String(field.type)}`;
  const key = [wished || field.name, `${field.name}_${choice.alias}`, `${field.name}_${writing.taken.size}`].find((one) => reserve(writing, path, one, signature, type)) ?? field.name;
  if (key !== field.name) uses.add(['id', 'sku', 'code', 'org'].includes(key) ? 'alias equal to a key' : 'alias');
  const named = getNamedType(field.type);
  const head = `${key === field.name ? '' : `${key}: `}${field.name}${args}${writeCondition(writing, choice)}`;
  if (!isCompositeType(named)) return head;
  return `${head} ${writeSelections(writing, named, choice.inner, `${path}/${key}`)}`;
}

/** Whether this field may have that response key here: nobody has it, or just such a field, or fields that never meet. */
function reserve({ taken, uses }: Writing, path: string, key: string, signature: string, type: GraphQLCompositeType): boolean {
  const at = `${path}/${key}`;
  const holder = taken.get(at);
  if (holder === undefined) {
    taken.set(at, `${type.name}|${signature}`);
    return true;
  }
  if (holder.endsWith(`|${signature}`)) {
    uses.add('same field twice');
    return true;
  }
  const shape = signature.split(' ').at(-1);
  const mayDiffer = isObjectType(type) && !holder.startsWith(`${type.name}|`) && holder.split(' ').at(-1) === shape;
  if (mayDiffer) uses.add('one key for two fields');
  return mayDiffer;
}

function writeArguments(writing: Writing, field: GraphQLField<unknown, unknown>, choices: readonly number[]): string {
  const written = field.args.flatMap((argument, index) => {
    const text = writeArgument(writing, argument, choices[index] ?? 0);
    return text === undefined ? [] : [`${argument.name}: ${text}`];
  });
  if (written.length > 0) writing.uses.add('arguments');
  return written.length > 0 ? `(${written.join(', ')})` : '';
}

function writeArgument(writing: Writing, argument: GraphQLArgument, choice: number): string | undefined {
  const { uses, variables } = writing;
  const type = String(argument.type);
  const isRequired = type.endsWith('!') && argument.defaultValue === undefined;
  const literals = literalsOf(type);
  const [text, value] = literals[(choice >> 3) % literals.length] ?? ['null', null];
  const name = `v${variables.size}`;
  const form = choice % 8;
  const within = form === 3 ? variableWithin(writing, type, choice) : undefined;
  if (within) return within;
  if (form < 2 && !isRequired) return undefined;
  if (form < 4) return text;
  uses.add('variable');
  const spare = literals[0] ?? ['null', null];
  if (form === 4) variables.set(name, { type, fallback: undefined, value });
  else if (form === 5) variables.set(name, { type: type.replace(/!$/, ''), fallback: value === null ? spare[0] : text, value: undefined });
  else if (form === 6) variables.set(name, { type, fallback: spare[0], value });
  else if (isRequired) variables.set(name, { type, fallback: undefined, value });
  else {
    uses.add('variable left out');
    variables.set(name, { type: type.replace(/!$/, ''), fallback: undefined, value: undefined });
  }
  if (form === 5 || form === 6) uses.add('variable with a default');
  return `$${name}`;
}

/** A list or an input object with a variable in it, given or left out. */
function variableWithin({ variables, uses }: Writing, type: string, choice: number): string | undefined {
  const name = `v${variables.size}`;
  const declare = (type: string, [, value]: Literal): void => {
    uses.add('variable inside a value');
    variables.set(name, { type, fallback: undefined, value: (choice >> 3) % 3 === 0 && !type.endsWith('!') ? undefined : value });
  };
  if (type === 'Filter') {
    declare('Int', ['5', 5]);
    return `{ s: "v", n: $${name} }`;
  }
  if (!type.startsWith('[')) return undefined;
  const item = type.slice(1, -1);
  const [literal] = literalsOf(item);
  if (!literal) return undefined;
  declare(item, literal);
  return `[${literal[0]}, $${name}]`;
}

function writeCondition(writing: Writing, { condition }: SelectionChoice): string {
  const { uses, variables } = writing;
  const one = (directive: 'skip' | 'include', form: number): string => {
    const value = form % 2 === 0;
    if (form < 2) {
      uses.add(`@${directive} with a literal`);
      return ` @${directive}(if: ${String(value)})`;
    }
    uses.add(`@${directive} with a variable`);
    const name = `c${form}${directive[0]}`;
    // Few names, so that conditions meet; one of them comes from its default.
    variables.set(name, { type: form < 4 ? 'Boolean!' : 'Boolean', fallback: form < 4 ? undefined : String(value), value: form < 4 ? value : undefined });
    return ` @${directive}(if: $${name})`;
  };
  if (condition < 12) return '';
  if (condition < 17) return one('skip', condition - 12);
  if (condition < 22) return one('include', condition - 17);
  return one('skip', 3) + one('include', condition === 22 ? 2 : 3);
}
