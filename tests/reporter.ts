import { writeFileSync } from 'node:fs';
import process from 'node:process';
import type { Reporter, TestModule } from 'vitest/node';

/** What `npm test` counts of a run of vitest. */
export interface SuiteResult {
  passed: number;
  failed: number;
  /** Each test that was left out, and why. */
  notRun: string[];
}

/** Writes the result of a run as JSON into the file named by VSS_TEST_RESULT. */
export default class ResultReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandledErrors: readonly unknown[]): void {
    const result: SuiteResult = { passed: 0, failed: unhandledErrors.length, notRun: [] };
    for (const module of modules) count(module, result);
    writeFileSync(process.env['VSS_TEST_RESULT'] ?? '', JSON.stringify(result));
  }
}

function count(module: TestModule, result: SuiteResult): void {
  const failedBefore = result.failed;
  for (const test of module.children.allTests()) {
    const outcome = test.result();
    if (outcome.state === 'passed') result.passed += 1;
    else if (outcome.state === 'failed') result.failed += 1;
    else result.notRun.push(`${module.relativeModuleId}: ${test.fullName}: ${(outcome.state === 'skipped' && outcome.note) || (module.ok() ? 'skipped' : 'its suite failed')}`);
  }
  // A file that does not load, or a hook that throws, fails without a failed test.
  if (!module.ok() && result.failed === failedBefore) result.failed += 1;
}
