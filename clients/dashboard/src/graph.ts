import { cacheExchange, Client, fetchExchange, type TypedDocumentNode } from '@urql/core';
import type { VssClient } from '@vss/sdk';

/** Queries and mutations go through urql; the SDK's client holds the session and the live connection. */
export function createGraph(vss: VssClient): Client {
  const send = async (input: RequestInfo | URL, init: RequestInit | undefined): Promise<Response> => {
    const token = await vss.accessToken();
    const headers = new Headers(init?.headers);
    if (token) headers.set('authorization', `Bearer ${token}`);
    return fetch(input, { ...init, headers });
  };
  return new Client({
    url: '/graphql',
    preferGetMethod: false,
    exchanges: [cacheExchange, fetchExchange],
    fetch: async (input, init) => {
      const response = await send(input, init);
      if (response.status !== 401) return response;
      // Refused although it seemed good, for example because the clocks differ.
      await vss.renew();
      return send(input, init);
    },
  });
}

/** The data of one answer, or its error thrown. */
export async function ask<Data, Variables extends object>(client: Client, document: TypedDocumentNode<Data, Variables>, variables: Variables): Promise<Data> {
  const { data, error } = await client.query(document, variables, { requestPolicy: 'network-only' }).toPromise();
  if (error) throw error;
  if (!data) throw new Error('The platform answered with no data');
  return data;
}

/** Every page of a list. */
export async function askAll<Node>(page: (after: string | null) => Promise<{ nodes: Node[]; pageInfo: { hasNextPage: boolean; endCursor?: string | null } }>): Promise<Node[]> {
  const nodes: Node[] = [];
  let after: string | null = null;
  for (;;) {
    const { nodes: more, pageInfo } = await page(after);
    nodes.push(...more);
    if (!pageInfo.hasNextPage || !pageInfo.endCursor) return nodes;
    after = pageInfo.endCursor;
  }
}
