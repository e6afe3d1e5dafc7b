/** Fails when `schema/` or the generated code is not what the subgraphs say now. Part of `npm test`. */
import { join } from 'node:path';
import process from 'node:process';
import { generateAll, readGenerated } from './generate.ts';

const root = join(import.meta.dirname, '..');
const stale: string[] = [];
for (const [file, text] of Object.entries(await generateAll(root))) if ((await readGenerated(root, file)) !== text) stale.push(file);
if (stale.length > 0) {
  console.error(`Stale: ${stale.join(', ')}. Run \`npm run schema\` and commit what it writes.`);
  process.exitCode = 1;
}
