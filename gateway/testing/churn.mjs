// A process of its own, because what is left behind can only be seen where nothing else is. Run with --expose-gc.
import { createServer } from 'node:http';
import { parse } from 'graphql';
import { WebSocket } from 'ws';
import { createBoundedQueue, createGateway } from '@vss/gateway';

const [CYCLES, WATCHED] = [500, 250];
const silent = { trace() {}, debug() {}, info() {}, warn() {}, error() {}, child: () => silent };
const open = new Set();

/** A subgraph that never has an event but those pushed. */
const source = {
  name: 'words',
  execute: () => Promise.resolve({ data: { count: 1 } }),
  subscribe(request) {
    parse(request.query);
    const stream = createBoundedQueue({ limit: 10, onReturn: () => open.delete(stream) });
    open.add(stream);
    return Promise.resolve(stream);
  },
};

const gateway = await createGateway({ supergraphSdl: JSON.parse(process.argv[2]).supergraphSdl, sources: [source], settings: { isAuthenticated: false, socket: { connectionsPerAddress: 10 } }, logger: silent });
const server = createServer();
server.on('upgrade', (request, socket, head) => gateway.handleUpgrade(request, socket, head));
await new Promise((resolve) => void server.listen(0, '127.0.0.1', resolve));
const url = `ws://127.0.0.1:${server.address().port}/graphql`;

/** One client: connects, follows two streams, hears an event, and leaves in one of several ways. */
function cycle(n) {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(url, 'graphql-transport-ws');
    const send = (message) => socket.send(JSON.stringify(message));
    socket.on('open', () => send({ type: 'connection_init' }));
    socket.on('error', reject);
    socket.on('close', resolve);
    socket.on('message', (data) => {
      const { type } = JSON.parse(data);
      if (type === 'connection_ack') {
        for (const id of ['a', 'b']) send({ id, type: 'subscribe', payload: { query: `subscription S${n % 7} { said { n } }` } });
        send({ id: 'q', type: 'subscribe', payload: { query: '{ count }' } });
      } else if (type === 'complete') for (const stream of open) stream.push({ data: { said: { n } } });
      else if (type === 'next' && data.includes('said')) {
        if (n % 3 === 0) socket.terminate();
        else if (n % 3 === 1) socket.close();
        else {
          send({ id: 'a', type: 'complete' });
          socket.close();
        }
      }
    });
  });
}

/** The heap when everything that nobody holds is gone; again and again until nothing more goes. */
async function heapAfterCollection() {
  let least = Infinity;
  for (let still = 0; still < 5; ) {
    await new Promise((resolve) => setTimeout(resolve, 20));
    globalThis.gc();
    const { heapUsed } = process.memoryUsage();
    if (heapUsed < least - 10_000) [least, still] = [heapUsed, 0];
    else still++;
  }
  return least;
}

let before = 0;
for (let n = 0; n < CYCLES; n++) {
  if (n === CYCLES - WATCHED) before = await heapAfterCollection();
  await cycle(n);
}
const after = await heapAfterCollection();
process.stdout.write(JSON.stringify({ grownBytes: after - before, streams: open.size, live: gateway.live }));
process.exit(0);
