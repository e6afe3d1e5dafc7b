import { readFile } from 'node:fs/promises';
import { signingKeyFrom } from '@vss/auth';
import { runSubgraph } from '@vss/graphql';
import { messageOf, StartError } from '@vss/runtime';
import { createIdentity } from './app.js';
import { identityConfig, type IdentityConfig } from './config.js';
import type { Jwk } from './keys/index.js';
import { migrations } from './migrations.js';

/** identity as a process of its own. */
await runSubgraph(
  {
    name: 'identity',
    config: identityConfig,
    migrations,
    open: async (shared, config) => createIdentity({ ...shared, settings: await readSettings(config) }),
    documents: (identity) => ({ '/.well-known/jwks.json': () => identity.jwks() }),
  },
  process,
);

async function readSettings(config: IdentityConfig) {
  return {
    signingKey: await readSecret('VSS_SIGNING_KEY_FILE', config.VSS_SIGNING_KEY_FILE, parseSigningKey),
    refreshSecret: await readSecret('VSS_REFRESH_SECRET_FILE', config.VSS_REFRESH_SECRET_FILE, parseRefreshSecret),
    secureCookie: config.VSS_SECURE_COOKIE,
  };
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
