import type { IncomingMessage } from 'node:http';
import { Agent, request as httpsRequest } from 'node:https';
import { DeadlinePassed, type Deadlines } from '../deadlines.js';
import { CLEAN_HEADER, MalformedAnswer } from './answer-head.js';
import { MAX_BODY_BYTES, type HttpAnswer } from './answer-parser.js';
import { ConnectionLost } from './connection.js';
import type { HttpClient, Post } from './http-client.js';

const MAX_CONNECTIONS = 64;

/** The same client over TLS, where encryption costs so much that Node's own is as good as any. */
export function createTlsClient({ url, deadlines }: { url: URL; deadlines: Deadlines }): HttpClient {
  const agent = new Agent({ keepAlive: true, maxSockets: MAX_CONNECTIONS });
  return {
    post: (request) =>
      new Promise((resolve, reject) => {
        const { body, isRepeatable, dueAt } = request;
        const sent = httpsRequest(url, { method: 'POST', headers: headersOf(request), agent: isRepeatable ? agent : false });
        const waiting = { dueAt, expire: () => void sent.destroy(new DeadlinePassed()) };
        deadlines.add(waiting);
        let hasBegun = false;
        sent.on('response', (response) => {
          hasBegun = true;
          readAnswer(response).then(resolve, reject);
        });
        sent.on('error', (error: NodeJS.ErrnoException) => reject(!hasBegun && error.code === 'ECONNRESET' ? new ConnectionLost(error.message, true, { cause: error }) : error));
        sent.on('close', () => deadlines.delete(waiting));
        sent.end(body, 'latin1');
      }),
    close: () => agent.destroy(),
  };
}

function headersOf({ headers, body }: Post): Record<string, string> {
  const lines = headers.split('\r\n').filter(Boolean);
  const given = lines.map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1).trim()] as const);
  return { 'content-type': 'application/json', accept: 'application/json', ...Object.fromEntries(given), 'content-length': String(body.length) };
}

async function readAnswer(response: IncomingMessage): Promise<HttpAnswer> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of response as AsyncIterable<Buffer>) {
    parts.push(part);
    size += part.length;
    if (size > MAX_BODY_BYTES) throw new MalformedAnswer(`The answer is larger than ${MAX_BODY_BYTES} bytes`);
  }
  const { statusCode: status = 0, headers } = response;
  const isWhole = headers['content-length'] !== undefined || headers['transfer-encoding'] !== undefined;
  const isClean = status === 200 && isWhole && headers[CLEAN_HEADER] === 'none';
  return { head: { status, body: { kind: 'length', bytes: size }, keepsAlive: true, isClean, cookies: headers['set-cookie'] ?? [] }, bytes: Buffer.concat(parts, size) };
}
