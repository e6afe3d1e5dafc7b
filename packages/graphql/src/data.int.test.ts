import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Args, ArgsType, Ctx, Directive, Field, FieldResolver, ID, Info, Int, ObjectType, Query, Resolver, Root, Subscription } from 'type-graphql';
import { z } from 'zod';
import { scopeOf, type Actor } from '@vss/auth';
import { forkFor, openOrm, type Orm } from '@vss/db';
import { createInProcessBroker, createOutbox, createOutboxTail, createRelay, payloadOf, type MessageDefinition, type OutboxTail, type Relay } from '@vss/events';
import { AppError, newId, silentLogger } from '@vss/runtime';
import { anActor, ask, startTestDatabase, subscribeTo, waitFor, type Answer, type TestDatabase } from '@vss/testing';
import { Access, batchById, buildSubgraph, connectionOf, ConnectionArgs, createDenialReports, createSubgraph, fromSnapshot, Instant, LiveArgs, liveUpdateOf, nestedPage, paginate, type DenialReports, type LiveFields, type Page, type Scope, type Subgraph } from './index.js';

@Directive('@key(fields: "id")')
@Access('trunks:read')
@ObjectType({ description: 'A rack.', simpleResolvers: true })
@Entity({ tableName: 'rack' })
class Rack {
  @Field(() => ID, { description: 'Its id.' })
  @PrimaryKey({ type: 'text' })
  id: string;

  @Property({ type: 'text' })
  centerId: string;
}

@Directive('@key(fields: "id")')
@Access('slots:read')
@ObjectType({ description: 'A shelf.', simpleResolvers: true })
@Entity({ tableName: 'shelf' })
class Shelf {
  @Field(() => ID, { description: 'Its id.' })
  @PrimaryKey({ type: 'text' })
  id: string;

  @Property({ type: 'text' })
  centerId: string;

  @Property({ type: 'text' })
  rackId: string;

  @Field(() => Int, { description: 'Its place; several may share one.' })
  @Property({ type: 'integer' })
  place: number;

  @Field(() => Instant, { description: 'When it was put up.' })
  @Property({ type: 'timestamptz' })
  createdAt: Date;
}
const { Connection: RackConnection } = connectionOf(Rack, 'Rack');
const { Connection: ShelfConnection } = connectionOf(Shelf, 'Shelf', { live: true });
const ShelfUpdate = liveUpdateOf(Shelf, 'shelf');

@ArgsType()
class ShelvesArgs extends ConnectionArgs {
  @Field(() => String, { nullable: true, description: 'Only of this rack.' })
  rackId?: string;

  @Field(() => Boolean, { defaultValue: false, description: 'By place instead of newest first.' })
  byPlace: boolean;
}

const shelfMoved: MessageDefinition = {
  type: 'demo.shelf.moved',
  version: 1,
  payload: z.object({ shelf: z.object({ id: z.string(), centerId: z.string(), rackId: z.string(), place: z.number(), createdAt: z.string() }) }),
  aggregateIdOf: (payload) => (payload as { shelf: { id: string } }).shelf.id,
};
type Moved = LiveFields & { shelf: Shelf };

@Resolver(() => Rack)
class RackResolver {
  @Access('trunks:read')
  @Query(() => RackConnection, { description: 'All racks.' })
  racks(@Args(() => ConnectionArgs) args: ConnectionArgs, @Ctx() scope: Scope): Promise<Page<Rack>> {
    return paginate(scope.em, Rack, { args, orderBy: { id: 'asc' } });
  }

  @FieldResolver(() => ShelfConnection, { description: 'Its shelves.' })
  shelves(@Root() rack: Rack, @Args(() => ConnectionArgs) args: ConnectionArgs, @Ctx() scope: Scope): Promise<Page<Shelf>> {
    return nestedPage(scope, Shelf, 'rackId', rack.id, { args, where: { place: { $gte: 0 } }, orderBy: { place: 'asc' } });
  }
}

@Resolver(() => Shelf)
class ShelfResolver {
  @Access('slots:read')
  @Query(() => ShelfConnection, { description: 'All shelves.' })
  shelves(@Args(() => ShelvesArgs) args: ShelvesArgs, @Ctx() scope: Scope, @Info() info: GraphQLResolveInfo): Promise<Page<Shelf>> {
    const where = args.rackId ? { rackId: args.rackId } : {};
    return paginate(scope.em, Shelf, { where, args, liveCursor: scope.live.cursor('shelves'), info, ...(args.byPlace ? { orderBy: { place: 'asc' } } : {}) });
  }

