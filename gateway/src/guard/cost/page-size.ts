import { getNamedType, getNullableType, isListType, isObjectType, type FieldNode, type GraphQLField } from 'graphql';
import { AppError } from '@vss/runtime';
import type { Amount, Variables } from './amount.js';
import type { ListSize } from './cost-table.js';
import { givenValue, type GivenValue } from './read-value.js';

export interface SizeLimits {
  /** Rows that one page may have. */
  readonly maxPage: number;
  /** How long a list is taken to be where nothing says so. */
  readonly assumedList: number;
}

/** How many rows a field answers with, and in which fields of its answer they lie: none means in itself. */
export interface Sized {
  readonly size: Amount;
  readonly fields: readonly string[];
}

/** Arguments that say how long a list is, by custom, where no `@listSize` names them. */
const PAGE_ARGUMENTS = ['first', 'last', 'limit'];
const PAGE_FIELDS = ['nodes', 'edges'];

type Field = GraphQLField<unknown, unknown>;
type Slice = { readonly argument: string; readonly given: GivenValue };

/** What says the size of this field's list, or undefined where it has none. */
export function sizeOf(field: Field, node: FieldNode, declared: ListSize | undefined, limits: SizeLimits): Sized | undefined {
  const isList = isListType(getNullableType(field.type));
  if (declared) return { size: amountOf(field, node, declared, limits), fields: declared.sizedFields };
  const slicingArguments = PAGE_ARGUMENTS.filter((name) => field.args.some((argument) => argument.name === name));
  const fields = isList ? [] : pageFields(field);
  if (!isList && (slicingArguments.length === 0 || fields.length === 0)) return undefined;
  return { size: amountOf(field, node, { assumedSize: undefined, slicingArguments, sizedFields: fields, requireOneSlicingArgument: false }, limits), fields };
}

function pageFields({ type }: Field): string[] {
  const page = getNamedType(type);
  return isObjectType(page) ? PAGE_FIELDS.filter((name) => isListType(getNullableType(page.getFields()[name]?.type))) : [];
}

function amountOf(field: Field, node: FieldNode, listSize: ListSize, { maxPage, assumedList }: SizeLimits): Amount {
  const assumed = listSize.assumedSize ?? assumedList;
  const given = listSize.slicingArguments.flatMap((argument) => sliceOf(node, argument));
  const defaults = listSize.slicingArguments.flatMap((argument) => defaultOf(field, argument));
  const isRequired = listSize.requireOneSlicingArgument && listSize.slicingArguments.length > 0;
  const measure = (variables: Variables): number => {
    const sizes: number[] = [];
    for (const slice of given) {
      const rows = 'read' in slice.given ? slice.given.read(variables) : slice.given.value;
      if (typeof rows !== 'number') continue;
      if (rows > maxPage) throw pageTooLarge(slice.argument, maxPage);
      sizes.push(rows);
    }
    if (isRequired && (sizes.length > 1 || (sizes.length === 0 && defaults.length === 0))) throw notOneSlice(field.name, listSize.slicingArguments);
    const rows = sizes.length > 0 ? Math.max(...sizes) : defaults.length > 0 ? Math.max(...defaults) : assumed;
    return Math.max(rows, 0);
  };
  const isOpen = given.some((slice) => 'read' in slice.given);
  if (isOpen) return measure;
  try {
    return measure({});
  } catch (refusal) {
    // The operation is compiled for everybody who sends it; the refusal is for each request.
    return () => {
      throw refusal;
    };
  }
}

function sliceOf(node: FieldNode, argument: string): Slice[] {
  const given = node.arguments?.find(({ name }) => name.value === argument);
  return given ? [{ argument, given: givenValue(given.value) }] : [];
}

function defaultOf(field: Field, argument: string): number[] {
  const rows = field.args.find(({ name }) => name === argument)?.defaultValue;
  return typeof rows === 'number' ? [rows] : [];
}

/** In the words of our subgraphs, who say the same of a page that reaches them. */
function pageTooLarge(argument: string, maxPage: number): AppError {
  const message = `must be 1 to ${maxPage}`;
  return new AppError('BAD_USER_INPUT', `Argument ${argument}: ${message}`, { fields: [{ field: argument, message }], limit: 'PAGE_SIZE', most: maxPage });
}

const notOneSlice = (field: string, names: readonly string[]): AppError =>
  new AppError('BAD_USER_INPUT', `The field ${field} needs exactly one of the arguments ${names.join(', ')}: it says how long the list is`, { limit: 'SLICING_ARGUMENTS' });
