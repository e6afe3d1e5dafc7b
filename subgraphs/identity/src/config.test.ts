import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readProviders } from './config.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vss-identity-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function fileWith(text: string): Promise<{ VSS_OIDC_FILE: string }> {
  const path = join(folder, 'providers.json');
  await writeFile(path, text);
  return { VSS_OIDC_FILE: path };
}

describe('VSS_OIDC_FILE', () => {
  it('is not needed', async () => expect(await readProviders({})).toEqual([]));

  it('names the providers', async () => {
    const provider = { id: 'corp', name: 'Corporate', issuer: 'https://id.example.org', clientId: 'vss', redirectUris: ['https://vss.example.org/callback'] };
    expect(await readProviders(await fileWith(JSON.stringify({ providers: [provider] })))).toMatchObject([provider]);
  });

  it.each([
    ['{ "providers": [', 'it is not JSON'],
    ['{}', 'providers'],
    ['{ "providers": [{ "id": "corp" }] }', 'providers.0.issuer'],
  ])('stops the start with %s, saying which file and why', async (text, why) => {
    const settings = await fileWith(text);
    const reading = readProviders(settings);
    await expect(reading).rejects.toMatchObject({ name: 'StartError' });
    await expect(reading).rejects.toThrow(new RegExp(`^VSS_OIDC_FILE: ${settings.VSS_OIDC_FILE} cannot be used: .*${why}`));
  });

  it('stops the start where the file is not there', () => expect(readProviders({ VSS_OIDC_FILE: join(folder, 'nowhere') })).rejects.toThrow('ENOENT'));
});
