import type { CombinedError } from '@urql/core';
import type { ReactNode } from 'react';

interface Refusal {
  code: string;
  message: string;
}

/** What the platform said no to, in its own words. */
export function Refusals({ refusals = [], error }: { refusals?: readonly Refusal[] | undefined; error?: CombinedError | undefined }): ReactNode {
  const messages = [...refusals.map(({ message }) => message), ...(error ? [error.graphQLErrors[0]?.message ?? error.message] : [])];
  if (messages.length === 0) return null;
  return (
    <div role="alert" className="problem">
      {messages.map((message) => (
        <p key={message}>{message}</p>
      ))}
    </div>
  );
}
