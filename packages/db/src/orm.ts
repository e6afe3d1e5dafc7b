import { UnderscoreNamingStrategy, type EntityClass, type MikroORM } from '@mikro-orm/core';
import { ReflectMetadataProvider } from '@mikro-orm/decorators/legacy';
import { MikroORM as PostgresOrm, type EntityManager as PostgresEntityManager, type PostgreSqlDriver } from '@mikro-orm/postgresql';
import { NativeQueryBuilder, type SqlEntityManager } from '@mikro-orm/sql';
import { AppError, currentSpan, inSpan, messageOf, StartError, type Logger } from '@vss/runtime';
import { connectionSettings, quoteName, releaseLostConnections, type DatabaseTarget } from './target.js';

export type Orm = MikroORM<PostgreSqlDriver, PostgresEntityManager>;
export type EntityManager = SqlEntityManager;

/** Turns the center filter off: for what the platform does itself, and for actors with scope ALL. */
export const ALL_CENTERS = 'ALL';

export interface OpenOrmOptions {
  readonly target: DatabaseTarget;
  /** Of its own for each subgraph: with equal ones, a fork inside another's transaction would fork the wrong one. */
  readonly contextName: string;
  readonly schema: string;
  readonly entities: readonly EntityClass<unknown>[];
  readonly poolSize?: number;
  readonly logger: Logger;
}

// Nothing that a request or a message does takes this long; what does would keep others waiting for its locks.
const LIMITS = { statement_timeout: 30_000, idle_in_transaction_session_timeout: 60_000 };

/** One subgraph's entities over its schema. Every query on an entity with `centerId` is limited to one center: see `forkFor`. */
export async function openOrm({ target, contextName, schema, entities, poolSize = 5, logger }: OpenOrmOptions): Promise<Orm> {
  const { max: _, connectionString, host, port, user, password, database, ...driver } = { max: 0, ...connectionSettings(target) };
  const place = connectionString === undefined ? { host, port, user, ...(password === undefined ? {} : { password }), dbName: database } : { clientUrl: connectionString };
  try {
    const orm = await PostgresOrm.init({
      ...(place as { dbName: string }),
      contextName,
      schema,
      entities: [...entities],
      metadataProvider: ReflectMetadataProvider,
      namingStrategy: UnderscoreNamingStrategy,
      dataloader: true,
      // By default a database that is not there is made, and a wrong setting goes unnoticed.
      ensureDatabase: false,
      pool: { min: 0, max: poolSize },
      driverOptions: { ...driver, ...LIMITS, onPoolCreated: releaseLostConnections, application_name: `vss-${contextName}`, allowExitOnIdle: true },
      logger: (line) => logger.debug({ component: 'orm' }, line),
      colors: false,
      discovery: { warnWhenNoEntities: false },
    });
    scopeToCenter(orm);
    refuseNul(orm);
    traceStatements(orm, contextName);
    await orm.em.fork().execute('select 1');
    return orm;
  } catch (error) {
    throw new StartError(`The database for ${contextName} cannot be reached: ${messageOf(error)}`, { cause: error });
  }
}

// Given in the configuration, a filter would apply to entities without `centerId` as well, and their queries would throw.
function scopeToCenter(orm: Orm): void {
  for (const meta of orm.getMetadata().getAll().values()) {
    if (!('centerId' in meta.properties)) continue;
    meta.filters['center'] = {
      name: 'center',
      default: true,
      cond: ({ centerId }: { centerId: string }) => (centerId === ALL_CENTERS ? {} : { centerId }),
    };
  }
}

/**
 * MikroORM writes values into the statement's text. A NUL would cut that short, and PostgreSQL ends the connection; no
 * text column could hold one either. So it is refused before it is sent.
 */
function refuseNul(orm: Orm): void {
  const connection = orm.em.getConnection();
  const execute = connection.execute.bind(connection) as (...args: unknown[]) => Promise<unknown>;
  const refusing = async (query: unknown, params: unknown[] = [], ...rest: unknown[]): Promise<unknown> => {
    if (holdsNul(params)) throw new AppError('BAD_USER_INPUT', 'A text holds the character U+0000, which cannot be stored or searched for');
    return execute(query, params, ...rest);
  };
  connection.execute = refusing as typeof connection.execute;
  // Whatever a statement fails with, MikroORM takes for the driver's error and wraps.
  const converter = orm.config.getPlatform().getExceptionConverter();
  const convert = converter.convertException.bind(converter);
  converter.convertException = (error) => (error instanceof AppError ? error : convert(error));
}

/** Each statement of a recorded trace is a span. Its text has placeholders; what is put in for them is not told. */
function traceStatements(orm: Orm, contextName: string): void {
  const connection = orm.em.getConnection();
  const execute = connection.execute.bind(connection) as (...args: unknown[]) => Promise<unknown>;
  const tracing = (query: unknown, ...rest: unknown[]): Promise<unknown> => {
    if (!currentSpan()) return execute(query, ...rest);
    const text = textOf(query).slice(0, LONGEST_TEXT);
    const attributes = { 'db.system.name': 'postgresql', 'db.namespace': contextName, 'db.query.text': text };
    return inSpan(`sql ${/^\w+/.exec(text)?.[0].toLowerCase() ?? ''}`.trimEnd(), { kind: 'client', attributes }, () => execute(query, ...rest));
  };
  connection.execute = tracing as typeof connection.execute;
}

// A statement that inserts many rows at once says the same thing over and over.
const LONGEST_TEXT = 2_000;

function textOf(query: unknown): string {
  if (typeof query === 'string') return query;
  const { sql = '' } = (query instanceof NativeQueryBuilder ? query.toRaw() : query) as { sql?: string };
  return sql;
}

const holdsNul = (value: unknown): boolean => (typeof value === 'string' ? value.includes('\0') : Array.isArray(value) && value.some(holdsNul));

/**
 * The EntityManager of one request or message: its own identity map, limited to a center. Query builder and raw SQL
 * skip the limit.
 */
export function forkFor(orm: Orm, centerId: string): EntityManager {
  // An empty id would match nothing today and anything the day a row is written without one.
  if (centerId === '') throw new AppError('FORBIDDEN', 'Nothing can be read without a center');
  const em = orm.em.fork();
  em.setFilterParams('center', { centerId });
  return em;
}

/** The schema that the EntityManager's subgraph keeps its tables in, quoted for use in SQL. */
export const schemaOf = (em: EntityManager): string => quoteName(em.config.get('schema') ?? 'public');
