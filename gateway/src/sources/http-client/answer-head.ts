/** What the first lines of an answer say about it. */
export interface AnswerHead {
  readonly status: number;
  /** How the end of the body is found. */
  readonly body: { readonly kind: 'length'; readonly bytes: number } | { readonly kind: 'chunked' | 'until-close' };
  /** Whether the connection may be used again. */
  readonly keepsAlive: boolean;
  /** See `RawAnswer.isClean`. */
  readonly isClean: boolean;
  readonly cookies: readonly string[];
}

/** The far end does not keep to HTTP/1.1: nothing more that comes on this connection can be trusted. */
export class MalformedAnswer extends Error {
  override readonly name = 'MalformedAnswer';
}

/** A subgraph of ours vouches by it for data without errors, in the shape that was asked for. */
export const CLEAN_HEADER = 'x-vss-errors';

const STATUS_LINE = /^HTTP\/1\.([01]) ([1-5]\d\d)(?: [^\r\n]*)?$/;
const NAME = /^[!#$%&'*+.^_`|~0-9a-z-]+$/;
const LENGTH = /^\d{1,15}$/;

/**
 * Reads the status line and the headers; stricter than HTTP asks for, since with several requests on one connection a
 * wrong guess about where an answer ends would give one client another's.
 */
export function parseHead(text: string): AnswerHead {
  const [first = '', ...lines] = text.split('\r\n');
  const [, minor, code] = STATUS_LINE.exec(first) ?? [];
  if (code === undefined) throw new MalformedAnswer(`The answer begins with ${JSON.stringify(first.slice(0, 60))}`);
  const status = Number(code);
  const headers = readHeaders(lines);
  const encoding = headers.single.get('content-encoding');
  if (encoding !== undefined && encoding !== 'identity') throw new MalformedAnswer(`The answer is encoded as ${encoding}, which nobody asked for`);
  const body = bodyOf(status, headers.single);
  const connection = headers.single.get('connection')?.toLowerCase() ?? '';
  const keepsAlive = body.kind !== 'until-close' && (minor === '1' ? !/\bclose\b/.test(connection) : /\bkeep-alive\b/.test(connection));
  // Nobody can tell whether a body that ends with the connection is whole.
  const isClean = status === 200 && body.kind !== 'until-close' && headers.single.get(CLEAN_HEADER) === 'none';
  return { status, body, keepsAlive, isClean, cookies: headers.cookies };
}

interface Headers {
  readonly single: ReadonlyMap<string, string>;
  readonly cookies: readonly string[];
}

function readHeaders(lines: readonly string[]): Headers {
  const single = new Map<string, string>();
  const cookies: string[] = [];
  for (const line of lines) {
    const colon = line.indexOf(':');
    const name = line.slice(0, colon).toLowerCase();
    const value = line.slice(colon + 1).trim();
    if (colon < 1 || !NAME.test(name) || /[\r\n\0]/.test(value)) throw new MalformedAnswer(`A header of the answer is malformed: ${JSON.stringify(line.slice(0, 60))}`);
    if (name === 'set-cookie') cookies.push(value);
    else if (name === 'content-length' && single.has(name)) throw new MalformedAnswer('The answer tells its length twice');
    else single.set(name, single.has(name) ? `${single.get(name)}, ${value}` : value);
  }
  return { single, cookies };
}

function bodyOf(status: number, headers: Headers['single']): AnswerHead['body'] {
  const length = headers.get('content-length');
  const coding = headers.get('transfer-encoding');
  if (coding !== undefined) {
    if (length !== undefined) throw new MalformedAnswer('The answer tells its length in two ways');
    if (coding.toLowerCase() !== 'chunked') throw new MalformedAnswer(`The answer is transferred as ${coding}`);
  }
  if (length !== undefined && !LENGTH.test(length)) throw new MalformedAnswer(`The answer's length is ${JSON.stringify(length.slice(0, 20))}`);
  if (status < 200 || status === 204 || status === 304) return { kind: 'length', bytes: 0 };
  if (coding !== undefined) return { kind: 'chunked' };
  return length === undefined ? { kind: 'until-close' } : { kind: 'length', bytes: Number(length) };
}
