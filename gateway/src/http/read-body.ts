import type { IncomingMessage } from 'node:http';

/** A request that is not even GraphQL; answered with this status and code. */
export class BadRequest extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** The JSON body of a POST, never more of it than allowed. */
export async function readJson(request: IncomingMessage, maxBytes: number): Promise<unknown> {
  assertJson(request);
  const bytes = await readBytes(request, maxBytes);
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

function assertJson(request: IncomingMessage): void {
  const [type = '', ...parameters] = (request.headers['content-type'] ?? '').toLowerCase().split(';').map((part) => part.trim());
  const charset = parameters.find((parameter) => parameter.startsWith('charset='))?.slice('charset='.length).replaceAll('"', '');
  if (type !== 'application/json') throw new BadRequest(415, 'UNSUPPORTED_MEDIA_TYPE', 'Send the request as application/json');
  if (charset && charset !== 'utf-8' && charset !== 'utf8') throw new BadRequest(415, 'UNSUPPORTED_MEDIA_TYPE', 'Send the request in UTF-8');
  const encoding = request.headers['content-encoding'] ?? 'identity';
  if (encoding !== 'identity') throw new BadRequest(415, 'UNSUPPORTED_MEDIA_TYPE', 'Send the request without content-encoding');
}

async function readBytes(request: IncomingMessage, maxBytes: number): Promise<Buffer> {
  const tooLarge = (): BadRequest => new BadRequest(413, 'PAYLOAD_TOO_LARGE', `The request is larger than ${maxBytes} bytes`);
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