  @Access('slots:read')
  @Query(() => Shelf, { description: 'One.' })
  async shelf(@Arg('id', () => ID, { description: 'Its id.' }) id: string, @Ctx() scope: Scope): Promise<Shelf> {
    const found = await batchById(scope, Shelf)(id);
    if (!found) throw new AppError('NOT_FOUND', 'No such shelf');
    return found;
  }

  @FieldResolver(() => Rack, { nullable: true, description: 'Its rack.' })
  rack(@Root() shelf: Shelf, @Ctx() scope: Scope): Promise<Rack | null> {
    return batchById(scope, Rack)(shelf.rackId);
  }

  @Access('slots:read')
  @Subscription(() => ShelfUpdate, {
    description: 'Shelves as they move.',
    subscribe: ({ args, context }: { args: LiveArgs; context: Scope }) =>
      context.live.stream({
        stream: 'shelves',
        types: ['demo.shelf.*'],
        after: args.after,
        accept({ id, centerId }, { actor }) {
          judged.push(id);
          return centerId === actor.centerId && scopeOf(actor, 'slots:read') !== undefined;
        },
        map: (message, scope) => ({ shelf: fromSnapshot(scope.em, Shelf, (payloadOf(shelfMoved, message) as { shelf: object }).shelf) }),
      }),
  })
  shelfUpdated(@Root() update: Moved, @Args(() => LiveArgs) _args: LiveArgs): Moved {
    return update;
  }
}

/** Ids of the events that a stream has been asked about. */
const judged: string[] = [];

let database: TestDatabase;
let orm: Orm;
let folder: string;
let relay: Relay;
let tail: OutboxTail;
let subgraph: Subgraph;
let denials: DenialReports;
const outbox = createOutbox({ schema: 'demo' });
const centerId = newId('ctr');
const supervisor = anActor({ role: 'supervisor', centerId });

const RACKS = 40;
const SHELVES = 7;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vss-graphql-'));
  await writeFile(
    join(folder, '20261122T0001-init.sql'),
    `create table demo.rack (id text primary key, center_id text not null);
     create table demo.shelf (id text primary key, center_id text not null, rack_id text not null, place int not null, created_at timestamptz not null);`,
  );
  database = await startTestDatabase({ migrations: [{ schema: 'demo', folder }] });
  orm = await openOrm({ target: database.target, contextName: 'demo', schema: 'demo', entities: [Rack, Shelf], logger: silentLogger });
  const pool = database.pool(4);
  relay = createRelay({ pool, schema: 'demo', broker: createInProcessBroker({ logger: silentLogger }), logger: silentLogger });
  await relay.start();
  tail = createOutboxTail({ pool, schema: 'demo', logger: silentLogger });
  const build = await buildSubgraph({
    name: 'demo',
    resolvers: [RackResolver, ShelfResolver],
    orphanedTypes: [Rack, Shelf],
    references: { Shelf: ({ id }: { id: string }, scope) => batchById(scope, Shelf)(id) },
  });
  denials = createDenialReports({ fork: () => forkFor(orm, 'ALL'), outbox, logger: silentLogger });
  subgraph = createSubgraph({ name: 'demo', build, orm, logger: silentLogger, live: { schema: 'demo', tail }, onDenied: denials.onDenied });
  await fill(centerId, RACKS, SHELVES);
  await fill(newId('ctr'), 2, 3);
});

afterAll(async () => {
  await tail?.stop();
  await relay?.stop();
  await subgraph?.stop();
  await database?.stop();
  await rm(folder, { recursive: true, force: true });
});

async function fill(center: string, racks: number, shelves: number): Promise<void> {
  const em = forkFor(orm, center);
  for (let r = 0; r < racks; r += 1) {
    const rack = em.create(Rack, { id: newId('rck'), centerId: center });
    for (let s = 0; s < shelves; s += 1)
      // Pairs share a place and an instant, so that the order needs its tie-break.
      em.create(Shelf, { id: newId('shf'), centerId: center, rackId: rack.id, place: Math.floor(s / 2), createdAt: new Date(1_700_000_000_000 + Math.floor((r * shelves + s) / 3)) });
  }
  await em.flush();
}

/** Statements that the database was sent while this ran. */
async function statements(run: () => Promise<unknown>): Promise<number> {
  const driver = orm.em.getConnection();
  const original = driver.execute.bind(driver);
  let count = 0;
  driver.execute = ((...args: Parameters<typeof original>) => {
    count += 1;
    return original(...args);
  }) as typeof driver.execute;
  try {
    await run();
  } finally {
    driver.execute = original;
  }
  return count;
}

