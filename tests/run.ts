/**
 * `npm test`: build, lint, types, schema freshness, then every suite, while the real servers are being installed. Prints
 * what could not run and why, and as its last line `N passed, N failed`. Arguments are passed on to vitest
 * (`npm test -- subgraphs/crm`); then only the suites are run.
 */
import { spawn } from 'node:child_process';
import { existsSync, globSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import process from 'node:process';
import type { SuiteResult } from './reporter.ts';

const root = join(import.meta.dirname, '..');
const resultFile = join(root, 'tests/.out/result.json');
const bin = (name: string): string => join(root, 'node_modules/.bin', name);
const inCi = process.env['CI'] === 'true';
const chosen = process.argv.slice(2);
// Next to an option there is no telling a folder from the option's value: then all count as chosen.
const folders = chosen.some((argument) => argument.startsWith('-')) ? [] : chosen;
// The tools are scripts for `env node`: they must find the Node that the project brings, also when this is run without npm.
const env = { ...process.env, PATH: `${join(root, 'node_modules/.bin')}:${process.env['PATH'] ?? ''}`, TURBO_TELEMETRY_DISABLED: '1', VSS_TEST_RESULT: resultFile };

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

/** The suites of this run that need real servers, by the ending of their files. */
const REAL = '**/*.real.test.ts';
const realSuites = (): string[] =>
  globSync(REAL, { cwd: root, exclude: (path) => ['node_modules', 'dist'].includes(basename(path)) })
    .filter((file) => folders.length === 0 || folders.some((folder) => join(root, file).includes(folder)))
    .sort();

/** Installs the real servers; the reason where that is not possible on this machine. */
function installServices(): Promise<string | undefined> {
  return new Promise((resolve, reject) => {
    const child = spawn('sh', [join(root, 'tests/services/install.sh')], { env, stdio: ['ignore', 'inherit', 'pipe'] });
    let said = '';
    child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
    child.on('error', reject);
    child.on('close', (code) => {
      process.stderr.write(said);
      resolve(code === 0 ? undefined : said.trim().split('\n').at(-1) || `tests/services/install.sh ended with ${String(code)}`);
    });
  });
}

async function check(tally: Tally, name: string, command: string, args: string[]): Promise<void> {
  const startedAt = Date.now();
  const ok = (await run(command, args)) === 0;
  tally[ok ? 'passed' : 'failed'] += 1;
  console.log(`${ok ? '✓' : '✗'} ${name} (${((Date.now() - startedAt) / 1000).toFixed(1)} s)`);
}

/** Runs all suites but those; answers with each test that was left out, and why. */
async function runSuites(tally: Tally, excluded: readonly string[]): Promise<string[]> {
  mkdirSync(join(root, 'tests/.out'), { recursive: true });
  rmSync(resultFile, { force: true });
  const args = ['run', '--reporter=default', `--reporter=${join(root, 'tests/reporter.ts')}`, ...excluded.flatMap((file) => ['--exclude', file, '--passWithNoTests']), ...chosen];
  const code = await run(bin('vitest'), args);
  const result = existsSync(resultFile) ? (JSON.parse(readFileSync(resultFile, 'utf8')) as SuiteResult) : { passed: 0, failed: 0, notRun: [] };
  tally.passed += result.passed;
  // What vitest finds wrong beside the tests (nothing to run, an end that hangs) counts too.
  tally.failed += code !== 0 && result.failed === 0 ? 1 : result.failed;
  return result.notRun;
}

const tally: Tally = { passed: 0, failed: 0 };
const needServers = realSuites();
const installing = needServers.length > 0 ? installServices() : Promise.resolve(undefined);
// Some suites start what `npm start` starts. A build of older sources would be tested in place of these; where nothing has changed this takes a second.
await check(tally, 'build', bin('turbo'), ['run', 'build', '--output-logs=errors-only']);
if (chosen.length === 0) {
  await check(tally, 'lint', bin('oxlint'), ['--type-aware', '--tsconfig', 'tests/tsconfig.json']);
  await check(tally, 'types', bin('tsc'), ['-p', 'tests/tsconfig.json']);
  await check(tally, 'types of the dashboard', bin('tsc'), ['-p', 'clients/dashboard/tsconfig.json']);
  await check(tally, 'types of GraphiQL', bin('tsc'), ['-p', 'clients/graphiql/tsconfig.json']);
  await check(tally, 'schema/ and generated code are fresh', process.execPath, [join(root, 'schema/check.ts')]);
}
const refusal = await installing;
const excluded = refusal === undefined ? [] : needServers;
const notRun = excluded.map((file) => `${file}: ${refusal ?? ''}`);
notRun.push(...(await runSuites(tally, excluded)));
for (const line of notRun) console.log(`not run: ${line}`);
if (notRun.length > 0) console.log(`${notRun.length} not run`);
// What did not run proves nothing: where everything must be proved, that is a failure.
if (inCi && notRun.length > 0) tally.failed += 1;
console.log(`${tally.passed} passed, ${tally.failed} failed`);
process.exitCode = tally.failed === 0 ? 0 : 1;
