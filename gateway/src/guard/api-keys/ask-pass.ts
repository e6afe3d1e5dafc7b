import { z } from 'zod';
import { systemActor } from '@vss/auth';
import { AppError, withDeadline } from '@vss/runtime';
import type { CurrentGraph } from '../../graph.js';
import { nobody, noReply } from '../../sources/source.js';

/** What identity says of a key: an access token for its holder and when the key is over, or why there is none. */
export type KeyAnswer = { readonly accessToken: string; readonly endsAt: Date } | { readonly refusal: string };

/** Asks identity about a key. `address`: where it was presented from. Rejects with UNAVAILABLE where nobody answers. */
export type AskPass = (key: string, address: string) => Promise<KeyAnswer>;

const FIELD = 'apiKeyPass';
const QUERY = `query ApiKeyPass($key: String!, $address: String!) { ${FIELD}(key: $key, address: $address) { accessToken endsAt refusal } }`;
const ANSWER_MS = 2_000;
/** What identity cuts an address to, at the latest. */
const ADDRESS_LENGTH = 100;

const answer = z.object({ data: z.object({ [FIELD]: z.object({ accessToken: z.string().nullable(), endsAt: z.coerce.date().nullable(), refusal: z.string().nullable() }) }) });

/** The whole key is sent, not its hash: what is stored at identity must open nothing. A graph that knows of no keys refuses each. */
export function createPassRequests({ graphs, sessionSource, newTraceId }: { graphs: () => CurrentGraph; sessionSource: string; newTraceId: () => string }): AskPass {
  return async (key, address) => {
    const { sources, supergraph } = graphs().current;
    const source = sources.get(sessionSource);
    if (!source || !supergraph.supergraphSchema.getQueryType()?.getFields()[FIELD]) return { refusal: 'UNKNOWN' };
    const request = { query: QUERY, operationName: 'ApiKeyPass', variables: { key, address: address.slice(0, ADDRESS_LENGTH) }, actor: systemActor(''), traceId: newTraceId(), request: nobody, reply: noReply };
    const given = await withDeadline(ANSWER_MS, 'Asking about an API key', (signal) => source.execute({ ...request, signal }));
    // Through JSON: a subgraph in this process gives an instant as it has it.
    const read = answer.safeParse(JSON.parse(JSON.stringify(given)));
    if (!read.success) throw new AppError('UNAVAILABLE', 'The API key cannot be checked at the moment: try again');
    const { accessToken, endsAt, refusal } = read.data.data[FIELD];
    return accessToken !== null && endsAt !== null ? { accessToken, endsAt } : { refusal: refusal ?? 'UNKNOWN' };
  };
}
