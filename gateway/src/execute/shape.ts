import {
  getNamedType,
  isAbstractType,
  isCompositeType,
  isObjectType,
  Kind,
  SchemaMetaFieldDef,
  TypeMetaFieldDef,
  type FieldNode,
  type GraphQLCompositeType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import type { Rule } from '../guard/access-table.js';
import { isInterfaceObject } from '../plan/interface-objects.js';
import { isPlaceholder } from '../plan/internal-aliases.js';

/** The answer that an operation asks for, as a tree over what may stand at each place. */
export interface Shape {
  /** The declared type of the place. */
  readonly type: GraphQLCompositeType;
  /** What an object of this type shows there, in the order of the answer. */
  fieldsOf(type: GraphQLObjectType): readonly ShapeField[];
}

interface FieldBase {
  /** The client's response key. */
  readonly key: string;
  readonly name: string;
}

export type ShapeField =
  | (FieldBase & { readonly kind: 'typename' })
  | (FieldBase & { readonly kind: 'introspection'; readonly node: FieldNode })
  | (FieldBase & { readonly kind: 'denied'; readonly type: GraphQLOutputType; readonly rule: Rule })
  /** `from`: the response key in the subgraphs' merged answers; see plan/internal-aliases.ts. */
  | (FieldBase & { readonly kind: 'leaf'; readonly type: GraphQLOutputType; readonly from: string })
  | (FieldBase & { readonly kind: 'object'; readonly type: GraphQLOutputType; readonly from: string; readonly shape: Shape });

export interface ShapeOptions {
  readonly schema: GraphQLSchema;
  /** Fragments written out, conditions resolved; with everything that was denied. */
  readonly operation: OperationDefinitionNode;
  /** The key under which the planned operation asks for a field. */
  readonly internalKey: (field: FieldNode) => string;
  /** The rule for which the actor may not read a field, where there is one. */
  readonly deniedBy: (type: GraphQLCompositeType, field: string) => Rule | undefined;
}

interface Selected {
  readonly parent: GraphQLCompositeType;
  readonly set: SelectionSetNode;
}

/** Collects an operation's fields as execution does: by object type, and equal keys together. */
export function shapeOf(options: ShapeOptions): Shape {
  const { schema, operation, internalKey, deniedBy } = options;
  const root = schema.getRootType(operation.operation);
  if (!root) throw new Error(`The graph has no ${operation.operation}`);

  const shape = (type: GraphQLCompositeType, selected: readonly Selected[]): Shape => {
    const known = new Map<GraphQLObjectType, readonly ShapeField[]>();
    return {
      type,
      fieldsOf(objectType) {
        let fields = known.get(objectType);
        if (!fields) known.set(objectType, (fields = collect(objectType, selected)));
        return fields;
      },
    };
  };

  const collect = (objectType: GraphQLObjectType, selected: readonly Selected[]): readonly ShapeField[] => {
    const byKey = new Map<string, { parent: GraphQLCompositeType; nodes: FieldNode[] }>();
    const gather = (set: SelectionSetNode, parent: GraphQLCompositeType): void => {
      for (const selection of set.selections) {
        if (selection.kind === Kind.FIELD) {
          if (isPlaceholder(selection)) continue;
          const key = selection.alias?.value ?? selection.name.value;
          const found = byKey.get(key);
          if (found) found.nodes.push(selection);
          else byKey.set(key, { parent, nodes: [selection] });
        } else if (selection.kind === Kind.INLINE_FRAGMENT) {
          const condition = selection.typeCondition ? schema.getType(selection.typeCondition.name.value) : parent;
          if (isCompositeType(condition) && appliesTo(schema, condition, objectType)) gather(selection.selectionSet, condition);
        }
      }
    };
    for (const { set, parent } of selected) gather(set, parent);
    return [...byKey].map(([key, { parent, nodes }]) => field(key, parent, objectType, nodes));
  };

  const field = (key: string, parent: GraphQLCompositeType, objectType: GraphQLObjectType, nodes: readonly FieldNode[]): ShapeField => {
    const [node] = nodes as [FieldNode, ...FieldNode[]];
    const name = node.name.value;
    if (name === '__typename') return { kind: 'typename', key, name };
    if (name === SchemaMetaFieldDef.name || name === TypeMetaFieldDef.name) return { kind: 'introspection', key, name, node: merged(nodes) };
    const definition = objectType.getFields()[name];
    if (!definition) throw new Error(`${objectType.name} has no field ${name}`);
    const { type } = definition;
    const rule = deniedBy(parent, name);
    if (rule) return { kind: 'denied', key, name, type, rule };
    const from = internalKey(node);
    const named = getNamedType(type);
    if (!isCompositeType(named)) return { kind: 'leaf', key, name, type, from };
    const inner = nodes.flatMap(({ selectionSet }) => (selectionSet ? [{ parent: named, set: selectionSet }] : []));
    return { kind: 'object', key, name, type, from, shape: shape(named, inner) };
  };

  return shape(root, [{ parent: root, set: operation.selectionSet }]);
}

/** One field with the selections of all of them. */
const merged = ([first, ...others]: readonly FieldNode[]): FieldNode =>
  ({ ...first, selectionSet: { kind: Kind.SELECTION_SET, selections: [first, ...others].flatMap((node) => node?.selectionSet?.selections ?? []) } }) as FieldNode;

const appliesTo = (schema: GraphQLSchema, condition: GraphQLCompositeType, type: GraphQLObjectType): boolean =>
  condition === type || (isAbstractType(condition) && schema.isSubType(condition, type));

/** The object type that a value claims to be, or has to be; undefined where it is none that may stand there. */
export function objectTypeOf(schema: GraphQLSchema, declared: GraphQLCompositeType, typeName: unknown): GraphQLObjectType | undefined {
  if (isObjectType(declared)) return declared;
  // A subgraph that has the interface as an `@interfaceObject` knows no implementations, and the plan asks another for them
  // only where something depends on it: any of them shows the same here.
  if (isInterfaceObject(declared) && (typeName === undefined || typeName === declared.name)) return schema.getPossibleTypes(declared)[0];
  const type = typeof typeName === 'string' ? schema.getType(typeName) : undefined;
  return isObjectType(type) && schema.isSubType(declared, type) ? type : undefined;
}
