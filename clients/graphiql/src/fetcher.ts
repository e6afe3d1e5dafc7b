import type { Fetcher } from '@graphiql/toolkit';
import { getOperationAST, OperationTypeNode, parse } from 'graphql';
import { createClient } from 'graphql-sse';

/** Queries and mutations by POST, subscriptions as event streams; each with the headers of the editor. */
export function createFetcher(url: string, accessToken: () => Promise<string | undefined>): Fetcher {
  return async ({ query, operationName, variables }, { headers: given } = {}) => {
    const token = await accessToken();
    const headers: Record<string, string> = { ...(token ? { authorization: `Bearer ${token}` } : {}), ...given };
    const asked = { query, operationName: operationName ?? undefined, variables: variables as Record<string, unknown> | undefined };
    if (isSubscription(query, operationName)) return createClient({ url, headers, retryAttempts: 0 }).iterate(asked);
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/graphql-response+json, application/json', ...headers },
      body: JSON.stringify(asked),
    });
    return (await response.json()) as ReturnType<Fetcher>;
  };
}

function isSubscription(query: string, operationName?: string | null): boolean {
  try {
    return getOperationAST(parse(query), operationName)?.operation === OperationTypeNode.SUBSCRIPTION;
  } catch {
    // What cannot be read is sent as it is: the answer says what is wrong with it.
    return false;
  }
}
