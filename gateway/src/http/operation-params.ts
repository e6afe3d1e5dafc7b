import { namesDocument } from '../guard/persisted/persisted-documents.js';
import type { RequestHead } from './message.js';

type Json = Record<string, unknown>;

/** The parameters of a GraphQL request. */
export interface OperationParams {
  /** Absent where the document is named in another way. */
  readonly query: string | undefined;
  readonly documentId: string | undefined;
  readonly operationName: string | undefined;
  readonly variables: Json | undefined;
  readonly extensions: Json | undefined;
}

/** What the request asks, from its parsed body or its address; undefined where it is not that of a well-formed request. */
export function paramsIn(head: RequestHead, body: unknown): OperationParams | undefined {
  const given = head.method === 'POST' ? body : paramsInSearch(head.search);
  if (!isObject(given)) return undefined;
  const { query, documentId, operationName, variables, extensions } = given;
  if (!isAbsent(query) && typeof query !== 'string') return undefined;
  if (!isAbsent(documentId) && typeof documentId !== 'string') return undefined;
  if (!isAbsent(operationName) && (typeof operationName !== 'string' || operationName === '')) return undefined;
  if (!isAbsent(variables) && !isObject(variables)) return undefined;
  if (!isAbsent(extensions) && !isObject(extensions)) return undefined;
  const named = { query: query || undefined, documentId: documentId || undefined, extensions: extensions ?? undefined };
  if (!named.query && !namesDocument(named)) return undefined;
  return { ...named, operationName: operationName ?? undefined, variables: variables ?? undefined };
}

const isAbsent = (value: unknown): value is null | undefined => value === null || value === undefined;
const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value);

function paramsInSearch(search: string): Json | undefined {
  const params = new URLSearchParams(search);
  const given: Json = {};
  for (const name of ['query', 'documentId', 'operationName', 'variables', 'extensions']) {
    const [value, ...others] = params.getAll(name);
    if (others.length > 0) return undefined;
    if (value === undefined) continue;
    try {
      given[name] = name === 'variables' || name === 'extensions' ? JSON.parse(value) : value;
    } catch {
      return undefined;
    }
  }
  return given;
}

/** The same request in an address, with its document in full. */
export function searchWith({ operationName, variables, extensions }: OperationParams, query: string): string {
  const { persistedQuery: _, ...others } = extensions ?? {};
  const params = new URLSearchParams({ query });
  if (operationName) params.set('operationName', operationName);
  if (variables) params.set('variables', JSON.stringify(variables));
  if (Object.keys(others).length > 0) params.set('extensions', JSON.stringify(others));
  return `?${params.toString()}`;
}
