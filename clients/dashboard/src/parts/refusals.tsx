import { CombinedError } from '@urql/core';
import { VssError } from '@vss/sdk';
import type { ReactNode } from 'react';

interface Refusal {
  message: string;
}

/** What went wrong, in words for the one who waits for it. */
export function problemOf(error: unknown): string {
  if (error instanceof CombinedError) {
    const { networkError, graphQLErrors } = error;
    // What the session's own client throws on the way comes wrapped as a network error.
    if (networkError) return networkError instanceof VssError ? problemOf(networkError) : 'The platform cannot be reached. It is tried again.';
    return graphQLErrors[0]?.message ?? error.message;
  }
  if (error instanceof VssError && error.code === 'UNAVAILABLE' && error.errors.length === 0) return 'The platform cannot be reached. It is tried again.';
  return error instanceof Error ? error.message : String(error);
}

/** What the platform said no to, in its own words. */
export function Refusals({ refusals = [], error }: { refusals?: readonly Refusal[] | undefined; error?: unknown }): ReactNode {
  const messages = [...refusals.map(({ message }) => message), ...(error ? [problemOf(error)] : [])];
  if (messages.length === 0) return null;
  return (
    <div role="alert" className="problem">
      {messages.map((message) => (
        <p key={message}>{message}</p>
      ))}
    </div>
  );
}
