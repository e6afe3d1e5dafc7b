import { cacheExchange, Client, fetchExchange, subscriptionExchange } from '@urql/core';
import type { VssClient } from '@vss/sdk';
import { parse } from 'graphql';

/**
 * Queries and mutations go through urql; the SDK's client holds the session and the live connection, which resumes
 * from the last event seen.
 */
export function createGraph(vss: VssClient): Client {
  return new Client({
    url: '/graphql',
    preferGetMethod: false,
    fetch: async (input, init) => {
      const token = await vss.accessToken();
      const headers = new Headers(init?.headers);
      if (token) headers.set('authorization', `Bearer ${token}`);
      return fetch(input, { ...init, headers });
    },
    exchanges: [
      cacheExchange,
      fetchExchange,
      subscriptionExchange({
        forwardSubscription: ({ query = '', variables = {} }) => ({
          subscribe(sink) {
            const stream = vss.subscribe(parse(query), variables as Record<string, unknown>);
            void (async () => {
              try {
                for await (const data of stream) sink.next({ data: data as Record<string, unknown> });
                sink.complete();
              } catch (error) {
                sink.error(error);
              }
            })();
            return { unsubscribe: () => void stream.return?.() };
          },
        }),
      }),
    ],
  });
}
