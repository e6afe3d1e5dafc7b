/** `npm run schema`: prints each subgraph's SDL, composes the supergraph, and derives what clients see and need. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { generateAll } from './generate.ts';

const root = join(import.meta.dirname, '..');
for (const [file, text] of Object.entries(await generateAll(root))) {
  mkdirSync(dirname(join(root, file)), { recursive: true });
  writeFileSync(join(root, file), text);
}
