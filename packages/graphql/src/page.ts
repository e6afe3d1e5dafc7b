import { raw, type EntityMetadata, type FilterQuery } from '@mikro-orm/core';
import type { EntityManager } from '@vss/db';
import { AppError } from '@vss/runtime';
import { getNamedType, isObjectType, Kind, type GraphQLResolveInfo, type SelectionSetNode } from 'graphql';
import { MAX_PAGE, type ConnectionArgs, type Page } from './connection.js';
import type { Scope } from './scope.js';

/** Which way a list goes. The columns may not be null, and instants in them not finer than a millisecond. */
export type PageOrder<T> = Partial<Record<Extract<keyof T, string>, 'asc' | 'desc'>>;

export interface PageOptions<T> {
  /** What the actor may see and asked for. The center filter is added by itself. */
  readonly where?: FilterQuery<T>;
  readonly args: Pick<ConnectionArgs, 'first' | 'after'>;
  /** Newest first when absent. The id is always the last key, so that the order is total. */
  readonly orderBy?: PageOrder<T>;
  /** `scope.live.cursor('calls')`, for a list with a live stream. */
  readonly liveCursor?: () => Promise<string>;
  /** Saves reading the live cursor where it is not selected. */
  readonly info?: GraphQLResolveInfo;
}

const MAX_INTEGER = 2 ** 31 - 1;

type Row = { id: string };
type Key = { readonly column: string; readonly direction: 'asc' | 'desc' };

const argumentError = (field: string, message: string): AppError =>
  new AppError('BAD_USER_INPUT', `Argument ${field}: ${message}`, { fields: [{ field, message }] });

/** One page of a list, read by key: a page deep in the list costs what the first one does. */
export async function paginate<T extends Row>(em: EntityManager, Entity: new () => T, options: PageOptions<T>): Promise<Page<T>> {
  const { where = {}, args, liveCursor, info } = options;
  const { first, keys, behind } = planOf(em, Entity, options);
  // Before the rows, never beside them: see Live.cursor.
  const cursor = liveCursor && (!info || isSelected(info, 'liveCursor')) ? await liveCursor() : undefined;
  const rows = await em.find(Entity, both(where, behind), { orderBy: orderOf(keys) as never, limit: first + 1 });
  return pageFrom(rows, { first, keys, after: args.after, liveCursor: cursor, count: () => em.count(Entity, where as never) });
}

/**
 * One page of the children of a parent, e.g. `trunk { slots }`: all parents that a tick asks for are answered by one
 * statement, and their counts by another.
 */
export async function nestedPage<T extends Row>(
  scope: Scope,
  Entity: new () => T,
  by: Extract<keyof T, string>,
  parentId: string,
  options: Omit<PageOptions<T>, 'liveCursor' | 'info'>,
): Promise<Page<T>> {
  const { where = {}, args } = options;
  const { first, keys, behind } = planOf(scope.em, Entity, options);
  const list = JSON.stringify([Entity.name, by, where]);
  const rows = await scope.batch.load(`page ${list} ${JSON.stringify([keys, first, args.after])}`, parentId, (parents) =>
    firstOfEach(scope.em, Entity, by, parents, both(where, behind), keys, first + 1),
  );
  const count = async (): Promise<number> =>
    (await scope.batch.load(`count ${list}`, parentId, (parents) => countOfEach(scope.em, Entity, by, parents, where))) ?? 0;
  return pageFrom(rows ?? [], { first, keys, after: args.after, liveCursor: undefined, count });
}

function planOf<T extends Row>(em: EntityManager, Entity: new () => T, { args, orderBy }: PageOptions<T>) {
  const first = args.first;
  if (!Number.isInteger(first) || first < 1 || first > MAX_PAGE) throw argumentError('first', `must be 1 to ${MAX_PAGE}`);
  const meta = em.getMetadata().get<T>(Entity);
  const keys = keysOf(meta, orderBy);
  return { first, keys, behind: args.after == null ? undefined : (behindCursor(meta, keys, args.after) as FilterQuery<T>) };
}

function keysOf<T extends Row>(meta: EntityMetadata<T>, orderBy?: PageOrder<T>): readonly Key[] {
  const wanted = orderBy ?? ('createdAt' in meta.properties ? { createdAt: 'desc' } : {});
  const keys = Object.entries(wanted).map(([column, direction]) => ({ column, direction: direction as Key['direction'] }));
  if (keys.some(({ column }) => column === 'id')) return keys;
  return [...keys, { column: 'id', direction: keys.at(-1)?.direction ?? 'desc' }];
}

const orderOf = (keys: readonly Key[]): Record<string, string>[] => keys.map(({ column, direction }) => ({ [column]: direction }));
const both = <T>(where: FilterQuery<T>, other: FilterQuery<T> | undefined): FilterQuery<T> => (other ? ({ $and: [where, other] } as FilterQuery<T>) : where);

/** The rows behind (a, b): those with a behind, and those with the same a and b behind. */
function behindCursor<T extends Row>(meta: EntityMetadata<T>, keys: readonly Key[], after: string): object {
  const values = parseCursorValues(meta, keys, after);
  const alternatives = keys.map(({ column, direction }, at) => ({
    ...Object.fromEntries(keys.slice(0, at).map((key, before) => [key.column, values[before]])),
    [column]: { [direction === 'asc' ? '$gt' : '$lt']: values[at] },
  }));
  return { $or: alternatives };
}

