/** The head of a request in the common form, and where it lies in the bytes. */
export interface LeanHead {
  readonly headers: Record<string, string>;
  readonly contentLength: number;
}

export const REQUEST_LINE = 'POST /graphql HTTP/1.1\r\n';

// RFC 9110 §5.5, §5.6.2, without what is merely tolerated: no folded lines, no bytes beyond ASCII, no bare CR or LF.
const FIELD = /([!#$%&'*+\-.^_`|~\dA-Za-z]+):[ \t]*([\x21-\x7e]+(?:[ \t]+[\x21-\x7e]+)*)?[ \t]*\r\n/y;
/** Headers that change how the connection or the body is to be read. */
const SPECIAL = ['transfer-encoding', 'upgrade', 'expect', 'trailer', 'te', 'http2-settings', 'proxy-connection'];
const LENGTH = /^(?:0|[1-9]\d{0,6})$/;

/**
 * Reads a head that can mean one thing only; undefined for every other, however common. It must never accept what
 * another reader of the same bytes could understand in another way: that is how requests are smuggled.
 */
export function parseLeanHead(text: string): LeanHead | undefined {
  if (!text.startsWith(REQUEST_LINE)) return undefined;
  const headers: Record<string, string> = Object.create(null) as Record<string, string>;
  FIELD.lastIndex = REQUEST_LINE.length;
  while (FIELD.lastIndex < text.length) {
    const field = FIELD.exec(text);
    if (!field) return undefined;
    const name = (field[1] as string).toLowerCase();
    // Which of two would count is a matter of the reader.
    if (name in headers) return undefined;
    headers[name] = field[2] ?? '';
  }
  const length = headers['content-length'];
  if (!headers['host'] || length === undefined || !LENGTH.test(length)) return undefined;
  if ((headers['connection'] ?? 'keep-alive').toLowerCase() !== 'keep-alive' || SPECIAL.some((name) => name in headers)) return undefined;
  return { headers, contentLength: Number(length) };
}
