import { readFile } from 'node:fs/promises';
import { createLifecycle, createLogger, loadConfig, messageOf, StartError, stopOnSignals } from '@vss/runtime';
import { createTokenVerifier, signingKeyFrom, subgraphAudience } from '@vss/auth';
import { migrate } from '@vss/db';
import { createRabbitBroker } from '@vss/events';
import { serveSubgraph } from '@vss/graphql';
import { createIdentity } from './app.js';
import { identityConfig } from './config.js';
import type { Jwk } from './keys/index.js';
import { migrations } from './migrations.js';

/** identity as a process of its own. */
async function main(): Promise<void> {
  const config = loadConfig(identityConfig, process.env);
  const logger = createLogger('identity', config.VSS_LOG_LEVEL);
  const settings = {
    signingKey: await readSecret('VSS_SIGNING_KEY_FILE', config.VSS_SIGNING_KEY_FILE, parseSigningKey),
    refreshSecret: await readSecret('VSS_REFRESH_SECRET_FILE', config.VSS_REFRESH_SECRET_FILE, parseRefreshSecret),
    secureCookie: config.VSS_SECURE_COOKIE,
  };
  const lifecycle = createLifecycle({ logger });
  stopOnSignals(lifecycle, logger, process);
  const target = { url: config.DATABASE_URL };
  await migrate({ target, migrations: [migrations], logger });
  const broker = await createRabbitBroker({ url: config.AMQP_URL, logger });
  lifecycle.onStop('the broker', () => broker.close());
  const subgraph = await createIdentity({ target, broker, logger, settings });
  lifecycle.onStop('identity', () => subgraph.stop());
  await subgraph.start();
  const verifier = createTokenVerifier({ keys: { url: config.VSS_GATEWAY_JWKS_URL }, issuer: 'vss-gateway', audience: subgraphAudience('identity') });
  const server = await serveSubgraph({
    subgraph,
    host: config.VSS_HOST,
    port: config.VSS_PORT,
    verifier,
    logger,
    documents: { '/.well-known/jwks.json': () => subgraph.jwks() },
  });
  lifecycle.onStop('the server', () => server.close());
  logger.info({ url: server.url }, 'identity is ready');
}

async function readSecret<T>(setting: string, path: string, parse: (text: string) => T): Promise<T> {
  try {
    return parse(await readFile(path, 'utf8'));
  } catch (error) {
    throw new StartError(`${setting}: ${path} cannot be used: ${messageOf(error)}`, { cause: error });
  }
}

function parseSigningKey(text: string): Jwk {
  const key = JSON.parse(text) as Jwk;
  signingKeyFrom(key);
  return key;
}

function parseRefreshSecret(text: string): string {
  const secret = text.trim();
  if (secret.length < 32) throw new Error('a secret of at least 32 characters is needed');
  return secret;
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof StartError ? error.message : `identity failed to start: ${messageOf(error)}`}\n`);
  process.exit(1);
});
