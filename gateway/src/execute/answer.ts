import type { ExecutionResult, GraphQLError } from 'graphql';

/** The whole answer to a request, as it is sent: two pieces of JSON, each bytes or text of one character a byte (latin1). */
export interface Answer {
  readonly head: Buffer | string;
  readonly tail: string;
  readonly hasErrors: boolean;
  /** Nothing was executed: the answer has no data, not even null. */
  readonly isRequestError: boolean;
  /** The errors of a request of which nothing was executed. */
  readonly refusal?: readonly GraphQLError[];
}

export const answerOf = (result: ExecutionResult): Answer => ({
  head: Buffer.from(JSON.stringify(result)),
  tail: '',
  hasErrors: result.errors !== undefined,
  isRequestError: !('data' in result),
  ...('data' in result ? {} : { refusal: result.errors ?? [] }),
});

/** A program's data, which have no errors, and what follows them. */
export const answerWithout = (head: Buffer | string, tail: string): Answer => ({ head, tail, hasErrors: false, isRequestError: false });
