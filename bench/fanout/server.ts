/**
 * `node server.ts` listens on a free port and prints it. `/orders` is a subgraph with a subscription (graphql-transport-ws)
 * and `/customers` one that knows customers by key. `/each` has all of it in one schema, and graphql-ws executes for each
 * client: what the gateway is compared with. `GET /fire` makes an event, `GET /stats` tells what was asked so far.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import process from 'node:process';
import { buildSchema } from 'graphql';
import { useServer } from 'graphql-ws/use/ws';
import { WebSocketServer } from 'ws';
import { createTopic, CUSTOMER, MONOLITH_SDL, newEvent, ORDERS_SDL } from './orders.ts';

const topic = createTopic();
let entityFetches = 0;
let events = 0;

function serveSubscriptions(sdl: string): WebSocketServer {
  const schema = buildSchema(sdl);
  const field = schema.getSubscriptionType()?.getFields()['orderChanged'];
  if (field) field.subscribe = () => topic.subscribe();
  const server = new WebSocketServer({ noServer: true, perMessageDeflate: false });
  useServer({ schema }, server);
  return server;
}
const sockets: Readonly<Record<string, WebSocketServer>> = { '/orders': serveSubscriptions(ORDERS_SDL), '/each': serveSubscriptions(MONOLITH_SDL) };

async function customers(request: IncomingMessage): Promise<object> {
  let text = '';
  for await (const chunk of request) text += String(chunk);
  const { variables } = JSON.parse(text) as { variables: { representations: unknown[] } };
  entityFetches += 1;
  return { data: { _entities: variables.representations.map(() => CUSTOMER) } };
}

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  let body: object = { events, entityFetches, subscriptions: topic.size };
  if (request.url === '/customers') body = await customers(request);
  if (request.url === '/fire') {
    events += 1;
    topic.publish(newEvent());
  }
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

const server = createServer((request, response) => void answer(request, response));
server.on('upgrade', (request, socket, head) => {
  const target = sockets[request.url ?? ''];
  if (target) target.handleUpgrade(request, socket, head, (client) => target.emit('connection', client, request));
  else socket.destroy();
});
server.listen({ port: 0, host: '127.0.0.1', backlog: 1_024 }, () => process.stdout.write(`${(server.address() as AddressInfo).port}\n`));
