// As Apollo's documentation starts it. Environment: SUPERGRAPH a file, PORT.
import { readFileSync } from 'node:fs';
import process from 'node:process';
import { ApolloGateway } from '@apollo/gateway';
import { ApolloServer } from '@apollo/server';
import { startStandaloneServer } from '@apollo/server/standalone';

const gateway = new ApolloGateway({ supergraphSdl: readFileSync(process.env.SUPERGRAPH, 'utf8') });
await startStandaloneServer(new ApolloServer({ gateway }), { listen: { port: Number(process.env.PORT), host: '127.0.0.1' } });
