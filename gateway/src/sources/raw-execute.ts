import { AppError, messageOf } from '@vss/runtime';
import { isMutation, type RawAnswer, type RawRequest, type SourceAnswer, type SourceRequest } from './source.js';

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** `execute` by way of `send`. Each caller gets objects of its own, also where one answer serves several. */
export function executeBySending(subgraph: string, send: (request: RawRequest) => Promise<RawAnswer>) {
  return async (request: SourceRequest): Promise<SourceAnswer> => {
    const { query, variables, operationName, dueAt } = request;
    const body = asBytes(JSON.stringify({ query, variables, ...(operationName ? { operationName } : {}) }));
    const { status, bytes } = await send({ body, isRepeatable: !isMutation(query), scope: request, dueAt });
    try {
      // Whether it is a GraphQL answer is checked where it is used, for sources of every kind.
      return JSON.parse(utf8.decode(bytes)) as SourceAnswer;
    } catch (error) {
      throw new AppError('UNAVAILABLE', `The subgraph ${subgraph} gave no GraphQL answer`, {}, { cause: new Error(`status ${status} and a body that is not JSON: ${messageOf(error)}`) });
    }
  };
}

/** One character a byte, as `send` takes it. */
const asBytes = (text: string): string => (Buffer.byteLength(text) === text.length ? text : Buffer.from(text).toString('latin1'));