interface ListedPage {
  nodes: { id: string; place: number; createdAt: string }[];
  edges: { cursor: string }[];
  pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; startCursor: string | null; endCursor: string | null };
  totalCount: number;
}

async function walk(first: number, byPlace: boolean, actor: Actor = supervisor): Promise<ListedPage[]> {
  const pages: ListedPage[] = [];
  let after: string | null = null;
  do {
    const { data, errors }: Answer = await ask(
      subgraph,
      actor,
      'query($first: Int!, $after: String, $byPlace: Boolean!) { shelves(first: $first, after: $after, byPlace: $byPlace) { nodes { id place createdAt } edges { cursor } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } totalCount } }',
      { first, after, byPlace },
    );
    expect(errors).toBeUndefined();
    pages.push(data.shelves);
    after = data.shelves.pageInfo.endCursor;
  } while (pages.at(-1)?.pageInfo.hasNextPage);
  return pages;
}

describe('a connection', () => {
  it.each([
    [1, false],
    [3, true],
    [50, false],
    [199, true],
    [200, false],
  ])('gives every row once, in order, %i a page (by place: %s)', async (first, byPlace) => {
    const few = first < 3 ? anActor({ role: 'supervisor' }) : supervisor;
    if (few !== supervisor) await fill(few.centerId, 3, 4);
    const pages = await walk(first, byPlace, few);
    const rows = pages.flatMap(({ nodes }) => nodes);
    const total = few === supervisor ? RACKS * SHELVES : 12;
    expect(new Set(rows.map(({ id }) => id)).size).toBe(total);
    expect(rows).toHaveLength(total);
    const inOrder = [...rows].sort((a, b) =>
      byPlace ? a.place - b.place || (a.id < b.id ? -1 : 1) : b.createdAt.localeCompare(a.createdAt) || (a.id < b.id ? 1 : -1),
    );
    expect(rows).toEqual(inOrder);
    expect(pages.every(({ totalCount }) => totalCount === total)).toBe(true);
    expect(pages.map(({ pageInfo }) => pageInfo.hasPreviousPage)).toEqual(pages.map((_, at) => at > 0));
    expect(pages.slice(0, -1).every(({ nodes }) => nodes.length === first)).toBe(true);
  });

  it('keeps its place when rows come in front of it', async () => {
    const actor = anActor({ role: 'supervisor' });
    await fill(actor.centerId, 1, 4);
    const query = 'query($after: String) { shelves(first: 2, after: $after) { nodes { id } pageInfo { endCursor } } }';
    const { data: before } = await ask(subgraph, actor, query);
    const em = forkFor(orm, actor.centerId);
    em.create(Shelf, { id: newId('shf'), centerId: actor.centerId, rackId: 'x', place: 9, createdAt: new Date() });
    await em.flush();
    const { data: after } = await ask(subgraph, actor, query, { after: before.shelves.pageInfo.endCursor });
    const ids = [...before.shelves.nodes, ...after.shelves.nodes].map(({ id }: { id: string }) => id);
    expect(new Set(ids).size).toBe(4);
  });

  it('counts only when asked', async () => {
    expect(await statements(() => ask(subgraph, supervisor, '{ shelves { nodes { id } } }'))).toBe(1);
    expect(await statements(() => ask(subgraph, supervisor, '{ shelves { nodes { id } totalCount } }'))).toBe(2);
  });

  it.each([0, -1, 201, 2_000_000_000])('refuses %i rows naming the argument', async (first) => {
    const { errors } = await ask(subgraph, supervisor, 'query($first: Int!) { shelves(first: $first) { totalCount } }', { first });
    expect(errors).toMatchObject([{ message: expect.stringContaining('first'), extensions: { code: 'BAD_USER_INPUT', fields: [{ field: 'first' }] } }]);
  });

  it.each(['', 'x', '%%%', Buffer.from('[]').toString('base64url'), Buffer.from('["createdAt-id-","never","a"]').toString('base64url'), Buffer.from('["createdAt-id-","2026-01-01T00:00:00Z",7]').toString('base64url'), Buffer.from('["createdAt-id-","2026-01-01T00:00:00Z","\\u0000"]').toString('base64url'), Buffer.from('["place+id+",1,"a"]').toString('base64url'), Buffer.from('["createdAt-id-","-271821-04-20T00:00:00Z","a"]').toString('base64url')])(
    'refuses the cursor %j naming the argument',
    async (after) => {
      const { errors } = await ask(subgraph, supervisor, 'query($after: String!) { shelves(after: $after) { nodes { id } } }', { after });
      expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', fields: [{ field: 'after' }] } }]);
    },
  );

  it('refuses a cursor that no column can hold', async () => {
    const after = Buffer.from('["place+id+",1e300,"a"]').toString('base64url');
    const { errors } = await ask(subgraph, supervisor, 'query($after: String!) { shelves(byPlace: true, after: $after) { nodes { id } } }', { after });
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', fields: [{ field: 'after' }] } }]);
  });

  it('defaults to fifty', async () => {
    expect((await ask(subgraph, supervisor, '{ shelves { nodes { id } } }')).data.shelves.nodes).toHaveLength(50);
  });
});

