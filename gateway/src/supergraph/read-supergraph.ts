import { readFile, stat } from 'node:fs/promises';
import { messageOf, StartError } from '@vss/runtime';

const FETCH_MS = 10_000;

/** Where a supergraph comes from: a file or an http(s) address. */
export interface SupergraphReader {
  readonly location: string;
  /** The file, where it is one. */
  readonly file: string | undefined;
  /** The SDL, or undefined where nothing has changed since it was last read. Rejects with a StartError. */
  read(): Promise<string | undefined>;
}

export function createSupergraphReader(location: string): SupergraphReader {
  const isAddress = /^https?:\/\//.test(location);
  const readChanged = isAddress ? fetching(location) : reading(location);
  return {
    location,
    file: isAddress ? undefined : location,
    async read() {
      try {
        return await readChanged();
      } catch (error) {
        throw new StartError(`The supergraph ${location} cannot be read: ${messageOf(error)}`, { cause: error });
      }
    },
  };
}

function reading(file: string): SupergraphReader['read'] {
  let known = '';
  return async () => {
    const seen = await fingerprint(file);
    if (seen === known) return undefined;
    const text = await readFile(file, 'utf8');
    known = seen;
    return text;
  };
}

/** Changes whenever the file is written or replaced. */
export async function fingerprint(file: string): Promise<string> {
  const { mtimeNs, size, ino } = await stat(file, { bigint: true });
  return `${mtimeNs}:${size}:${ino}`;
}

function fetching(url: string): SupergraphReader['read'] {
  let etag: string | null = null;
  return async () => {
    const response = await fetch(url, { signal: AbortSignal.timeout(FETCH_MS), headers: etag === null ? {} : { 'if-none-match': etag } });
    if (response.status === 304) {
      await response.body?.cancel();
      return undefined;
    }
    if (!response.ok) throw new Error(`the server answered ${response.status}`);
    const text = await response.text();
    etag = response.headers.get('etag');
    return text;
  };
}
