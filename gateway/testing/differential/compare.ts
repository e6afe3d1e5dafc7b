import { type ExecutionResult } from 'graphql';

type PathKey = string | number;
export interface Answer {
  readonly data?: unknown;
  readonly errors?: readonly { readonly message: string; readonly path?: readonly PathKey[]; readonly extensions?: Readonly<Record<string, unknown>> }[];
}

export interface Verdict {
  /** What differs, in words; empty where the answers agree. */
  readonly differences: readonly string[];
}

/**
 * Whether the gateway's answer is the monolith's.
 *  - `data`: the same text, so the same order of keys too.
 *  - `errors`: each null that an error made in the monolith's answer has at least one error in the gateway's, and the
 *    other way round. Which one of several is told, and in which order, is left open: where a non-null field fails,
 *    graphql-js stops at the first and a subgraph at its own first.
 *  - every error told is one that the data have: at a path where the monolith fails too once nothing cuts it short, or
 *    at a field that only the plan asked for (`hidden`).
 */
export function compareAnswers(gateway: Answer, monolith: ExecutionResult, lenient: () => ExecutionResult, hidden: ReadonlySet<string>): Verdict {
  const differences: string[] = [];
  const wanted = JSON.stringify(monolith.data ?? null);
  const got = JSON.stringify(gateway.data ?? null);
  if (wanted !== got) differences.push('data differ');
  if (!gateway.errors && !monolith.errors) return { differences };
  const told = (gateway.errors ?? []).filter((error) => !isHidden(error, gateway.data, hidden));
  const nulls = new Set((monolith.errors ?? []).map(({ path }) => nullAbove(path, monolith.data)));
  const toldNulls = new Set(told.map(({ path }) => nullAbove(path, gateway.data)));
  for (const at of nulls) if (!toldNulls.has(at)) differences.push(`no error is told for the null at ${at}`);
  for (const at of toldNulls) if (!nulls.has(at)) differences.push(`an error is told for the null at ${at}, where the monolith has none`);
  if (told.length > 0) {
    const all = new Set([...(lenient().errors ?? []), ...(monolith.errors ?? [])].map(({ path }) => (path ?? []).join('/')));
    for (const { path, message } of told) {
      const at = (path ?? []).join('/');
      if (!all.has(at) && !message.startsWith('Cannot return null for non-nullable')) differences.push(`an error is told at ${at}, where nothing fails: ${message}`);
    }
  }
  return { differences };
}

const NO_NULL = ' (no null)';

/** The place nearest to the error where the answer is null. */
function nullAbove(path: readonly PathKey[] | undefined, data: unknown): string {
  let at = data;
  const passed: PathKey[] = [];
  for (const key of path ?? []) {
    if (at === null || at === undefined) break;
    at = (at as Record<PathKey, unknown>)[key];
    passed.push(key);
  }
  return `/${passed.join('/')}${at === null || at === undefined ? '' : NO_NULL}`;
}

/** An error of a field that the client did not ask for, which a plan needs for another one: told where the next thing he did ask for is. */
function isHidden({ path, message }: NonNullable<Answer['errors']>[number], data: unknown, hidden: ReadonlySet<string>): boolean {
  const failed = /\.(\w+) fails$/.exec(message)?.[1];
  return failed !== undefined && hidden.has(failed) && path?.at(-1) !== failed && nullAbove(path, data).endsWith(NO_NULL);
}