describe('batching', () => {
  it('answers the children of all parents with one statement, and their counts with another', async () => {
    const query = '{ racks(first: 200) { nodes { id shelves(first: 3) { nodes { place rack { id } } pageInfo { hasNextPage } totalCount } } } }';
    let answered: Answer = {};
    expect(await statements(async () => (answered = await ask(subgraph, supervisor, query)))).toBe(4);
    const racks = answered.data.racks.nodes as { id: string; shelves: Omit<ListedPage, 'nodes'> & { nodes: { place: number; rack: { id: string } }[] } }[];
    expect(racks).toHaveLength(RACKS);
    for (const rack of racks) {
      expect(rack.shelves.nodes.map(({ place }) => place)).toEqual([0, 0, 1]);
      expect(rack.shelves.nodes.every((shelf) => shelf.rack.id === rack.id)).toBe(true);
      expect([rack.shelves.totalCount, rack.shelves.pageInfo.hasNextPage]).toEqual([SHELVES, true]);
    }
  });

  it('pages on within one parent', async () => {
    const query = 'query($after: String) { racks(first: 1) { nodes { shelves(first: 4, after: $after) { nodes { id place } pageInfo { endCursor hasNextPage } } } } }';
    const { data: first } = await ask(subgraph, supervisor, query);
    const { data: second } = await ask(subgraph, supervisor, query, { after: first.racks.nodes[0].shelves.pageInfo.endCursor });
    const places = [...first.racks.nodes[0].shelves.nodes, ...second.racks.nodes[0].shelves.nodes].map(({ place }: { place: number }) => place);
    expect(places).toEqual([0, 0, 1, 1, 2, 2, 3]);
    expect(second.racks.nodes[0].shelves.pageInfo.hasNextPage).toBe(false);
  });

  it('answers many entity references with one statement, a stranger\'s with null', async () => {
    const { data } = await ask(subgraph, supervisor, '{ shelves(first: 100) { nodes { id } } }');
    const stranger = anActor({ role: 'supervisor' });
    await fill(stranger.centerId, 1, 1);
    const { data: theirs } = await ask(subgraph, stranger, '{ shelves { nodes { id } } }');
    const representations = [...data.shelves.nodes, ...theirs.shelves.nodes].map(({ id }: { id: string }) => ({ __typename: 'Shelf', id }));
    let answered: Answer = {};
    const count = await statements(async () => {
      answered = await ask(subgraph, supervisor, 'query($representations: [_Any!]!) { found: _entities(representations: $representations) { ... on Shelf { id place } } }', { representations });
    });
    expect(count).toBe(1);
    expect(answered.data.found.filter(Boolean)).toHaveLength(100);
    expect(answered.data.found.at(-1)).toBeNull();
  });

  it('limits an administrator to no center', async () => {
    const { data } = await ask(subgraph, anActor({ role: 'admin' }), '{ racks(first: 200) { totalCount nodes { shelves { totalCount } } } }');
    expect(data.racks.totalCount).toBeGreaterThan(RACKS);
    expect(data.racks.nodes.every((rack: { shelves: { totalCount: number } }) => rack.shelves.totalCount > 0)).toBe(true);
  });
});

it('tells the audit of each right that a request was denied', async () => {
  const seller = anActor({ role: 'seller' });
  await ask(subgraph, seller, '{ shelves { totalCount } racks { totalCount } more: racks { totalCount } }');
  await denials.settled();
  const { rows } = await database.pool(1).query<{ payload: object }>(`select payload from demo.outbox where type = 'identity.access.denied' and center_id = $1 order by payload->>'permission'`, [seller.centerId]);
  expect(rows.map(({ payload }) => payload)).toMatchObject([
    { userId: seller.userId, permission: 'slots:read', operation: 'Query.shelves', wall: 'SUBGRAPH' },
    { userId: seller.userId, permission: 'trunks:read', operation: 'Query.racks' },
  ]);
});

