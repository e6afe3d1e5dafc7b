import { createServer, type AddressInfo, type Socket } from 'node:net';

/** What a raw subgraph is asked. */
export interface RawQuestion {
  readonly query: string;
  readonly variables: Record<string, unknown>;
  /** The connection that it came on, to be written to, held or broken. */
  readonly socket: Socket;
  /** How many requests this connection brought before it. */
  readonly earlier: number;
}

export interface RawSubgraph {
  readonly url: string;
  /** Answers each request from now on. */
  answer: (question: RawQuestion) => void | Promise<void>;
  /** Requests so far. */
  readonly asked: RawQuestion[];
  readonly connections: ReadonlySet<Socket>;
  close(): Promise<void>;
}

/** A subgraph that answers with whatever bytes a test likes, also none and also unasked. */
export async function openRawSubgraph(answer: RawSubgraph['answer']): Promise<RawSubgraph> {
  const connections = new Set<Socket>();
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    connections.add(socket);
    socket.on('close', () => connections.delete(socket));
    // The gateway may give up a connection at any moment.
    socket.on('error', () => socket.destroy());
    socket.on('end', () => socket.end());
    let text = '';
    let earlier = 0;
    socket.on('data', (chunk) => {
      text += chunk.toString('latin1');
      for (let body = takeBody(text); body; body = takeBody(text)) {
        text = text.slice(body.end);
        const { query, variables } = JSON.parse(Buffer.from(body.text, 'latin1').toString()) as RawQuestion;
        const question = { query, variables: variables ?? {}, socket, earlier: earlier++ };
        subgraph.asked.push(question);
        void subgraph.answer(question);
      }
    });
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const subgraph: RawSubgraph = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`,
    answer,
    asked: [],
    connections,
    close() {
      const closed = new Promise<void>((resolve) => void server.close(() => resolve()));
      for (const socket of connections) socket.destroy();
      return closed;
    },
  };
  return subgraph;
}

function takeBody(text: string): { text: string; end: number } | undefined {
  const headEnd = text.indexOf('\r\n\r\n');
  if (headEnd < 0) return undefined;
  const start = headEnd + 4;
  const end = start + Number(/content-length: *(\d+)/i.exec(text.slice(0, headEnd))?.[1] ?? 0);
  return text.length < end ? undefined : { text: text.slice(start, end), end };
}

/** An answer as HTTP/1.1 wants it. */
export function httpAnswer(body: string | Buffer, { status = '200 OK', headers = 'content-type: application/json\r\n' }: { status?: string; headers?: string } = {}): Buffer {
  const bytes = Buffer.from(body);
  return Buffer.concat([Buffer.from(`HTTP/1.1 ${status}\r\n${headers}content-length: ${bytes.length}\r\n\r\n`), bytes]);
}
