/**
 * `npm run schema`: prints each subgraph's SDL, composes the supergraph, and derives what clients see and need. Writes
 * nothing where clients would break and no change file says so. `npm run schema -- --base v1.2` compares with that commit.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { runGate, tellForeseen } from './command.ts';
import { generateClients, generateGraph } from './generate.ts';

const root = join(import.meta.dirname, '..');
const { values } = parseArgs({ options: { base: { type: 'string' } } });
await tellForeseen(async () => {
  const graph = await generateGraph(root);
  if (!(await runGate(root, graph.files, { base: values.base, isTold: true }))) {
    process.exitCode = 1;
    return;
  }
  const files = { ...graph.files, ...(await generateClients(root, graph.api)) };
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), text);
  }
});
