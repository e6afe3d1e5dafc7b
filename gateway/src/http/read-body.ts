import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { BadRequest, contentProblem } from './message.js';

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** The body of a request, never more of it than allowed. */
export async function readBytes(request: IncomingMessage, maxBytes: number): Promise<Buffer> {
  // What is left of the body is not read: the connection cannot be used again.
  const tooLarge = (): BadRequest => new BadRequest(413, 'PAYLOAD_TOO_LARGE', `The request is larger than ${maxBytes} bytes`, { connection: 'close' });
  if (Number(request.headers['content-length'] ?? 0) > maxBytes) throw tooLarge();
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > maxBytes) throw tooLarge();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** What a POST says, in strict JSON and strict UTF-8. */
export function parseJson(headers: IncomingHttpHeaders, bytes: Buffer): unknown {
  const problem = contentProblem(headers);
  if (problem) throw new BadRequest(415, 'UNSUPPORTED_MEDIA_TYPE', problem);
  let text: string;
  try {
    text = utf8.decode(bytes);
  } catch {
    throw new BadRequest(400, 'BAD_REQUEST', 'The body is not valid UTF-8');
  }
  try {
    return JSON.parse(text);
  } catch {
    throw new BadRequest(400, 'BAD_REQUEST', 'The body is not valid JSON');
  }
}
