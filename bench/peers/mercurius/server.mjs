// Environment: SUBGRAPHS a JSON file of { name, url, schema }, PORT. jit: 1 compiles an operation when it is first seen.
import { readFileSync } from 'node:fs';
import process from 'node:process';
import mercuriusGateway from '@mercuriusjs/gateway';
import Fastify from 'fastify';

const services = JSON.parse(readFileSync(process.env.SUBGRAPHS, 'utf8')).map((service) => ({ ...service, connections: 100 }));
const app = Fastify();
app.register(mercuriusGateway, { jit: 1, gateway: { services } });
await app.listen({ port: Number(process.env.PORT), host: '127.0.0.1' });
