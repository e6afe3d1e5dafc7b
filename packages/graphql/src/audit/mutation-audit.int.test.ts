import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import type { Pool } from 'pg';
import { Arg, Ctx, Field, ID, InputType, Mutation, ObjectType, Query, registerEnumType, Resolver } from 'type-graphql';
import { z } from 'zod';
import type { Actor } from '@vss/auth';
import { openOrm, type EntityManager, type Orm } from '@vss/db';
import { createInProcessBroker, type MessageDefinition, type MutationRecord } from '@vss/events';
import { AppError, newId, silentLogger, systemNow, UserError } from '@vss/runtime';
import { anActor, ask, startTestDatabase, waitFor, type TestDatabase } from '@vss/testing';
import { Access, answer, Audited, buildSubgraph, createMessaging, createSubgraph, userErrorType, type Messaging, type Scope, type Subgraph, type UserErrorView } from '../index.js';

@Access('books:read')
@ObjectType({ description: 'A book.', simpleResolvers: true })
@Audited<Book>({ plain: ['centerId', 'title', 'tags', 'lentAt', 'copies'], personal: ['borrower'], secret: ['pin'] })
@Entity({ tableName: 'book' })
class Book {
  @Field(() => ID, { description: 'Its id.' })
  @PrimaryKey({ type: 'text' })
  id: string;

  @Property({ type: 'text' })
  centerId: string;

  @Property({ type: 'text' })
  title: string;

  @Property({ type: 'jsonb' })
  tags: string[];

  @Property({ type: 'timestamptz', nullable: true })
  lentAt: Date | null;

  @Property({ type: 'integer' })
  copies: number;

  @Property({ type: 'text', nullable: true })
  borrower: string | null;

  @Property({ type: 'text', nullable: true })
  pin: string | null;

  /** Of no class: somebody forgot it. */
  @Property({ type: 'text', nullable: true })
  shelfmark: string | null;
}

enum BookErrorCode {
  BOOK_LENT = 'BOOK_LENT',
}
registerEnumType(BookErrorCode, { name: 'BookErrorCode', description: 'Why not.', valuesConfig: { BOOK_LENT: { description: 'It is away.' } } });
const BookUserError = userErrorType('Book', BookErrorCode);

@Access('authenticated')
@ObjectType({ description: 'What became of it.', simpleResolvers: true })
class BookPayload {
  @Field(() => Book, { nullable: true, description: 'The book.' })
  book?: Book | null;

  @Field(() => [BookUserError], { description: 'Why not.' })
  userErrors: UserErrorView[];
}

@InputType({ description: 'Which book.' })
class BookInput {
  @Field(() => ID, { description: 'Its id.' })
  id: string;

  @Field(() => String, { description: 'What to do.' })
  way: string;
}

const bookSaid: MessageDefinition = { type: 'demo.book.said', version: 1, payload: z.object({ id: z.string() }), aggregateIdOf: (payload) => (payload as { id: string }).id };

/** What each mutation does with the book; a test adds its own. */
type Way = (tx: EntityManager, book: Book, scope: Scope) => Promise<unknown>;
const ways = new Map<string, Way>();
const LENT_AT = new Date('2026-11-26T04:00:00.000Z');

@Resolver(() => Book)
class BookResolver {
  @Access('books:change')
  @Mutation(() => BookPayload, { description: 'Does something with a book, in one transaction.' })
  bookChange(@Arg('input', () => BookInput, { description: 'Which and how.' }) { id, way }: BookInput, @Ctx() scope: Scope): Promise<BookPayload> {
    return answer(() =>
      scope.em.transactional(async (tx) => {
        const book = await tx.findOneOrFail(Book, { id });
        await ways.get(way)?.(tx, book, scope);
        return { book };
      }),
    );
  }

  @Access('books:read')
  @Query(() => String, { description: 'Something to read.' })
  bookTitle(): string {
    return 'title';
  }
}

