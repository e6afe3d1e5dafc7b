import { ACCESS_TOKEN_ISSUER, createTokenVerifier, GATEWAY_AUDIENCE, generateSigningKey, type SigningKey } from '@vss/auth';
import { StartError, type Logger } from '@vss/runtime';
import { readSigningKey, type GatewayConfig } from './config.js';
import { createGateway, type Gateway } from './gateway.js';
import { createActorTokens } from './sources/actor-tokens.js';
import { createHttpSource } from './sources/http-source.js';
import type { Source } from './sources/source.js';
import { loadSupergraph } from './supergraph/load-supergraph.js';
import { readSupergraph } from './supergraph/read-supergraph.js';

const JWKS_MS = 3_000;

/** A gateway in a process of its own: every subgraph behind HTTP. */
export async function openGateway(config: GatewayConfig, logger: Logger): Promise<Gateway> {
  const supergraphSdl = await readSupergraph(config.supergraph);
  const signingKey = config.keyFile ? await readSigningKey(config.keyFile) : await generateSigningKey();
  return createGateway({
    supergraphSdl,
    sources: httpSources(supergraphSdl, config, signingKey),
    verifier: createTokenVerifier({ keys: { url: config.jwksUrl }, issuer: ACCESS_TOKEN_ISSUER, audience: GATEWAY_AUDIENCE }),
    signingKey,
    jwks: () => fetchJwks(config.jwksUrl),
    settings: { isAuthenticated: config.isAuthenticated, introspection: config.introspection, trustProxy: config.trustProxy, dashboardDir: config.dashboardDir },
    logger,
  });
}

function httpSources(supergraphSdl: string, { subgraphUrls, isAuthenticated }: GatewayConfig, key: SigningKey): Source[] {
  const { subgraphs } = loadSupergraph(supergraphSdl);
  const unknown = Object.keys(subgraphUrls).filter((name) => !subgraphs.some((subgraph) => subgraph.name === name));
  if (unknown.length > 0) throw new StartError(`VSS_SUBGRAPH_URLS names subgraphs that the supergraph does not have: ${unknown.join(', ')}`);
  return subgraphs.map(({ name, url: declared }) => {
    const url = subgraphUrls[name] ?? declared;
    if (!/^https?:\/\//.test(url) || !URL.canParse(url)) throw new StartError(`The subgraph ${name} has no address: name it in VSS_SUBGRAPH_URLS`);
    return createHttpSource({ name, url, tokens: isAuthenticated ? createActorTokens({ subgraph: name, key }) : undefined });
  });
}

async function fetchJwks(url: string): Promise<object> {
  const response = await fetch(url, { signal: AbortSignal.timeout(JWKS_MS) });
  if (!response.ok) throw new Error(`${url} answered ${response.status}`);
  return (await response.json()) as object;
}
