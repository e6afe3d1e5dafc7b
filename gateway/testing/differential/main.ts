/** `npm run test:differential [-- --seed 1 --cases 20000 --path …]`: the gateway against a monolith, until one case differs. */
import process from 'node:process';
import { parseArgs } from 'node:util';
import { runCampaign, type Outcome } from './differential.ts';

const { values } = parseArgs({ options: { seed: { type: 'string', default: '20261126' }, cases: { type: 'string', default: '20000' }, path: { type: 'string' } } });

function print(outcome: Outcome, seconds: number): void {
  const refused = [...outcome.uncomposable.values()].reduce((sum, count) => sum + count, 0);
  console.log(`${outcome.cases} operations on ${outcome.graphs} graphs in ${seconds.toFixed(1)} s (${(outcome.cases / seconds).toFixed(0)} a second); ${outcome.withErrors} had errors`);
  console.log(`left out: ${outcome.invalid} invalid operations, ${refused} graphs that do not compose`);
  for (const [reason, count] of [...outcome.uncomposable].sort((a, b) => b[1] - a[1]).slice(0, 8)) console.log(`  ${count} × ${reason.slice(0, 200).replaceAll('\n', ' ')}`);
  console.log('cases by construct:');
  for (const [construct, count] of [...outcome.constructs].sort(([a], [b]) => a.localeCompare(b))) console.log(`  ${String(count).padStart(6)}  ${construct}`);
  if (outcome.failure) console.error(`\nA CASE DIFFERS: ${outcome.failure}`);
}

const startedAt = performance.now();
const outcome = await runCampaign({ seed: Number(values.seed), cases: Number(values.cases), ...(values.path ? { path: values.path } : {}) });
print(outcome, (performance.now() - startedAt) / 1000);
process.exitCode = outcome.failure ? 1 : 0;
