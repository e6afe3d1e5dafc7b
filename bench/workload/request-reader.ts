export interface RawRequest {
  readonly path: string;
  /** One character a byte. */
  readonly body: string;
}

const END = '\r\n\r\n';

/** Cuts the bytes of one connection into HTTP/1.1 requests, pipelined ones too. Only what gateways send is understood. */
export function createRequestReader(): (chunk: Buffer) => RawRequest[] {
  let rest: Buffer | undefined;
  return (chunk) => {
    let buffer = rest ? Buffer.concat([rest, chunk]) : chunk;
    const requests: RawRequest[] = [];
    for (let one = readOne(buffer); one; one = readOne(buffer)) {
      requests.push(one.request);
      buffer = buffer.subarray(one.end);
    }
    rest = buffer.length > 0 ? buffer : undefined;
    return requests;
  };
}

function readOne(buffer: Buffer): { request: RawRequest; end: number } | undefined {
  const end = buffer.indexOf(END);
  if (end < 0) return undefined;
  const head = buffer.toString('latin1', 0, end);
  const start = end + END.length;
  const body = bodyOf(buffer, start, head.toLowerCase());
  if (!body) return undefined;
  const from = head.indexOf(' ') + 1;
  return { request: { path: head.slice(from, head.indexOf(' ', from)), body: body.text }, end: body.end };
}

function bodyOf(buffer: Buffer, start: number, head: string): { text: string; end: number } | undefined {
  const at = head.indexOf('\r\ncontent-length:');
  if (at >= 0) {
    const end = start + Number.parseInt(head.slice(at + 17), 10);
    return buffer.length < end ? undefined : { text: buffer.toString('latin1', start, end), end };
  }
  return head.includes('transfer-encoding: chunked') ? chunked(buffer, start) : { text: '', end: start };
}

function chunked(buffer: Buffer, start: number): { text: string; end: number } | undefined {
  let text = '';
  for (let at = start; ; ) {
    const line = buffer.indexOf('\r\n', at);
    if (line < 0) return undefined;
    const size = Number.parseInt(buffer.toString('latin1', at, line), 16);
    const end = line + 2 + size;
    if (buffer.length < end + 2) return undefined;
    text += buffer.toString('latin1', line + 2, end);
    at = end + 2;
    if (size === 0) return { text, end: at };
  }
}
