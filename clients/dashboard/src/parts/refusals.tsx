import { CombinedError } from '@urql/core';
import { VssError } from '@vss/sdk';
import type { GraphQLFormattedError } from 'graphql';
import type { ReactNode } from 'react';
import { linkTo, pathOf } from '../route.js';

export interface Refusal {
  message: string;
  /** Names the decision: with it the platform explains why. */
  explainId?: string | null | undefined;
}

const UNREACHABLE: Refusal = { message: 'The platform cannot be reached. It is tried again.' };

/** What went wrong, in words for the one who waits for it. */
export const problemOf = (error: unknown): string => refusalOf(error).message;

function refusalOf(error: unknown): Refusal {
  if (error instanceof CombinedError) {
    const { networkError, graphQLErrors } = error;
    // What the session's own client throws on the way comes wrapped as a network error.
    if (networkError) return networkError instanceof VssError ? refusalOf(networkError) : UNREACHABLE;
    return firstOf(graphQLErrors) ?? { message: error.message };
  }
  if (error instanceof VssError) {
    if (error.code === 'UNAVAILABLE' && error.errors.length === 0) return UNREACHABLE;
    return firstOf(error.errors) ?? { message: error.message };
  }
  return { message: error instanceof Error ? error.message : String(error) };
}

function firstOf([first]: readonly Pick<GraphQLFormattedError, 'message' | 'extensions'>[]): Refusal | undefined {
  if (!first) return undefined;
  const explainId = first.extensions?.['explainId'];
  return { message: first.message, explainId: typeof explainId === 'string' ? explainId : undefined };
}

/** What the platform said no to, in its own words, with the way to its reason. */
export function Refusals({ refusals = [], error }: { refusals?: readonly Refusal[] | undefined; error?: unknown }): ReactNode {
  const all = [...refusals, ...(error ? [refusalOf(error)] : [])];
  if (all.length === 0) return null;
  return (
    <div role="alert" className="problem">
      {all.map(({ message, explainId }) => (
        <p key={message}>
          {message} {explainId && <a {...linkTo(pathOf('explain', undefined, explainId))}>Why?</a>}
        </p>
      ))}
    </div>
  );
}
