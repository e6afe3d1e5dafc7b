/**
 * `npm test`: lint, types, schema freshness, then every suite. Prints what could not run and why, and as its last
 * line `N passed, N failed`. Arguments are passed on to vitest (`npm test -- subgraphs/crm`).
 */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, globSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';

const root = join(import.meta.dirname, '..');
const reportFile = join(root, 'tests/.out/report.json');
const bin = (name: string): string => join(root, 'node_modules/.bin', name);
const inCi = process.env['CI'] === 'true';
const chosen = process.argv.slice(2);
// The tools are scripts for `env node`: they must find the Node that the project brings, also when this is run without npm.
const env = { ...process.env, PATH: `${join(root, 'node_modules/.bin')}:${process.env['PATH'] ?? ''}` };

interface Tally {
  passed: number;
  failed: number;
}

function run(command: string, args: string[]): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: root, env, stdio: 'inherit' });
    child.on('error', reject);
    child.on('exit', (code, signal) => resolve(signal ? 1 : (code ?? 1)));
  });
}

/** The suites that need real servers, by the ending of their files. */
const REAL = '**/*.real.test.ts';
const realSuites = (): string[] => globSync(REAL, { cwd: root, exclude: (path) => path.includes('node_modules') || path.includes('dist') }).sort();

/** Installs the real servers; the reason where that is not possible on this machine. */
function installServices(): string | undefined {
  const result = spawnSync('bash', [join(root, 'tests/services/install.sh')], { stdio: ['ignore', 'inherit', 'pipe'], encoding: 'utf8' });
  if (result.status === 0) return undefined;
  process.stderr.write(result.stderr);
  return result.stderr.trim().split('\n').at(-1) || `tests/services/install.sh ended with ${String(result.status)}`;
}

async function check(tally: Tally, name: string, command: string, args: string[]): Promise<void> {
  const startedAt = Date.now();
  const ok = (await run(command, args)) === 0;
  tally[ok ? 'passed' : 'failed'] += 1;
  console.log(`${ok ? '✓' : '✗'} ${name} (${((Date.now() - startedAt) / 1000).toFixed(1)} s)`);
}

interface Report {
  numPassedTests: number;
  numFailedTests: number;
  numFailedTestSuites: number;
  numPendingTests: number;
  testResults: { name: string; status: string; assertionResults: { status: string; fullName: string }[] }[];
}

async function runSuites(tally: Tally, excluded: readonly string[]): Promise<string[]> {
  mkdirSync(join(root, 'tests/.out'), { recursive: true });
  rmSync(reportFile, { force: true });
  const args = ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${reportFile}`, ...excluded.flatMap((file) => ['--exclude', file]), ...chosen];
  const code = await run(bin('vitest'), args);
  if (!existsSync(reportFile)) {
    tally.failed += 1;
    return [];
  }
  const report = JSON.parse(readFileSync(reportFile, 'utf8')) as Report;
  const brokenSuites = report.testResults.filter((suite) => suite.status === 'failed' && !suite.assertionResults.some((test) => test.status === 'failed')).length;
  tally.passed += report.numPassedTests;
  tally.failed += report.numFailedTests + brokenSuites;
  // An error outside of any test (an unhandled rejection) fails vitest while every test passed.
  if (code !== 0 && report.numFailedTests + brokenSuites === 0) tally.failed += 1;
  return report.testResults.flatMap((suite) => suite.assertionResults.filter((test) => ['pending', 'skipped', 'todo'].includes(test.status)).map((test) => `${test.fullName}: skipped`));
}

const tally: Tally = { passed: 0, failed: 0 };
if (chosen.length === 0) {
  await check(tally, 'lint', bin('oxlint'), ['--type-aware', '--tsconfig', 'tests/tsconfig.json']);
  await check(tally, 'types', bin('tsc'), ['-p', 'tests/tsconfig.json']);
  await check(tally, 'types of the dashboard', bin('tsc'), ['-p', 'clients/dashboard/tsconfig.json']);
  await check(tally, 'schema/ and generated code are fresh', process.execPath, [join(root, 'schema/check.ts')]);
}
const refusal = installServices();
const excluded = refusal === undefined ? [] : realSuites();
const notRun = excluded.map((file) => `${file}: ${refusal ?? ''}`);
notRun.push(...(await runSuites(tally, excluded)));
if (notRun.length > 0) {
  for (const line of notRun) console.log(`not run: ${line}`);
  console.log(`${notRun.length} not run`);
}
// What did not run proves nothing: where everything must be proved, that is a failure.
if (inCi && notRun.length > 0) tally.failed += 1;
console.log(`${tally.passed} passed, ${tally.failed} failed`);
process.exitCode = tally.failed === 0 ? 0 : 1;
