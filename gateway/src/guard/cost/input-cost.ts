import { getNamedType, getNullableType, isInputObjectType, isListType, type FieldNode, type GraphQLField, type GraphQLInputType, type GraphQLNamedType } from 'graphql';
import { sum, type Amount } from './amount.js';
import type { CostTable } from './cost-table.js';
import { givenValue } from './read-value.js';

/** What the arguments of fields cost: only where the schema gives weights to them, or to what lies in them. */
export function createInputCosts(costs: CostTable) {
  const weighty = new Map<GraphQLNamedType, boolean>();

  /** Whether any value of this type can cost something. */
  function isWeighty(type: GraphQLNamedType): boolean {
    const known = weighty.get(type);
    if (known !== undefined) return known;
    // Noted before it is known, for types that hold themselves.
    weighty.set(type, false);
    const fields = isInputObjectType(type) ? Object.values(type.getFields()) : [];
    const found = costs.weightAt(type.name) !== undefined || fields.some((field) => costs.weightAt(`${type.name}.${field.name}`) !== undefined || isWeighty(getNamedType(field.type)));
    weighty.set(type, found);
    return found;
  }

  function valueCost(type: GraphQLInputType, value: unknown): number {
    if (value === null || value === undefined) return 0;
    const nullable = getNullableType(type);
    if (isListType(nullable)) {
      const values: readonly unknown[] = Array.isArray(value) ? value : [value];
      return values.reduce<number>((total, item) => total + valueCost(nullable.ofType, item), 0);
    }
    const named = getNamedType(type);
    const own = costs.weightAt(named.name) ?? 0;
    if (!isInputObjectType(named) || typeof value !== 'object') return own;
    return Object.values(named.getFields()).reduce((total, field) => {
      const inner = (value as Record<string, unknown>)[field.name];
      return inner === undefined ? total : total + (costs.weightAt(`${named.name}.${field.name}`) ?? 0) + valueCost(field.type, inner);
    }, own);
  }

  return function argumentsCost(typeName: string, field: GraphQLField<unknown, unknown>, node: FieldNode): Amount {
    return sum(
      (node.arguments ?? []).map((given): Amount => {
        const argument = field.args.find(({ name }) => name === given.name.value);
        const weight = costs.weightAt(`${typeName}.${field.name}(${given.name.value}:)`);
        if (!argument || (weight === undefined && !isWeighty(getNamedType(argument.type)))) return 0;
        const costOf = (value: unknown): number => (value === undefined ? 0 : (weight ?? 0) + valueCost(argument.type, value));
        const value = givenValue(given.value);
        return 'read' in value ? (variables) => costOf(value.read(variables)) : costOf(value.value);
      }),
    );
  };
}
