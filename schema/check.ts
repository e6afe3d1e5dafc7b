/**
 * Fails when `schema/` or the generated code is not what the subgraphs say now, or breaks clients without a change file.
 * Part of `npm test`. `--base` as in `npm run schema`.
 */
import { join } from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { runGate, tellForeseen } from './command.ts';
import { generateClients, generateGraph, readGenerated } from './generate.ts';

const root = join(import.meta.dirname, '..');
const { values } = parseArgs({ options: { base: { type: 'string' } } });
await tellForeseen(async () => {
  const graph = await generateGraph(root);
  const isAccepted = await runGate(root, graph.files, { base: values.base, isTold: false });
  const files = { ...graph.files, ...(await generateClients(root, graph.api)) };
  const stale: string[] = [];
  for (const [file, text] of Object.entries(files)) if ((await readGenerated(root, file)) !== text) stale.push(file);
  if (stale.length > 0) console.error(`Stale: ${stale.join(', ')}. Run \`npm run schema\` and commit what it writes.`);
  if (stale.length > 0 || !isAccepted) process.exitCode = 1;
});
