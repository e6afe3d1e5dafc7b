import type { RequestHead } from './message.js';

type Json = Record<string, unknown>;

/** The parameters of a GraphQL request. */
export interface OperationParams {
  readonly query: string;
  readonly operationName: string | undefined;
  readonly variables: Json | undefined;
  readonly extensions: Json | undefined;
}

/** What the request asks, from its parsed body or its address; undefined where it is not that of a well-formed request. */
export function paramsIn(head: RequestHead, body: unknown): OperationParams | undefined {
  const given = head.method === 'POST' ? body : paramsInSearch(head.search);
  if (!isObject(given)) return undefined;
  const { query, operationName, variables, extensions } = given;
  if (typeof query !== 'string' || query === '') return undefined;
  if (!isAbsent(operationName) && (typeof operationName !== 'string' || operationName === '')) return undefined;
  if (!isAbsent(variables) && !isObject(variables)) return undefined;
  if (!isAbsent(extensions) && !isObject(extensions)) return undefined;
  return { query, operationName: operationName ?? undefined, variables: variables ?? undefined, extensions: extensions ?? undefined };
}

const isAbsent = (value: unknown): value is null | undefined => value === null || value === undefined;
const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value);

function paramsInSearch(search: string): Json | undefined {
  const params = new URLSearchParams(search);
  const given: Json = {};
  for (const name of ['query', 'operationName', 'variables', 'extensions']) {
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
