import { buildSchema } from 'graphql';
import { accessChanges } from './access-changes.ts';
import { deprecations, differences, type Difference } from './differences.ts';
import { CHANGES, keyOf, type NamedChange } from './named-changes.ts';

/** Clients are told this long before something is taken away. */
export const NOTICE_DAYS = 90;

/** The graph as it stands in a commit or in the working tree. */
export interface Graph {
  /** What clients see, as SDL. */
  readonly schema: string;
  /** The same with its access rules. */
  readonly supergraph: string;
}

/** What the graph is compared with. */
export interface Base extends Graph {
  /** Its change files' entries by `keyOf`: they have done their work. Absent where there is no history to tell. */
  readonly done: ReadonlySet<string> | undefined;
}

export interface Verdict {
  /** A line for each difference. */
  readonly report: readonly string[];
  /** Why the graph is refused, one text each; none where it is accepted. */
  readonly problems: readonly string[];
}

/** Judges what has become of a graph: a breaking change passes only when a change file names it. `today` as `2026-11-26`. */
export async function judge({ base, now, named, today }: { base: Base; now: Graph; named: readonly NamedChange[]; today: string }): Promise<Verdict> {
  const [before, after] = [buildSchema(base.schema), buildSchema(now.schema)];
  const found = await differences(before, after);
  const told = deprecations(before);
  const usable = named.filter((entry) => !base.done?.has(keyOf(entry)));
  const used = new Set<NamedChange>();
  const problems: string[] = [];
  for (const difference of found.filter(({ level }) => level === 'BREAKING')) {
    const entry = usable.find(({ type, coordinate }) => type === difference.type && coordinate === difference.coordinate);
    if (entry) used.add(entry);
    const problem = entry ? hasty(entry, dayIn(told.get(difference.coordinate)), today) : unnamed(difference, today);
    if (problem) problems.push(problem);
  }
  // Without history an entry that has done its work cannot be told from one that never had any.
  const stale = base.done ? usable.filter((entry) => !used.has(entry)) : [];
  problems.push(...stale.map((entry) => `${keyOf(entry)} names a change that there is not. Take the entry out, or correct it.`), ...unannounced(told, deprecations(after), today));
  return { report: [...found.map((difference) => describe(difference, used)), ...accessChanges(base.supergraph, now.supergraph)], problems };
}

function describe({ level, type, coordinate, message }: Difference, used: ReadonlySet<NamedChange>): string {
  const entry = [...used].find((named) => named.type === type && named.coordinate === coordinate);
  return `${level.padEnd(9)} ${type} ${coordinate}: ${message}${entry ? ` (${entry.file}: ${entry.reason})` : ''}`;
}

function unnamed({ type, coordinate, message }: Difference, today: string): string {
  const entry = JSON.stringify([{ type, coordinate, reason: '…', withoutNotice: '…' }]);
  return [
    `${type} ${coordinate} breaks clients: ${message}.`,
    `  Keep it and deprecate it, with the day of its removal. Must it be now, name it in a file such as ${CHANGES}/${today}-what-it-is.json:`,
    `  ${entry}`,
  ].join('\n');
}

/** Why a change that is named may not be made yet. `promised`: the day that its deprecation told clients, if it did. */
function hasty(entry: NamedChange, promised: string | undefined, today: string): string | undefined {
  const at = keyOf(entry);
  if (entry.removal === undefined) return undefined;
  if (!promised) return `${at}: clients were never told of a removal. Deprecate it first, or say in "withoutNotice" why nobody is harmed.`;
  if (entry.removal < promised) return `${at}: clients were promised that it stays until ${promised}, not ${entry.removal}.`;
  return entry.removal > today ? `${at}: it may not go before ${entry.removal}.` : undefined;
}

/** The day in a deprecation's reason. */
const dayIn = (reason: string | undefined): string | undefined => /\b\d{4}-\d\d-\d\d\b/.exec(reason ?? '')?.[0];

/** What is deprecated without a day, or with one that is too near. */
function unannounced(before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>, today: string): string[] {
  const earliest = new Date(Date.parse(today) + NOTICE_DAYS * 86_400_000).toISOString().slice(0, 10);
  return [...after].flatMap(([coordinate, reason]) => {
    if (before.get(coordinate) === reason) return [];
    const [day, promised] = [dayIn(reason), dayIn(before.get(coordinate))];
    if (!day) return [`${coordinate} is deprecated without the day of its removal. Say what to use instead, and "Removal: ${earliest}" or later.`];
    const isFair = day >= earliest || (promised !== undefined && day >= promised);
    return isFair ? [] : [`${coordinate} is deprecated until ${day}: clients need ${NOTICE_DAYS} days, so not before ${promised ?? earliest}.`];
  });
}
