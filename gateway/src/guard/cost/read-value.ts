import { Kind, valueFromASTUntyped, type ValueNode } from 'graphql';
import type { Variables } from './amount.js';

/** What an argument's value comes to, as far as the operation's text says it. */
export type GivenValue = { readonly value: unknown } | { readonly read: (variables: Variables) => unknown };

export function givenValue(node: ValueNode): GivenValue {
  if (node.kind === Kind.VARIABLE) {
    const name = node.name.value;
    return { read: (variables) => variables[name] };
  }
  if (!holdsVariable(node)) return { value: valueFromASTUntyped(node) };
  return { read: (variables) => valueFromASTUntyped(node, { ...variables }) };
}

function holdsVariable(node: ValueNode): boolean {
  if (node.kind === Kind.LIST) return node.values.some(holdsVariable);
  if (node.kind === Kind.OBJECT) return node.fields.some(({ value }) => holdsVariable(value));
  return node.kind === Kind.VARIABLE;
}