let database: TestDatabase;
let pool: Pool;
let orm: Orm;
let folder: string;
let messaging: Messaging;
let audited: Subgraph;
let unaudited: Subgraph;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vss-mutations-'));
  await writeFile(
    join(folder, '20261126T0001-init.sql'),
    'create table demo.book (id text primary key, center_id text not null, title text not null, tags jsonb not null, lent_at timestamptz, copies int not null, borrower text, pin text, shelfmark text);',
  );
  database = await startTestDatabase({ migrations: [{ schema: 'demo', folder }] });
  pool = database.pool();
  orm = await openOrm({ target: database.target, contextName: 'mutations', schema: 'demo', entities: [Book], logger: silentLogger });
  messaging = createMessaging({ name: 'demo', target: database.target, orm, broker: createInProcessBroker({ logger: silentLogger }), logger: silentLogger, now: systemNow });
  const build = await buildSubgraph({ name: 'demo', resolvers: [BookResolver], orphanedTypes: [Book], permissions: new Set(['books:read', 'books:change']) });
  audited = createSubgraph({ name: 'demo', build, orm, logger: silentLogger, audit: messaging.audit });
  unaudited = createSubgraph({ name: 'demo', build, orm, logger: silentLogger });
});
afterAll(async () => {
  await messaging?.stop();
  await orm?.close();
  await database?.stop();
  await rm(folder, { recursive: true, force: true });
});

const librarian = (grants: [string, string][] = [['books', 'change'], ['books', 'read']]): Actor =>
  anActor({ role: 'librarian', grants: grants.map(([resource, action]) => ({ resource, actions: [action], scope: 'CENTER' as const, effect: 'ALLOW' as const })) });

interface Tried {
  readonly id: string;
  readonly actor: Actor;
  readonly errors: readonly { extensions?: Record<string, unknown> | undefined }[] | undefined;
  readonly records: MutationRecord[];
}

const MUTATE = 'mutation($input: BookInput!) { bookChange(input: $input) { book { id } userErrors { code } } }';

async function aBook(centerId: string): Promise<string> {
  const id = newId('book');
  await pool.query(`insert into demo.book (id, center_id, title, tags, copies, borrower, pin) values ($1, $2, 'Old', '["a"]', 1, null, '1234')`, [id, centerId]);
  return id;
}

async function attempt(way: Way, { actor = librarian(), subgraph = audited }: { actor?: Actor; subgraph?: Subgraph } = {}): Promise<Tried> {
  const name = newId('way');
  ways.set(name, way);
  const id = await aBook(actor.centerId);
  const { errors } = await ask(subgraph, actor, MUTATE, { input: { id, way: name } });
  return { id, actor, errors, records: await recordsOf(actor) };
}

async function recordsOf({ userId }: Actor): Promise<MutationRecord[]> {
  const { rows } = await pool.query<{ payload: MutationRecord }>("select payload from demo.outbox where type = 'identity.mutation.recorded' and actor = $1 order by n", [userId]);
  return rows.map(({ payload }) => payload);
}

const rowOf = async (id: string) => (await pool.query('select * from demo.book where id = $1', [id])).rows[0];

