import { Kind, type DocumentNode, type TypeNode } from 'graphql';
import { IDEMPOTENT_INPUTS } from './generated/inputs.js';

/** Variables in which the idempotency key may be left out: the client makes one for the call. */
export type WithOptionalKey<V> = {
  [K in keyof V]: V[K] extends { idempotencyKey: string } ? Omit<V[K], 'idempotencyKey'> & { idempotencyKey?: string } : V[K];
};

const nameOf = (type: TypeNode): string => (type.kind === Kind.NAMED_TYPE ? type.name.value : nameOf(type.type));

/** Not `crypto.randomUUID`: browsers have that on HTTPS and localhost alone. */
export const newIdempotencyKey = (): string => Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');

/**
 * Adds a fresh key to each input that takes one and has none. It is made once a call and kept for its repeats, so
 * that a call repeated after a lost answer has its effect once.
 */
export function withIdempotencyKeys(document: DocumentNode, variables: Record<string, unknown>): Record<string, unknown> {
  const operation = document.definitions.find((definition) => definition.kind === Kind.OPERATION_DEFINITION);
  const filled = { ...variables };
  for (const { variable, type } of operation?.variableDefinitions ?? []) {
    const value = filled[variable.name.value];
    if (!IDEMPOTENT_INPUTS.has(nameOf(type)) || typeof value !== 'object' || value === null) continue;
    const { idempotencyKey } = value as { idempotencyKey?: string | null };
    filled[variable.name.value] = { ...value, idempotencyKey: idempotencyKey ?? newIdempotencyKey() };
  }
  return filled;
}
