import { join } from 'node:path';

/** Flags for a Node process that runs these sources as they are. */
export const sourceFlags: readonly string[] = [
  '--experimental-transform-types',
  '--disable-warning=ExperimentalWarning',
  '--conditions=source',
  '--import',
  join(import.meta.dirname, 'source-modules.mjs'),
];
