import type { GraphQLFormattedError } from 'graphql';

/** What the platform refused, or what kept the answer from coming. */
export class VssError extends Error {
  override readonly name = 'VssError';
  constructor(
    message: string,
    /**
     * `UNAUTHENTICATED`, `FORBIDDEN`, `NOT_FOUND`, `BAD_USER_INPUT`, `CONFLICT`, `RATE_LIMITED`, `OPERATION_TOO_EXPENSIVE`,
     * `OPERATION_TOO_LARGE`, `DOCUMENT_NOT_ALLOWED`, `UNAVAILABLE`, `INTERNAL_SERVER_ERROR`.
     */
    readonly code: string,
    /** All errors of the answer, with their paths. */
    readonly errors: readonly GraphQLFormattedError[] = [],
    options?: ErrorOptions,
  ) {
    super(message, options);
  }

  /** Names the request in the platform's logs. */
  get traceId(): string | undefined {
    return this.#extension('traceId');
  }

  /** More than the code tells, where there is more: `TOKEN_EXPIRED`, `CURSOR_EXPIRED`, `RIGHTS_CHANGED`. */
  get reason(): string | undefined {
    return this.#extension('reason');
  }

  /** Of a `FORBIDDEN`: give it to `permissionExplain` to be told why, and who could change it. */
  get explainId(): string | undefined {
    return this.#extension('explainId');
  }

  /** When to ask again: of a `RATE_LIMITED`, or of an `UNAVAILABLE` that tells. */
  get retryAfterMs(): number | undefined {
    // The gateway counts in milliseconds; whoever limits sign-ins, in seconds.
    const { retryAfterMs, retryAfterSeconds } = this.errors[0]?.extensions ?? {};
    if (typeof retryAfterMs === 'number') return retryAfterMs;
    return typeof retryAfterSeconds === 'number' ? retryAfterSeconds * 1000 : undefined;
  }

  #extension(name: string): string | undefined {
    const value = this.errors[0]?.extensions?.[name];
    return typeof value === 'string' ? value : undefined;
  }
}

export function errorFrom(errors: readonly GraphQLFormattedError[]): VssError {
  const [first] = errors;
  const code = first?.extensions?.['code'];
  return new VssError(first?.message ?? 'The request failed', typeof code === 'string' ? code : 'INTERNAL_SERVER_ERROR', errors);
}