describe('R-218: a mutation', () => {
  it('is recorded with what it changed, before and after, and tells no personal data and no secret', async () => {
    const { id, actor, records } = await attempt(async (_tx, book) => Object.assign(book, { title: 'New', tags: ['a', 'b'], lentAt: LENT_AT, borrower: 'Olga Ivanova', pin: '9999', shelfmark: 'x' }));
    expect(records).toEqual([
      {
        userId: actor.userId,
        role: 'librarian',
        subgraph: 'demo',
        operation: 'bookChange',
        permission: 'books:change',
        override: false,
        outcome: 'ALLOWED',
        errors: [],
        target: id,
        changes: [
          {
            type: 'Book',
            id,
            did: 'UPDATED',
            fields: {
              title: { before: 'Old', after: 'New' },
              tags: { before: ['a'], after: ['a', 'b'] },
              lentAt: { before: null, after: LENT_AT.toISOString() },
              borrower: { before: null, after: '[personal]' },
              pin: { before: '[secret]', after: '[secret]' },
            },
          },
        ],
        untold: 0,
        sourceAddress: '',
        at: expect.any(String),
      },
    ]);
  });

  it('tells a row once, as it was before all of its flushes and is after', async () => {
    const { records } = await attempt(async (tx, book) => {
      for (const title of ['First', 'Second']) {
        book.title = title;
        await tx.flush();
      }
    });
    expect(records.map(({ changes }) => changes.map(({ fields }) => fields))).toEqual([[{ title: { before: 'Old', after: 'Second' } }]]);
  });

  it('tells made and deleted rows, and of many the first fifty and how many more there are', async () => {
    const row = { centerId: 'ctr', tags: [], lentAt: null, copies: 1, borrower: null, pin: null, shelfmark: null };
    const { id, records } = await attempt(async (tx, book) => {
      tx.remove(book);
      await tx.flush();
      for (let i = 0; i < 60; i += 1) tx.create(Book, { ...row, id: newId('book'), title: `${i}` });
    });
    const [record] = records;
    expect(record?.changes).toHaveLength(50);
    expect(record?.untold).toBe(11);
    expect(record?.changes[0]).toMatchObject({ id, did: 'DELETED', fields: { title: { before: 'Old' }, pin: { before: '[secret]' } } });
    expect(record?.changes[1]).toMatchObject({ did: 'CREATED', fields: { title: { after: '0' } } });
  });

  it('that only wrote by SQL and said so is recorded in its transaction', async () => {
    const { id, records } = await attempt(async (tx, book, { actor }) => {
      await tx.execute('update demo.book set copies = 7 where id = ?', [book.id]);
      await messaging.outbox.add(tx, bookSaid, { id: book.id }, { centerId: actor.centerId, traceId: 't', actor: actor.userId });
    });
    expect(records).toMatchObject([{ outcome: 'ALLOWED', target: id, changes: [] }]);
  });

  it('keeps what a nested transaction did, and not what one did that was rolled back', async () => {
    const { records } = await attempt(async (tx, book) => {
      await tx.transactional(async (inner) => {
        (await inner.findOneOrFail(Book, { id: book.id })).title = 'Nested';
      });
      const failing = tx.transactional(async (inner) => {
        (await inner.findOneOrFail(Book, { id: book.id })).copies = 9;
        await inner.flush();
        throw new Error('undone');
      });
      await failing.catch(() => undefined);
    });
    expect(records).toHaveLength(1);
    expect(records[0]?.changes).toEqual([expect.objectContaining({ did: 'UPDATED', fields: { title: { before: 'Old', after: 'Nested' } } })]);
  });

  it.each([
    ['refused for what the user can put right', () => new UserError('BOOK_LENT', 'Olga Ivanova has it', ['input', 'id']), 'REFUSED', [{ code: 'BOOK_LENT', field: 'input.id' }]],
    ['refused otherwise', () => new AppError('NOT_FOUND', 'Olga Ivanova is not there'), 'REFUSED', [{ code: 'NOT_FOUND' }]],
    ['broken off by a fault', () => new Error('password 1234'), 'FAILED', [{ code: 'INTERNAL_SERVER_ERROR' }]],
  ])('that is %s is recorded with its reason, in codes, and nothing it had written', async (_what, error, outcome, errors) => {
    const { id, records } = await attempt(async (tx, book) => {
      book.title = 'New';
      await tx.flush();
      throw error();
    });
    expect(records).toMatchObject([{ outcome, errors, target: id, changes: [] }]);
    expect(JSON.stringify(records)).not.toMatch(/Olga|1234/);
    expect((await rowOf(id)).title).toBe('Old');
  });

  it('that had nothing to do is recorded all the same', async () => {
    const { id, records } = await attempt(async () => undefined);
    expect(records).toMatchObject([{ outcome: 'ALLOWED', target: id, changes: [], errors: [] }]);
  });

  it('that the guard refuses is a denial and not recorded twice', async () => {
    const { records, errors } = await attempt(async () => undefined, { actor: librarian([['books', 'read']]) });
    expect(errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
    expect(records).toEqual([]);
  });

  it('does not stand without its record', async () => {
    await pool.query('alter table demo.outbox rename to outbox_away');
    const actor = librarian();
    const name = newId('way');
    ways.set(name, async (_tx, book) => Object.assign(book, { title: 'New' }));
    const id = await aBook(actor.centerId);
    const { errors } = await ask(audited, actor, MUTATE, { input: { id, way: name } });
    await pool.query('alter table demo.outbox_away rename to outbox');
    expect(errors).toMatchObject([{ extensions: { code: 'INTERNAL_SERVER_ERROR' } }]);
    expect((await rowOf(id)).title).toBe('Old');
  });

  it('is not made responsible for what it set off and what ran after it', async () => {
    const later = Promise.withResolvers<void>();
    let ran: Promise<unknown> = Promise.resolve();
    const { id, records, actor } = await attempt(async (_tx, book) => {
      ran = later.promise.then(() =>
        messaging.everywhere().transactional(async (tx) => {
          (await tx.findOneOrFail(Book, { id: book.id })).copies = 5;
        }),
      );
    });
    later.resolve();
    await ran;
    expect((await rowOf(id)).copies).toBe(5);
    expect(await recordsOf(actor)).toEqual(records);
    expect(records).toMatchObject([{ changes: [] }]);
  });

  it('keeps texts that the database would not take: halves of a pair, and long ones cut', async () => {
    const { records } = await attempt(async (_tx, book) => Object.assign(book, { title: `\ud800${'x'.repeat(5_000)}`, tags: ['a\nb'] }));
    const fields = records[0]?.changes[0]?.fields;
    expect(fields?.['title']?.after).toMatch(/^\ufffdx{499}… \(5001 characters\)$/);
    expect(fields?.['tags']?.after).toEqual(['a\nb']);
  });

  it('costs one statement more than without the audit, and a query none', async () => {
    const change: Way = async (_tx, book) => Object.assign(book, { title: 'New' });
    const counted = async (subgraph: Subgraph): Promise<number> => {
      const id = newId('way');
      ways.set(id, change);
      const actor = librarian();
      const input = { id: await aBook(actor.centerId), way: id };
      return statements(() => ask(subgraph, actor, MUTATE, { input }));
    };
    expect(await counted(audited)).toBe((await counted(unaudited)) + 1);
    expect(await statements(() => ask(audited, librarian(), '{ bookTitle }'))).toBe(0);
  });
});

describe('X-25: a right that somebody has by *:* alone', () => {
  it('is flagged in the record of a mutation, and one of his list is not', async () => {
    const outside = await attempt(async () => undefined, { actor: librarian([['*', '*'], ['books', 'read']]) });
    expect(outside.records).toMatchObject([{ override: true }]);
    const inside = await attempt(async () => undefined, { actor: librarian([['*', '*'], ['books', 'change']]) });
    expect(inside.records).toMatchObject([{ override: false }]);
  });

  it('is told when somebody reads by it, once however often he asks, and not when his list has it', async () => {
    const told = (actor: Actor) =>
      waitFor(async () => {
        const { rows } = await pool.query("select payload from demo.outbox where type = 'identity.override.used' and actor = $1", [actor.userId]);
        return rows.length > 0 && rows.map(({ payload }) => payload);
      });
    const [listed, first, last] = [librarian([['*', '*'], ['books', 'read']]), librarian([['*', '*']]), librarian([['*', '*']])];
    await ask(audited, listed, '{ bookTitle }');
    for (let i = 0; i < 3; i += 1) await ask(audited, first, '{ bookTitle }');
    await ask(audited, last, '{ bookTitle }');
    expect(await told(last)).toHaveLength(1);
    expect(await told(first)).toMatchObject([{ userId: first.userId, permission: 'books:read', operation: 'Query.bookTitle', count: 1 }]);
    expect((await pool.query('select 1 from demo.outbox where actor = $1', [listed.userId])).rowCount).toBe(0);
  });
});

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
