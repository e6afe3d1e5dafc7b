import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { ACCESS_TOKEN_ISSUER, createTokenVerifier, GATEWAY_AUDIENCE, generateSigningKey, type SigningKey } from '@vss/auth';
import { StartError, type Lifecycle, type Logger } from '@vss/runtime';
import type { Cache } from './cache/cache.js';
import { readSigningKey, type GatewayConfig } from './config.js';
import type { BrokerLink } from './events/broker-link.js';
import { startSessionWatch } from './events/session-watch.js';
import { readManifest } from './guard/persisted/manifest.js';
import { createGateway, type Gateway } from './gateway.js';
import { createActorTokens } from './sources/actor-tokens.js';
import { createHttpSource } from './sources/http-source.js';
import type { SubgraphAddress } from './sources/source-pool.js';
import type { Source } from './sources/source.js';
import { createSupergraphReader } from './supergraph/read-supergraph.js';
import { watchSupergraph } from './supergraph/watch-supergraph.js';

const JWKS_MS = 3_000;
const CONNECT_MS = 5_000;

/** A gateway in a process of its own: every subgraph behind HTTP. */
export async function openGateway({ config, lifecycle, logger }: { config: GatewayConfig; lifecycle: Lifecycle; logger: Logger }): Promise<Gateway> {
  const reader = createSupergraphReader(config.supergraph);
  const supergraphSdl = (await reader.read()) ?? '';
  const signingKey = config.keyFile ? await readSigningKey(config.keyFile) : await generateSigningKey();
  const link = config.amqpUrl ? await linkTo(config.amqpUrl, logger) : undefined;
  if (link) lifecycle.onStop('broker', () => link.close());
  const gateway = await createGateway({
    supergraphSdl,
    sources: httpSources(config, signingKey),
    verifier: createTokenVerifier({ keys: { url: config.jwksUrl }, issuer: ACCESS_TOKEN_ISSUER, audience: GATEWAY_AUDIENCE }),
    signingKey,
    sharedCache: config.redisUrl ? await redisAt(config.redisUrl, logger) : undefined,
    jwks: () => fetchJwks(config.jwksUrl),
    ...(link ? { onDenied: (denial) => link.tellDenial(denial) } : {}),
    settings: {
      isAuthenticated: config.isAuthenticated,
      introspection: config.introspection,
      trustProxy: config.trustProxy,
      dashboardDir: config.dashboardDir,
      graphiqlDir: config.hasGraphiql ? graphiqlDir() : undefined,
      slowOperationMs: config.slowOperationMs,
      accessLog: config.accessLog,
      cost: config.cost,
      rates: config.rates,
      socket: { connectionsPerUser: config.connectionsPerUser },
      keepsAnswers: config.keepsAnswers,
      ...config.subgraphLimits,
      persistedDocuments: { mode: config.persistedDocuments, manifest: config.documentManifest ? await readManifest(config.documentManifest) : new Map() },
    },
    logger,
  });
  const unknown = Object.keys(config.subgraphUrls).filter((name) => !gateway.sources.has(name));
  if (unknown.length > 0) throw new StartError(`VSS_SUBGRAPH_URLS names subgraphs that the supergraph does not have: ${unknown.join(', ')}`);
  const watch = watchSupergraph({ reader, pollMs: config.supergraphPollMs, onText: (sdl) => gateway.replaceSupergraph(sdl), logger });
  lifecycle.onStop('supergraph', () => watch.stop());
  link?.start(gateway);
  if (config.isAuthenticated) {
    // Without a broker nothing is ever heard, and identity is asked all the time.
    const check = (): Promise<string> => link?.check() ?? Promise.reject(new Error('there is no broker'));
    const sessions = startSessionWatch({ check, gateway, logger });
    lifecycle.onStop('sessions', () => sessions.stop());
  }
  return gateway;
}

/** Only developers need it, so it is no dependency: this repository has it, an image for production may not. */
function graphiqlDir(): string {
  try {
    const folder = fileURLToPath(new URL('dist/', import.meta.resolve('@vss/graphiql/package.json')));
    if (existsSync(folder)) return folder;
  } catch {
    // Not installed.
  }
  throw new StartError('VSS_GRAPHIQL is on, but there is no GraphiQL here: npm ci builds it');
}

/** Loaded only where there is a broker: without one the gateway starts as fast as it can. */
async function linkTo(url: string, logger: Logger): Promise<BrokerLink> {
  const [{ createRabbitBroker }, { createBrokerLink }] = await Promise.all([import('@vss/events'), import('./events/broker-link.js')]);
  return createBrokerLink({ connect: () => createRabbitBroker({ url, logger, connectMs: CONNECT_MS }), logger });
}

/** Loaded only where there is a Redis. */
async function redisAt(url: string, logger: Logger): Promise<Cache> {
  const { createRedisCache } = await import('./cache/redis-cache.js');
  return createRedisCache({ url, logger });
}

function httpSources({ subgraphUrls, isAuthenticated }: GatewayConfig, key: SigningKey) {
  return ({ name, url: declared }: SubgraphAddress): Source => {
    const url = subgraphUrls[name] ?? declared;
    if (!/^https?:\/\//.test(url) || !URL.canParse(url)) throw new StartError(`The subgraph ${name} has no address: name it in VSS_SUBGRAPH_URLS`);
    return createHttpSource({ name, url, tokens: isAuthenticated ? createActorTokens({ subgraph: name, key }) : undefined });
  };
}

async function fetchJwks(url: string): Promise<object> {
  const response = await fetch(url, { signal: AbortSignal.timeout(JWKS_MS) });
  if (!response.ok) throw new Error(`${url} answered ${response.status}`);
  return (await response.json()) as object;
}
