import { isAbstractType, isInterfaceType, isObjectType, type GraphQLSchema } from 'graphql';
import type { Row } from './merge.js';

/** Whether an object is of the type that a plan's selection asks for; `unknown` decides where it does not say what it is. */
export function isOfType(schema: GraphQLSchema, value: Row, condition: string, unknown: boolean): boolean {
  const typeName = value['__typename'];
  if (typeof typeName !== 'string' || typeName === '') return unknown;
  if (typeName === condition) return true;
  const type = schema.getType(typeName);
  const conditionType = schema.getType(condition);
  return isAbstractType(conditionType) && (isObjectType(type) || isInterfaceType(type)) && schema.isSubType(conditionType, type);
}
