import { Agent as HttpAgent, request as httpRequest, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { AppError } from '@vss/runtime';

export interface JsonAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: unknown;
}

export interface JsonClient {
  post(headers: Record<string, string>, body: string, options: { signal?: AbortSignal | undefined; isRepeatable: boolean }): Promise<JsonAnswer>;
  close(): void;
}

const MAX_ANSWER_BYTES = 64 * 1024 * 1024;
const MAX_SOCKETS = 256;

/**
 * Posts JSON over kept connections. What is not repeatable gets a connection of its own: on a kept one it may meet
 * the server's closing it, and nobody could say whether it was read.
 */
export function createJsonClient(url: string): JsonClient {
  const isTls = url.startsWith('https:');
  const agent = isTls ? new HttpsAgent({ keepAlive: true, maxSockets: MAX_SOCKETS }) : new HttpAgent({ keepAlive: true, maxSockets: MAX_SOCKETS });
  const send = isTls ? httpsRequest : httpRequest;
  const once: JsonClient['post'] = (headers, body, { signal, isRepeatable }) =>
    new Promise((resolve, reject) => {
      const length = { 'content-length': String(Buffer.byteLength(body)) };
      const options = { method: 'POST', headers: { ...headers, ...length }, agent: isRepeatable ? agent : false, ...(signal ? { signal } : {}) };
      const request = send(url, options, (response) => resolve(readAnswer(response)));
      request.on('error', reject);
      request.end(body);
    });
  return {
    async post(headers, body, options) {
      try {
        return await once(headers, body, options);
      } catch (error) {
        const isOver = !options.isRepeatable || options.signal?.aborted || error instanceof NotJson || error instanceof AppError;
        if (isOver) throw error;
        return await once(headers, body, options);
      }
    },
    close: () => agent.destroy(),
  };
}

async function readAnswer(response: IncomingMessage): Promise<JsonAnswer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    size += chunk.length;
    if (size > MAX_ANSWER_BYTES) throw new AppError('UNAVAILABLE', `An answer was larger than ${MAX_ANSWER_BYTES} bytes`);
  }
  const status = response.statusCode ?? 0;
  try {
    return { status, headers: response.headers, body: JSON.parse(utf8.decode(Buffer.concat(chunks))) };
  } catch (error) {
    throw new NotJson(`status ${status} and a body that is not JSON`, { cause: error });
  }
}

class NotJson extends Error {}

const utf8 = new TextDecoder('utf-8', { fatal: true });