describe('a live stream', () => {
  let actor: Actor;
  beforeEach(() => {
    actor = anActor({ role: 'supervisor' });
  });

  const move = (center: string, place: number): Promise<string> =>
    forkFor(orm, center).transactional(async (tx) => {
      const shelf = { id: newId('shf'), centerId: center, rackId: 'r', place, createdAt: '2026-01-01T00:00:00.000Z' };
      return outbox.add(tx, shelfMoved, { shelf }, { centerId: center, traceId: 't', actor: 'u' });
    });
  const query = 'subscription($after: Cursor) { shelfUpdated(after: $after) { cursor at type shelf { place createdAt } } }';

  it('carries each event of the actor\'s center once and can be taken up again from any of them', async () => {
    const live = await subscribeTo(subgraph, actor, query);
    const coming = live.next();
    await move(actor.centerId, 1);
    await move(newId('ctr'), 99);
    await move(actor.centerId, 2);
    const first = (await coming).data.shelfUpdated;
    expect(first).toMatchObject({ type: 'demo.shelf.moved', shelf: { place: 1, createdAt: '2026-01-01T00:00:00.000Z' } });
    expect((await live.next()).data.shelfUpdated.shelf.place).toBe(2);
    await live.return();
    const again = await subscribeTo(subgraph, actor, query, { after: first.cursor });
    expect((await again.next()).data.shelfUpdated.shelf.place).toBe(2);
    await again.return();
  });

  it('follows a query without a gap', async () => {
    const { data } = await ask(subgraph, actor, '{ shelves { nodes { id } liveCursor } }');
    await move(actor.centerId, 5);
    await relay.idle();
    const live = await subscribeTo(subgraph, actor, query, { after: data.shelves.liveCursor });
    expect((await live.next()).data.shelfUpdated.shelf.place).toBe(5);
    await live.return();
  });

  it('reads its position only where it is selected', async () => {
    expect(await statements(() => ask(subgraph, actor, '{ shelves { nodes { id } } }'))).toBe(1);
    expect(await statements(() => ask(subgraph, actor, '{ shelves { ...live } } fragment live on ShelfConnection { liveCursor }'))).toBe(2);
  });

  it('ends at once when it is left, while it waits', async () => {
    const live = await subscribeTo(subgraph, actor, query);
    const waiting = live.next(1_000);
    await live.return();
    await expect(waiting).rejects.toThrow('ended');
  });

  it.each([
    ['another stream', Buffer.from('demo.racks@1').toString('base64url')],
    ['another subgraph', Buffer.from('crm.shelves@1').toString('base64url')],
    ['nothing', 'nonsense'],
    ['far too many letters', 'x'.repeat(10_000)],
    ['a letter that cannot be stored', '\0'],
  ])('refuses a cursor of %s', async (_what, after) => {
    await expect(subscribeTo(subgraph, actor, query, { after })).rejects.toMatchObject({ extensions: { code: 'BAD_USER_INPUT', fields: [{ field: 'after' }] } });
  });

  it('says that a variable does not fit its scalar, as of any other wrong input', async () => {
    await expect(subscribeTo(subgraph, actor, query, { after: 5 })).rejects.toMatchObject({ message: expect.stringContaining('$after'), extensions: { code: 'BAD_USER_INPUT' } });
  });

  it('says that a cursor is too old, once, and ends', async () => {
    const live = await subscribeTo(subgraph, actor, query, { after: Buffer.from('demo.shelves@999999999').toString('base64url') });
    expect((await live.next()).errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', reason: 'CURSOR_EXPIRED' } }]);
    await expect(live.next()).rejects.toThrow('ended');
  });

  it('asks for the rights as they are when the event comes', async () => {
    let current = actor;
    const scope = subgraph.scopeFor({ actor, traceId: 't', currentActor: () => current });
    const live = (await subgraph.subscribe({ query, scope })) as AsyncIterableIterator<Answer>;
    const coming = live.next();
    current = { ...actor, grants: { allow: {}, deny: [] } };
    const hidden = await move(actor.centerId, 1);
    await waitFor(() => judged.includes(hidden));
    current = actor;
    await move(actor.centerId, 2);
    expect((await coming).value.data.shelfUpdated.shelf.place).toBe(2);
    await live.return?.();
  });
});
