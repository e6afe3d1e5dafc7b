/**
 * The four subgraphs in one process: `node subgraphs.ts` listens on a free port of the loopback address and prints it.
 * `GET /mode?cold=1&vouched=1` sets how it answers and forgets its counts, `GET /stats` tells how often each was asked.
 */
import { createServer, type AddressInfo, type Socket } from 'node:net';
import process from 'node:process';
import { createAnswers, type Mode } from './answers.ts';
import { createRequestReader, type RawRequest } from './request-reader.ts';
import { isSubgraph } from './schemas.ts';

const answers = createAnswers();
let mode: Mode = { cold: false, vouched: false };
let asked: Record<string, number> = {};

const plain = (text: string, status = '200 OK'): Buffer => Buffer.from(`HTTP/1.1 ${status}\r\ncontent-type: application/json\r\ncontent-length: ${Buffer.byteLength(text)}\r\n\r\n${text}`);

function answer({ path, body }: RawRequest): Buffer {
  const [name = '', search] = path.slice(1).split('?', 2);
  if (isSubgraph(name)) {
    asked[name] = (asked[name] ?? 0) + 1;
    return answers(name, body, mode);
  }
  if (name === 'mode') {
    const given = new URLSearchParams(search);
    mode = { cold: given.get('cold') === '1', vouched: given.get('vouched') === '1' };
    asked = {};
  }
  return name === 'mode' || name === 'stats' ? plain(JSON.stringify(asked)) : plain('{}', '404 Not Found');
}

function serve(socket: Socket): void {
  const read = createRequestReader();
  socket.on('error', () => socket.destroy());
  socket.on('data', (chunk) => {
    const [first, ...others] = read(chunk).map(answer);
    if (first) socket.write(others.length === 0 ? first : Buffer.concat([first, ...others]));
  });
}

const server = createServer({ noDelay: true }, serve);
server.listen(0, '127.0.0.1', () => process.stdout.write(`${(server.address() as AddressInfo).port}\n`));
