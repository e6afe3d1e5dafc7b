import { isEnumType, isInputObjectType, isObjectType, isSpecifiedScalarType, type GraphQLSchema } from 'graphql';
import { isReference, keyFields } from './access.js';

/** Every type, field, argument and enum value of our own that has no description: the schema is the manual. */
export function undescribed(schema: GraphQLSchema): string[] {
  const missing: string[] = [];
  const check = (name: string, { description }: { description?: string | null | undefined }): void => {
    if (!description) missing.push(name);
  };
  const roots = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()];
  for (const type of Object.values(schema.getTypeMap())) {
    // Federation's, introspection's and the specification's own types.
    if (type.name.startsWith('_') || type.name.includes('__') || isSpecifiedScalarType(type)) continue;
    const foreign = isObjectType(type) && isReference(type);
    if (!roots.includes(type as never) && !foreign) check(type.name, type);
    if (isEnumType(type)) for (const value of type.getValues()) check(`${type.name}.${value.name}`, value);
    if (!isObjectType(type) && !isInputObjectType(type)) continue;
    for (const field of Object.values(type.getFields())) {
      if (field.name.startsWith('_') || (foreign && keyFields(type)?.has(field.name))) continue;
      check(`${type.name}.${field.name}`, field);
      if ('args' in field) for (const argument of field.args) check(`${type.name}.${field.name}(${argument.name}:)`, argument);
    }
  }
  return missing;
}
