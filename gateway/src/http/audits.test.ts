import { auditServer, serverAudits } from 'graphql-http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { callCenterGraph } from '../../testing/call-center.js';
import { inProcessSources } from '../../testing/graph.js';
import { serveTestGateway, type Served } from '../../testing/serve.js';

/** The audits of the GraphQL-over-HTTP specification's own reference: each must be ok, a warning or notice will not do. */
describe.each([true, false])('GraphQL over HTTP, authentication: %s', (isAuthenticated) => {
  let served: Served;
  let token: string;
  beforeAll(async () => {
    const graph = callCenterGraph();
    served = await serveTestGateway({ supergraphSdl: graph.supergraphSdl, sources: inProcessSources(graph), settings: { isAuthenticated } });
    token = await served.token();
  });
  afterAll(() => served.close());

  const fetchSignedIn = (url: string, init: RequestInit = {}): Promise<Response> => {
    // A GET without a content type needs a header that no foreign page can send.
    const headers = { 'apollo-require-preflight': '1', ...(isAuthenticated ? { authorization: `Bearer ${token}` } : {}), ...(init.headers as Record<string, string>) };
    return fetch(url, { ...init, headers });
  };
  it('refuses, of what it may refuse, only a GET that a foreign page could have sent', async () => {
    const results = await auditServer({ url: served.url });
    expect(results.filter(({ status }) => status !== 'ok').map(({ id, status }) => `${id} ${status}`)).toEqual(['5A70 notice', 'D6D5 notice', '6A70 notice']);
  });
  it.each(serverAudits({ url: () => served.url, fetchFn: fetchSignedIn }).map((audit) => [audit.id, audit.name, audit] as const))('%s %s', async (_id, _name, audit) => {
    const result = await audit.fn();
    expect(result.status === 'ok' ? 'ok' : `${result.status}: ${result.reason}`).toBe('ok');
  });
});
