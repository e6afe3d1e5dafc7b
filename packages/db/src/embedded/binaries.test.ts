import { mkdir, mkdtemp, readFile, readlink, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { linkLibraries } from './binaries.js';

let root: string;
let spare: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'vss-binaries-'));
  spare = join(root, 'spare/lib');
  await mkdir(join(root, 'native/lib'), { recursive: true });
  await writeFile(join(root, 'native/lib/libpq.so.5.18'), 'library');
  await writeFile(join(root, 'native/pg-symlinks.json'), JSON.stringify([{ source: 'native/lib/libpq.so.5.18', target: 'native/lib/libpq.so.5' }]));
});
afterEach(() => rm(root, { recursive: true, force: true }));

it('makes the links that an installation without scripts leaves out, also when two start at once', async () => {
  await Promise.all([linkLibraries(root, spare), linkLibraries(root, spare)]);
  expect(await readlink(join(root, 'native/lib/libpq.so.5'))).toBe('libpq.so.5.18');
  expect(await linkLibraries(root, spare)).toBeUndefined();
});

it('puts them beside the data where the package cannot be written', async () => {
  await writeFile(join(root, 'native/pg-symlinks.json'), JSON.stringify([{ source: 'native/lib/libpq.so.5.18', target: 'closed/libpq.so.5' }]));
  expect(await linkLibraries(root, spare)).toBe(spare);
  expect(await readFile(join(spare, 'libpq.so.5'), 'utf8')).toBe('library');
});
