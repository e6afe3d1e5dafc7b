import { readFile } from 'node:fs/promises';
import { messageOf, StartError } from '@vss/runtime';

const FETCH_MS = 10_000;

/** Reads the supergraph SDL from a file or from an http(s) address. */
export async function readSupergraph(location: string): Promise<string> {
  try {
    if (!/^https?:\/\//.test(location)) return await readFile(location, 'utf8');
    const response = await fetch(location, { signal: AbortSignal.timeout(FETCH_MS) });
    if (!response.ok) throw new Error(`the server answered ${response.status}`);
    return await response.text();
  } catch (error) {
    throw new StartError(`The supergraph ${location} cannot be read: ${messageOf(error)}`, { cause: error });
  }
}
