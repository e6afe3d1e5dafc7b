import process from 'node:process';
import { graphOf, loadBase, loadNamedChanges } from './base.ts';
import { judge } from './gate.ts';
import type { Files } from './generate.ts';
import { Refusal } from './refusal.ts';

/** Judges the generated files against the base; says what differs (where `isTold`) and what is refused. */
export async function runGate(root: string, files: Files, { base: given, isTold }: { base: string | undefined; isTold: boolean }): Promise<boolean> {
  const now = graphOf(files);
  const base = loadBase(root, now, given);
  if (!base) return true;
  const { report, problems } = await judge({ base, now, named: loadNamedChanges(root), today: new Date().toISOString().slice(0, 10) });
  if (isTold) console.log(report.length > 0 ? `Since ${base.name}:\n${report.join('\n')}` : `Nothing changed for clients since ${base.name}.`);
  if (problems.length > 0) console.error(`\nRefused, compared with ${base.name}:\n\n${problems.join('\n\n')}\n`);
  return problems.length === 0;
}

/** Runs a command; what its user can put right is told without a stack. */
export async function tellForeseen(run: () => Promise<void>): Promise<void> {
  try {
    await run();
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    console.error(error.message);
    process.exitCode = 1;
  }
}
