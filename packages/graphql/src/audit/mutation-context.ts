import { AsyncLocalStorage } from 'node:async_hooks';
import type { AuditedChange } from '@vss/events';
import type { Scope } from '../scope.js';
import { merged, MOST_CHANGES } from './changes.js';

/** The mutation that is running: what its record says before anything is known of its end. */
export interface RunningMutation {
  readonly operation: string;
  readonly permission: string;
  /** Whether the actor has the right by `*:*` alone. */
  readonly override: boolean;
  /** Types that its payload is about: a change of one of them is what the mutation was done to. */
  readonly about: readonly string[];
  /** Id of the row that its input names, if it names one. */
  readonly named: string | null;
  readonly scope: Scope;
}

/** What one transaction of a mutation has done so far. */
export interface Doings {
  /** By the row that they are of. */
  readonly changes: Map<string, AuditedChange>;
  /** Rows beyond those that are told. */
  readonly untold: Set<string>;
  /** Records that a service made of its own accord; they are told together with the changes. */
  readonly notes: unknown[];
  /** A message went out: something was done, even where no entity changed. */
  spoke: boolean;
}

interface Running {
  readonly mutation: RunningMutation;
  readonly byTransaction: WeakMap<object, Doings>;
  /** Of nested transactions that ended well: told with the outermost. */
  nested: Doings[];
  recorded: number;
  noted: boolean;
  /** What begins within a mutation may outlive it (a timer, say) and is not its doing then. */
  over: boolean;
}

const running = new AsyncLocalStorage<Running>();

function current(): Running | undefined {
  const now = running.getStore();
  return now?.over ? undefined : now;
}

export const currentMutation = (): RunningMutation | undefined => current()?.mutation;

/** What the transaction has done within the running mutation; undefined outside of any. */
export function doingsOf(tx: object): Doings | undefined {
  const now = current();
  if (!now) return undefined;
  const known = now.byTransaction.get(tx);
  if (known) return known;
  const doings: Doings = { changes: new Map(), untold: new Set(), notes: [], spoke: false };
  now.byTransaction.set(tx, doings);
  return doings;
}

/** Of an import of thousands nobody reads all: the first rows are told, and how many more there were. */
export function addChange({ changes, untold }: Doings, row: string, changeOf: () => AuditedChange | undefined): void {
  const earlier = changes.get(row);
  if (!earlier && changes.size >= MOST_CHANGES) return void untold.add(row);
  const change = changeOf();
  if (!change) return;
  const whole = earlier ? merged(earlier, change) : change;
  if (whole) changes.set(row, whole);
  else changes.delete(row);
}

/** A savepoint was released: what was done under it counts if the transaction around it ends well. */
export function keepNested(tx: object): void {
  const now = current();
  const doings = now?.byTransaction.get(tx);
  if (!now || !doings) return;
  now.byTransaction.delete(tx);
  now.nested.push(doings);
}

/** All that the outermost transaction is about to commit, or undefined when that is nothing. */
export function takeDoings(tx: object): Doings | undefined {
  const now = current();
  if (!now) return undefined;
  const all: Doings = { changes: new Map(), untold: new Set(), notes: [], spoke: false };
  for (const doings of [...now.nested, ...[now.byTransaction.get(tx) ?? []].flat()]) {
    for (const [row, change] of doings.changes) addChange(all, row, () => change);
    for (const row of doings.untold) all.untold.add(row);
    all.notes.push(...doings.notes);
    all.spoke ||= doings.spoke;
  }
  now.nested = [];
  now.byTransaction.delete(tx);
  if (all.changes.size === 0 && all.notes.length === 0 && !all.spoke) return undefined;
  now.byTransaction.set(tx, all);
  return all;
}

/** The transaction with its record is committed. */
export function markRecorded(tx: object): void {
  const now = current();
  const doings = now?.byTransaction.get(tx);
  if (!now || !doings) return;
  now.recorded += 1;
  now.noted ||= doings.notes.length > 0;
  now.byTransaction.delete(tx);
}

/** The transaction is undone, and what it did with it. */
export function dropDoings(tx: object, isNested: boolean): void {
  const now = current();
  now?.byTransaction.delete(tx);
  if (now && !isNested) now.nested = [];
}

/** What is known of a mutation when it has ended. */
export interface Ended {
  /** Transactions that committed with a record. */
  readonly recorded: number;
  /** Whether a service made records of its own. */
  readonly noted: boolean;
}

/** Runs a mutation within its context; `ended` is called once, whatever becomes of it. */
export async function inMutation<T>(mutation: RunningMutation, run: () => Promise<T>, ended: (how: Ended, result: T | undefined, error: unknown) => Promise<void>): Promise<T> {
  const own: Running = { mutation, byTransaction: new WeakMap(), nested: [], recorded: 0, noted: false, over: false };
  const finish = async (result: T | undefined, error: unknown): Promise<void> => {
    own.over = true;
    await ended({ recorded: own.recorded, noted: own.noted }, result, error);
  };
  let result: T;
  try {
    result = await running.run(own, run);
  } catch (error) {
    await finish(undefined, error);
    throw error;
  }
  await finish(result, undefined);
  return result;
}
