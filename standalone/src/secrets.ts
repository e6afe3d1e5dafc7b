import { randomBytes } from 'node:crypto';
import { open, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { generateSigningKey } from '@vss/auth';
import { messageOf, newId, StartError } from '@vss/runtime';
import { z } from 'zod';

const secretsFile = z.object({
  /** Signs what the gateway sends to subgraphs (Ed25519, JWK). */
  gatewayKey: z.record(z.string(), z.unknown()),
  /** Identity's secret: what refresh tokens are derived from and the keys of access tokens are sealed with. */
  refreshSecret: z.string(),
  sipSecret: z.string(),
  demoPassword: z.string(),
  hubId: z.string(),
});
export type Secrets = z.output<typeof secretsFile>;

const secret = (): string => randomBytes(32).toString('base64url');

/** The instance's own secrets, made on its first start and kept, readable by their owner alone. */
export async function loadSecrets(folder: string): Promise<Secrets> {
  const path = join(folder, 'secrets.json');
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw new StartError(`${path} cannot be read: ${error.message}`, { cause: error });
  });
  if (text === undefined) return makeSecrets(path);
  try {
    return secretsFile.parse(JSON.parse(text));
  } catch (error) {
    throw new StartError(`${path} is damaged. Restore it from a copy, or move the whole data folder away to begin anew`, { cause: error });
  }
}

async function makeSecrets(path: string): Promise<Secrets> {
  const secrets: Secrets = {
    gatewayKey: { ...(await generateSigningKey()).privateJwk },
    refreshSecret: secret(),
    sipSecret: secret(),
    demoPassword: randomBytes(9).toString('base64url'),
    hubId: newId('hub'),
  };
  try {
    // Written beside and renamed: a start that dies here leaves no half a file.
    const file = await open(`${path}.new`, 'w', 0o600);
    await file.writeFile(`${JSON.stringify(secrets, null, 2)}\n`);
    await file.sync();
    await file.close();
    await rename(`${path}.new`, path);
  } catch (error) {
    throw new StartError(`${path} cannot be written: ${messageOf(error)}`, { cause: error });
  }
  return secrets;
}
