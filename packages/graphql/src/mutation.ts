import { Field, ObjectType, type ClassType } from 'type-graphql';
import { UserError } from '@vss/runtime';
import { Access } from './access.js';

/** Of the field `idempotencyKey` where it is required: whatever has an effect outside the database. */
export const IDEMPOTENCY_KEY = 'Of the client’s own making, 1 to 200 characters. For two days, the same request under it does nothing again and gets the same answer; another request under it is refused.';

/** Something the user can put right, as a mutation's payload shows it. */
export interface UserErrorView {
  readonly code: string;
  readonly message: string;
  readonly field: readonly string[];
  readonly retryable: boolean;
  readonly explainId: string | null;
}

/**
 * Makes `TelephonyUserError` over the domain's enum of codes, which its owner registers. Anybody may read it, which
 * is safe: it says something of the request only, and is reached through a mutation that has a rule.
 */
export function userErrorType(domain: string, codes: object): ClassType<UserErrorView> {
  @Access('public')
  @ObjectType(`${domain}UserError`, { description: 'Why the request was refused, and what to change.', simpleResolvers: true })
  class DomainUserError {
    @Field(() => codes, { description: 'What is wrong, for programs.' })
    code: string;

    @Field(() => String, { description: 'What is wrong, for people.' })
    message: string;

    @Field(() => [String], { description: 'Path of the input field to change; empty when it is no single one.' })
    field: readonly string[];

    @Field(() => Boolean, { description: 'Whether the same request may succeed later, unchanged.' })
    retryable: boolean;

    @Field(() => String, { nullable: true, description: 'Where a right is the reason: give it to `permissionExplain`.' })
    explainId: string | null;
  }
  return DomainUserError;
}

/**
 * Runs a mutation: what it returns plus no `userErrors`, or, when it throws a UserError, nothing but that one.
 * Everything else goes on to the edge.
 */
export async function answer<T extends object>(run: () => Promise<T>): Promise<Partial<T> & { userErrors: UserErrorView[] }> {
  try {
    return { ...(await run()), userErrors: [] };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    const { code, message, field, retryable, explainId } = error;
    return { userErrors: [{ code, message, field, retryable, explainId }] } as unknown as Partial<T> & { userErrors: UserErrorView[] };
  }
}
