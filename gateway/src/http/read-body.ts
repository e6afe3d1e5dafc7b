import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { BadRequest, contentProblem } from './message.js';

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** What is read of a body that is too large, to be thrown away: who is cut off while he writes often gets a reset in place of the answer. */
const MOST_IN_VAIN = 16 * 1024 * 1024;

/** The body of a request, never more of it than allowed. */
export async function readBytes(request: IncomingMessage, maxBytes: number): Promise<Buffer> {
  const tooLarge = (isCutOff: boolean): BadRequest => new BadRequest(413, 'PAYLOAD_TOO_LARGE', `The request is larger than ${maxBytes} bytes`, isCutOff ? { connection: 'close' } : {});
  const declared = Number(request.headers['content-length'] ?? 0);
  // Answered before it comes; node:http reads what then comes of it, and throws it away.
  if (declared > maxBytes) throw tooLarge(declared > MOST_IN_VAIN);
  let chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MOST_IN_VAIN) throw tooLarge(true);
    if (size <= maxBytes) chunks.push(chunk);
    else chunks = [];
  }
  if (size > maxBytes) throw tooLarge(false);
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
