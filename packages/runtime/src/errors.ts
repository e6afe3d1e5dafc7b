/** What a client may be told, by `extensions.code`. */
export type ErrorCode =
  | 'UNAUTHENTICATED'
  | 'FORBIDDEN'
  | 'NOT_FOUND'
  | 'BAD_USER_INPUT'
  | 'CONFLICT'
  | 'RATE_LIMITED'
  | 'UNAVAILABLE'
  | 'INTERNAL_SERVER_ERROR';

/**
 * An outcome that was foreseen. The message is meant for the client; `details` go into `extensions`, so
 * neither may hold a secret. Any other error is a bug and reaches clients as a reference number only.
 */
export class AppError extends Error {
  override readonly name = 'AppError';
  constructor(
    readonly code: ErrorCode,
    message: string,
    readonly details: Readonly<Record<string, unknown>> = {},
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/**
 * Something the user can put right: it becomes an entry of the mutation's `userErrors`, not a GraphQL error.
 * Thrown inside the transaction, so that nothing of the mutation stays.
 */
export class UserError extends Error {
  override readonly name = 'UserError';
  constructor(
    /** A value of the domain's error code enum. */
    readonly code: string,
    message: string,
    /** Path of the input field to change, e.g. `['input', 'phoneNumber']`. */
    readonly field: readonly string[] = [],
    /** Whether the same request may succeed later, unchanged. */
    readonly retryable = false,
    /** Where a right is the reason: what its explanation is found by. */
    readonly explainId: string | null = null,
  ) {
    super(message);
  }
}

/** The process cannot start or go on; the message is one clear line for the person who started it. */
export class StartError extends Error {
  override readonly name = 'StartError';
}

export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
