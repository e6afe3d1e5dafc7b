import { getMetadataStorage, validate, type ValidationError } from 'class-validator';
import type { ResolverData } from 'type-graphql';
import { AppError } from '@vss/runtime';

const checked = new WeakMap<object, boolean>();

/** Whether a class has any class-validator decorator: validating one that has none costs as much for nothing. */
function hasRules(value: object): boolean {
  const constructor = value.constructor;
  let known = checked.get(constructor);
  if (known === undefined) {
    known = getMetadataStorage().getTargetValidationMetadatas(constructor, '', true, false).length > 0;
    checked.set(constructor, known);
  }
  return known;
}

/** Checks the arguments of a resolver. Throws BAD_USER_INPUT naming every field that is wrong, and no value. */
export async function validateInput(value: unknown, _type: unknown, { args }: Pick<ResolverData, 'args'>): Promise<void> {
  const objects = (Array.isArray(value) ? value : [value]).filter((each): each is object => typeof each === 'object' && each !== null);
  const errors = (
    await Promise.all(objects.filter(hasRules).map((each) => validate(each, { skipMissingProperties: true, forbidUnknownValues: false, validationError: { target: false, value: false } })))
  ).flat();
  if (errors.length === 0) return;
  const [argument = 'input'] = Object.keys(args);
  const fields = errors.flatMap((error) => flatten(error, error.property in args ? '' : `${argument}.`));
  throw new AppError('BAD_USER_INPUT', `The input is not valid: ${fields.map(({ field, message }) => `${field} (${message})`).join('; ')}`, { fields });
}

function flatten({ property, constraints = {}, children = [] }: ValidationError, prefix: string): { field: string; message: string }[] {
  const field = `${prefix}${property}`;
  return [...Object.values(constraints).map((message) => ({ field, message })), ...children.flatMap((child) => flatten(child, `${field}.`))];
}
