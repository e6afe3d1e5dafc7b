import { getNamedType, getNullableType, GraphQLError, isCompositeType, isListType, isObjectType, Kind, type FieldNode, type GraphQLCompositeType, type GraphQLObjectType, type GraphQLSchema, type OperationDefinitionNode, type SelectionSetNode } from 'graphql';
import { conditionType } from '../selection-types.js';
import { largest, product, sum, valueOf, type Amount, type Variables } from './amount.js';
import { amountIf, conditionsOf, type Conditions } from './conditions.js';
import type { CostTable } from './cost-table.js';
import { createInputCosts } from './input-cost.js';
import { sizeOf, type Sized, type SizeLimits } from './page-size.js';

/** What one operation costs, worked out once: a number, or a function of the variables where they matter. */
export interface OperationCost {
  readonly amount: Amount;
  /** Where most of it comes from, as response keys: `calls.nodes.notes`. Takes its time. */
  heaviest(variables: Variables): string;
}

/** A selection set that is asked under conditions. */
interface Asked {
  readonly set: SelectionSetNode;
  readonly when: Conditions;
}

/** All selections of one response key: they are answered by one field. */
interface Entry {
  readonly node: FieldNode;
  readonly ways: Conditions[];
  readonly inner: Asked[];
}

/** Changing something costs more than reading it. */
const MUTATION_WEIGHT = 10;
/** Fields looked at while an operation is measured. Abstract types multiply what is looked at; nobody needs this many. */
const MAX_STEPS = 100_000;

/** Compiles costs by the cost specification; see docs/limits.md for the defaults. */
export function createCostCompiler({ schema, costs, limits }: { schema: GraphQLSchema; costs: CostTable; limits: SizeLimits }) {
  const argumentsCost = createInputCosts(costs);
  let steps = 0;

  function fieldCost(type: GraphQLObjectType, { node, ways, inner }: Entry, outer: Amount | undefined): Amount {
    const field = type.getFields()[node.name.value];
    // Introspection is free; what it nests is bounded by a validation rule.
    if (!field) return 0;
    if (++steps > MAX_STEPS) throw tooManyTypes();
    const coordinate = declaredAt(type, field.name);
    const sized = sizeOf(field, node, costs.listSizeAt(coordinate), limits);
    const result = getNamedType(field.type);
    const one = isCompositeType(result) ? setCost(result, inner, sized) : costs.weightOf(result);
    const isList = isListType(getNullableType(field.type));
    const count = outer ?? (isList ? (sized?.fields.length === 0 ? sized.size : limits.assumedList) : 1);
    const weight = costs.weightAt(coordinate) ?? (type === schema.getMutationType() ? MUTATION_WEIGHT : 0);
    const own = notNegative(sum([weight, argumentsCost(coordinate.split('.', 1)[0] ?? type.name, field, node)]));
    return amountIf(ways, sum([own, checked(sized, product(count, one))]));
  }

  /** A type that says nothing about a field takes what its interfaces say. */
  function declaredAt(type: GraphQLObjectType, field: string): string {
    const names = [type.name, ...type.getInterfaces().map(({ name }) => name)];
    const name = names.find((one) => costs.isWeighted(one) && isSaid(`${one}.${field}`));
    return `${name ?? type.name}.${field}`;
  }
  const isSaid = (coordinate: string): boolean => costs.weightAt(coordinate) !== undefined || costs.listSizeAt(coordinate) !== undefined;

  function objectCost(type: GraphQLObjectType, asked: readonly Asked[], sized: Sized | undefined): Amount {
    const entries = [...collect(schema, type, asked)].map(([, entry]) => fieldCost(type, entry, sized?.fields.includes(entry.node.name.value) ? sized.size : undefined));
    return sum([costs.weightOf(type), ...entries]);
  }

  /** Of an abstract type, the dearest that can stand there. Types to which the same selections apply count once. */
  function setCost(type: GraphQLCompositeType, asked: readonly Asked[], sized?: Sized): Amount {
    if (isObjectType(type)) return objectCost(type, asked, sized);
    const kinds = new Map<string, GraphQLObjectType>();
    const conditions = asked.flatMap(({ set }) => [...typeConditions(schema, set, type)]);
    for (const possible of schema.getPossibleTypes(type)) {
      const applies = conditions.map((one) => (isOf(schema, possible, one) ? 1 : 0)).join('');
      kinds.set(costs.isWeighted(possible.name) ? possible.name : applies, possible);
    }
    return largest([...kinds.values()].map((possible) => objectCost(possible, asked, sized)));
  }

  return function compile(operation: OperationDefinitionNode): OperationCost {
    steps = 0;
    const root = schema.getRootType(operation.operation);
    if (!root) return { amount: 0, heaviest: () => '' };
    const asked = [{ set: operation.selectionSet, when: [] }];
    // The root object itself is no row of anything.
    const amount = sum([objectCost(root, asked, undefined), -costs.weightOf(root)]);
    return { amount, heaviest: (variables) => heaviest(root, asked, variables).join('.') };
  };

  function heaviest(type: GraphQLObjectType, asked: readonly Asked[], variables: Variables): string[] {
    const parts = [...collect(schema, type, asked)].map(([key, entry]) => ({ key, entry, cost: valueOf(fieldCost(type, entry, undefined), variables) }));
    const [most] = parts.sort((a, b) => b.cost - a.cost);
    if (!most || most.cost === 0) return [];
    const result = getNamedType(type.getFields()[most.entry.node.name.value]?.type);
    return [most.key, ...(isObjectType(result) && most.entry.inner.length > 0 ? heaviest(result, most.entry.inner, variables) : [])];
  }
}

