import { isCompositeType, isTypeDefinitionNode, Kind, type ConstDirectiveNode, type ConstValueNode, type DocumentNode, type GraphQLNamedType } from 'graphql';
import { argumentOf, linkedDirective } from '../linked-directive.js';

/** What `@listSize` says of a field. */
export interface ListSize {
  readonly assumedSize: number | undefined;
  /** Arguments that say how many there will be, e.g. `first`. */
  readonly slicingArguments: readonly string[];
  /** Fields of the answer that hold the list; empty where the field is the list. */
  readonly sizedFields: readonly string[];
  readonly requireOneSlicingArgument: boolean;
}

/** What the supergraph's `@cost` and `@listSize` directives say. */
export interface CostTable {
  /** Weight that `@cost` gives to `Type`, `Type.field`, `Type.field(argument:)` or `Input.field`. */
  weightAt(coordinate: string): number | undefined;
  /** Of one object or leaf of this type: 1 for an object and 0 for a leaf, unless the schema says otherwise. */
  weightOf(type: GraphQLNamedType): number;
  listSizeAt(coordinate: string): ListSize | undefined;
  /** Whether anything is said of the type or of a field of it. */
  isWeighted(typeName: string): boolean;
}

const SPECIFICATION = 'https://specs.apollo.dev/cost/';

/** Reads the directives of the cost specification (https://ibm.github.io/graphql-specs/cost-spec.html) as federation 2.9 composes them. */
export function readCosts(supergraph: DocumentNode): CostTable {
  const cost = linkedDirective(supergraph, SPECIFICATION, 'cost');
  const listSize = linkedDirective(supergraph, SPECIFICATION, 'listSize');
  const weights = new Map<string, number>();
  const sizes = new Map<string, ListSize>();
  const weighted = new Set<string>();
  const read = (at: string, directives: readonly ConstDirectiveNode[] | undefined): void => {
    for (const directive of directives ?? []) {
      if (directive.name.value === cost) weights.set(at, numberIn(argumentOf(directive, 'weight')) ?? 0);
      else if (directive.name.value === listSize) sizes.set(at, listSizeFrom(directive));
      else continue;
      weighted.add(at.split('.', 1)[0] ?? at);
    }
  };
  for (const type of supergraph.definitions) {
    if (!isTypeDefinitionNode(type)) continue;
    const name = type.name.value;
    read(name, type.directives);
    if (!('fields' in type)) continue;
    for (const field of type.fields ?? []) {
      read(`${name}.${field.name.value}`, field.directives);
      if (field.kind !== Kind.FIELD_DEFINITION) continue;
      for (const argument of field.arguments ?? []) read(`${name}.${field.name.value}(${argument.name.value}:)`, argument.directives);
    }
  }
  return {
    weightAt: (coordinate) => weights.get(coordinate),
    weightOf: (type) => weights.get(type.name) ?? (isCompositeType(type) ? 1 : 0),
    listSizeAt: (coordinate) => sizes.get(coordinate),
    isWeighted: (typeName) => weighted.has(typeName),
  };
}

function listSizeFrom(directive: ConstDirectiveNode): ListSize {
  const required = argumentOf(directive, 'requireOneSlicingArgument');
  return {
    assumedSize: numberIn(argumentOf(directive, 'assumedSize')),
    slicingArguments: namesIn(argumentOf(directive, 'slicingArguments')),
    sizedFields: namesIn(argumentOf(directive, 'sizedFields')),
    requireOneSlicingArgument: !(required?.kind === Kind.BOOLEAN && !required.value),
  };
}

/** The specification's weights are strings, Apollo's are integers. */
const numberIn = (value: ConstValueNode | undefined): number | undefined =>
  value?.kind === Kind.INT || value?.kind === Kind.FLOAT || value?.kind === Kind.STRING ? Number(value.value) : undefined;

const namesIn = (value: ConstValueNode | undefined): string[] =>
  value?.kind === Kind.LIST ? value.values.flatMap((one) => (one.kind === Kind.STRING ? [one.value] : [])) : [];
