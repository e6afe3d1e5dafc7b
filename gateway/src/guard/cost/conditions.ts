import { Kind, type SelectionNode } from 'graphql';
import type { Amount, Variables } from './amount.js';

/** A variable that must be so for a selection to be asked. */
interface Condition {
  readonly variable: string;
  readonly wanted: boolean;
}

/** All of these must hold; none means always. */
export type Conditions = readonly Condition[];

/** What `@skip` and `@include` demand of the variables; undefined where the selection is never asked. */
export function conditionsOf(node: SelectionNode): Conditions | undefined {
  const found: Condition[] = [];
  for (const { name, arguments: given } of node.directives ?? []) {
    if (name.value !== 'skip' && name.value !== 'include') continue;
    const wanted = name.value === 'include';
    const value = given?.find((argument) => argument.name.value === 'if')?.value;
    if (value?.kind === Kind.VARIABLE) found.push({ variable: value.name.value, wanted });
    else if (value?.kind === Kind.BOOLEAN && value.value !== wanted) return undefined;
  }
  return found;
}

const hold = (conditions: Conditions, variables: Variables): boolean => conditions.every(({ variable, wanted }) => variables[variable] === wanted);

/** The amount, or nothing where none of these ways to ask for it is taken. */
export function amountIf(ways: readonly Conditions[], amount: Amount): Amount {
  if (amount === 0 || ways.some((conditions) => conditions.length === 0)) return amount;
  return (variables) => (!ways.some((conditions) => hold(conditions, variables)) ? 0 : typeof amount === 'number' ? amount : amount(variables));
}