const signatureOf = (keys: readonly Key[]): string => keys.map(({ column, direction }) => `${column}${direction === 'asc' ? '+' : '-'}`).join('');

export const cursorOf = (keys: readonly Key[], row: object): string =>
  Buffer.from(JSON.stringify([signatureOf(keys), ...keys.map(({ column }) => (row as Record<string, unknown>)[column])])).toString('base64url');

function parseCursorValues<T extends Row>(meta: EntityMetadata<T>, keys: readonly Key[], after: string): unknown[] {
  const malformed = argumentError('after', 'is not a cursor of this list');
  let parsed: unknown;
  try {
    parsed = JSON.parse(Buffer.from(after, 'base64url').toString());
  } catch {
    throw malformed;
  }
  if (!Array.isArray(parsed) || parsed[0] !== signatureOf(keys) || parsed.length !== keys.length + 1) throw malformed;
  const properties = meta.properties as Record<string, { runtimeType?: string } | undefined>;
  return keys.map(({ column }, at) => {
    const value: unknown = parsed[at + 1];
    const kind = properties[column]?.runtimeType;
    if (kind === 'Date') {
      const instant = new Date(typeof value === 'string' ? value : Number.NaN);
      if (!(instant.getTime() >= 0 && instant.getUTCFullYear() <= 9_999)) throw malformed;
      return instant;
    }
    if (typeof value !== (kind === 'number' ? 'number' : 'string')) throw malformed;
    // What PostgreSQL's own types cannot hold would come back as an error of its own.
    if (typeof value === 'string' ? value.includes('\0') : Math.abs(value as number) > MAX_INTEGER) throw malformed;
    return value;
  });
}

interface PageParts {
  readonly first: number;
  readonly keys: readonly Key[];
  readonly after: string | null | undefined;
  readonly liveCursor: string | undefined;
  readonly count: () => Promise<number>;
}

function pageFrom<T extends Row>(rows: readonly T[], { first, keys, after, liveCursor, count }: PageParts): Page<T> {
  const nodes = rows.slice(0, first);
  const edges = nodes.map((node) => ({ cursor: cursorOf(keys, node), node }));
  let counted: Promise<number> | undefined;
  return {
    nodes,
    edges,
    pageInfo: {
      hasNextPage: rows.length > first,
      hasPreviousPage: after != null,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
    totalCount: () => (counted ??= count()),
    liveCursor,
  };
}

/** Ranks the children within their parent and takes the first of each. */
async function firstOfEach<T extends Row>(em: EntityManager, Entity: new () => T, by: string, parents: readonly string[], where: FilterQuery<T>, keys: readonly Key[], limit: number): Promise<ReadonlyMap<string, T[]>> {
  const meta = em.getMetadata().get<T>(Entity);
  const columnOf = (name: string): string => `"e"."${(meta.properties as Record<string, { fieldNames: string[] } | undefined>)[name]?.fieldNames[0] ?? name}"`;
  const order = keys.map(({ column, direction }) => `${columnOf(column)} ${direction}`).join(', ');
  const ranked = em
    .createQueryBuilder(Entity, 'e')
    .select(['*', raw(`row_number() over (partition by ${columnOf(by)} order by ${order}) as vss_rank`)] as never)
    .where({ $and: [where, { [by]: { $in: [...parents] } }] } as never);
  // A query builder does not do this by itself, and the ranks of other centers' rows would count.
  await ranked.applyFilters();
  const { sql, params } = ranked.toQuery();
  const rows = await em.execute<Record<string, unknown>[]>(`select * from (${sql}) as ranked where vss_rank <= ? order by vss_rank`, [...params, limit]);
  const found = new Map<string, T[]>();
  for (const { vss_rank: _, ...row } of rows) {
    const child = em.map(Entity, row as never);
    const parentId = String((child as Record<string, unknown>)[by]);
    found.set(parentId, [...(found.get(parentId) ?? []), child]);
  }
  return found;
}

async function countOfEach<T extends Row>(em: EntityManager, Entity: new () => T, by: string, parents: readonly string[], where: FilterQuery<T>): Promise<ReadonlyMap<string, number>> {
  const counted = em
    .createQueryBuilder(Entity, 'e')
    .select([by, raw('count(*)::int as total')] as never)
    .where({ $and: [where, { [by]: { $in: [...parents] } }] } as never)
    .groupBy(by as never);
  await counted.applyFilters();
  const rows = await counted.execute<Record<string, unknown>[]>('all');
  return new Map(rows.map((row) => [String(row[by]), Number(row['total'])]));
}

/** Whether a field of what is being resolved is selected, in fragments too. `@skip` counts as selected. */
export function isSelected(info: GraphQLResolveInfo, field: string): boolean {
  const inSet = (set: SelectionSetNode | undefined): boolean =>
    set?.selections.some((selection) => {
      if (selection.kind === Kind.FIELD) return selection.name.value === field;
      return inSet(selection.kind === Kind.INLINE_FRAGMENT ? selection.selectionSet : info.fragments[selection.name.value]?.selectionSet);
    }) ?? false;
  return isObjectType(getNamedType(info.returnType)) && info.fieldNodes.some((node) => inSet(node.selectionSet));
}
