/** The head of a request in the common form. */
export interface LeanHead {
  readonly headers: Record<string, string>;
  readonly contentLength: number;
}

export const REQUEST_LINE = 'POST /graphql HTTP/1.1\r\n';

// RFC 9110 §5.5, §5.6.2, without what is merely tolerated: no folded lines, no bytes beyond ASCII, no bare CR or LF.
const HEAD = /^POST \/graphql HTTP\/1\.1\r\n(?:[!#$%&'*+\-.^_`|~\dA-Za-z]+:[\t\x20-\x7e]*\r\n)*$/;
/** Headers that change how the connection or the body is to be read. */
const SPECIAL = ['transfer-encoding', 'upgrade', 'expect', 'trailer', 'te', 'http2-settings', 'proxy-connection'];
const LENGTH = /^(?:0|[1-9]\d{0,6})$/;

/**
 * Reads a head that can mean one thing only; undefined for every other, however common. It must never accept what
 * another reader of the same bytes could understand in another way: that is how requests are smuggled.
 */
export function parseLeanHead(text: string): LeanHead | undefined {
  if (!HEAD.test(text)) return undefined;
  const headers: Record<string, string> = Object.create(null) as Record<string, string>;
  for (let at = REQUEST_LINE.length; at < text.length; ) {
    const colon = text.indexOf(':', at);
    const end = text.indexOf('\r\n', colon);
    const name = lowerCase(text.slice(at, colon));
    // Which of two would count is a matter of the reader.
    if (headers[name] !== undefined) return undefined;
    headers[name] = text.slice(colon + 1, end).trim();
    at = end + 2;
  }
  const length = headers['content-length'];
  if (!headers['host'] || length === undefined || !LENGTH.test(length)) return undefined;
  if ((headers['connection'] ?? 'keep-alive').toLowerCase() !== 'keep-alive' || SPECIAL.some((name) => headers[name] !== undefined)) return undefined;
  return { headers, contentLength: Number(length) };
}

const MOST_NAMES = 500;
const names = new Map<string, string>();

/** Names come again and again, spelled alike; one string for each is also found faster. */
function lowerCase(name: string): string {
  let known = names.get(name);
  if (known === undefined) {
    if (names.size >= MOST_NAMES) names.clear();
    names.set(name, (known = name.toLowerCase()));
  }
  return known;
}