export type CostCompiler = ReturnType<typeof createCostCompiler>;

/** What is asked of an object of this type, by response key. */
function collect(schema: GraphQLSchema, type: GraphQLObjectType, asked: readonly Asked[], found = new Map<string, Entry>()): Map<string, Entry> {
  for (const { set, when } of asked)
    for (const selection of set.selections) {
      const own = conditionsOf(selection);
      if (!own) continue;
      const conditions = [...when, ...own];
      if (selection.kind === Kind.INLINE_FRAGMENT) {
        if (isOf(schema, type, conditionType(schema, selection, type))) collect(schema, type, [{ set: selection.selectionSet, when: conditions }], found);
      } else if (selection.kind === Kind.FIELD) {
        const key = selection.alias?.value ?? selection.name.value;
        const entry = found.get(key) ?? { node: selection, ways: [], inner: [] };
        found.set(key, entry);
        entry.ways.push(conditions);
        if (selection.selectionSet) entry.inner.push({ set: selection.selectionSet, when: conditions });
      }
    }
  return found;
}

function* typeConditions(schema: GraphQLSchema, set: SelectionSetNode, parent: GraphQLCompositeType): Generator<GraphQLCompositeType> {
  for (const selection of set.selections) {
    if (selection.kind !== Kind.INLINE_FRAGMENT) continue;
    const type = conditionType(schema, selection, parent);
    yield type;
    yield* typeConditions(schema, selection.selectionSet, type);
  }
}

const isOf = (schema: GraphQLSchema, type: GraphQLObjectType, condition: GraphQLCompositeType): boolean =>
  condition === type || (!isObjectType(condition) && schema.isSubType(condition, type));

const notNegative = (amount: Amount): Amount => largest([0, amount]);

/** The amount, after the size has been looked at: a page that is too large is refused wherever its rows lie. */
function checked(sized: Sized | undefined, amount: Amount): Amount {
  if (!sized || typeof sized.size === 'number') return amount;
  const { size } = sized;
  return (variables) => {
    size(variables);
    return valueOf(amount, variables);
  };
}

const tooManyTypes = (): GraphQLError =>
  new GraphQLError('The operation asks for too many kinds of objects within each other', { extensions: { code: 'OPERATION_TOO_LARGE', limit: 'TYPES', most: MAX_STEPS } });

