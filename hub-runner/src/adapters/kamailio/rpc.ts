import { z } from 'zod';
import { AppError, messageOf } from '@vss/runtime';

/** Talks to Kamailio. A refusal is an answer: `{ ok: false }`; only a server that does not answer is an error. */
export type KamailioRpc = (method: string, params: readonly (string | number)[], signal: AbortSignal) => Promise<RpcAnswer>;
export type RpcAnswer = { readonly ok: true; readonly result: unknown } | { readonly ok: false; readonly code: number; readonly message: string };

const answer = z.union([
  z.object({ error: z.object({ code: z.number(), message: z.string() }) }).transform(({ error }) => ({ ok: false, ...error }) as const),
  z.object({ result: z.unknown() }).transform(({ result }) => ({ ok: true, result }) as const),
]);

export const parseRpcAnswer = (body: unknown): RpcAnswer => answer.parse(body);

/** JSON-RPC over HTTP, with the shared token that guards it in a header. */
export function createKamailioRpc({ url, token }: { url: string; token: string }): KamailioRpc {
  let id = 0;
  return async (method, params, signal) => {
    let response: Response;
    try {
      response = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-rpc-token': token },
        body: JSON.stringify({ jsonrpc: '2.0', id: (id += 1), method, params }),
        signal,
      });
    } catch (error) {
      throw new AppError('UNAVAILABLE', `Kamailio cannot be reached: ${messageOf(error)}`, {}, { cause: error });
    }
    if (response.status === 403) throw new AppError('UNAVAILABLE', 'Kamailio refuses the token');
    try {
      return parseRpcAnswer(await response.json());
    } catch (error) {
      throw new AppError('UNAVAILABLE', `Kamailio answered ${response.status} with something else than JSON-RPC`, {}, { cause: error });
    }
  };
}
