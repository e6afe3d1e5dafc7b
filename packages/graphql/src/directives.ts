import { Kind, type ConstDirectiveNode, type ConstValueNode, type GraphQLField } from 'graphql';

/** A directive as syntax. */
export const directiveNode = (name: string, args: Readonly<Record<string, ConstValueNode>>): ConstDirectiveNode => ({
  kind: Kind.DIRECTIVE,
  name: { kind: Kind.NAME, value: name },
  arguments: Object.entries(args).map(([argument, value]) => ({ kind: Kind.ARGUMENT, name: { kind: Kind.NAME, value: argument }, value })),
});

/** Writes a directive into the field's syntax node, so that it is printed. In place. */
export function appendDirective(field: GraphQLField<unknown, unknown>, name: string, args: Readonly<Record<string, ConstValueNode>>): void {
  field.astNode = { ...fieldNode(field), directives: [...(field.astNode?.directives ?? []), directiveNode(name, args)] };
}

const fieldNode = (field: GraphQLField<unknown, unknown>): NonNullable<GraphQLField<unknown, unknown>['astNode']> =>
  field.astNode ?? {
    kind: Kind.FIELD_DEFINITION,
    name: { kind: Kind.NAME, value: field.name },
    type: { kind: Kind.NAMED_TYPE, name: { kind: Kind.NAME, value: String(field.type) } },
  };
