import { readFile } from 'node:fs/promises';
import { runSubgraph } from '@vss/graphql';
import { messageOf, StartError } from '@vss/runtime';
import { createIdentity, type IdentitySettings } from './app.js';
import { identityConfig, readProviders, sessionSettingsOf, type IdentityConfig } from './config.js';
import { migrations } from './migrations.js';

/** identity as a process of its own. */
await runSubgraph(
  {
    name: 'identity',
    config: identityConfig,
    migrations,
    async open(shared, config) {
      const identity = await createIdentity({ ...shared, settings: await readSettings(config) });
      await identity.openKeys();
      return identity;
    },
    documents: (identity) => ({ '/.well-known/jwks.json': () => identity.jwks(), '/.well-known/audit-key.json': () => identity.auditKey }),
  },
  process,
);

async function readSettings(config: IdentityConfig): Promise<IdentitySettings> {
  return {
    secret: await readSecret('VSS_IDENTITY_SECRET_FILE', config.VSS_IDENTITY_SECRET_FILE, parseSecret),
    secureCookie: config.VSS_SECURE_COOKIE,
    providers: await readProviders(config),
    ...sessionSettingsOf(config),
  };
}

async function readSecret<T>(setting: string, path: string, parse: (text: string) => T): Promise<T> {
  try {
    return parse(await readFile(path, 'utf8'));
  } catch (error) {
    throw new StartError(`${setting}: ${path} cannot be used: ${messageOf(error)}`, { cause: error });
  }
}

function parseSecret(text: string): string {
  const secret = text.trim();
  if (secret.length < 32) throw new Error('a secret of at least 32 characters is needed');
  return secret;
}
