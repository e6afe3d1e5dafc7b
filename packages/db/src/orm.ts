import { UnderscoreNamingStrategy, type EntityClass, type MikroORM } from '@mikro-orm/core';
import { ReflectMetadataProvider } from '@mikro-orm/decorators/legacy';
import { MikroORM as PostgresOrm, type EntityManager as PostgresEntityManager, type PostgreSqlDriver } from '@mikro-orm/postgresql';
import type { SqlEntityManager } from '@mikro-orm/sql';
import { AppError, messageOf, StartError, type Logger } from '@vss/runtime';
import { connectionSettings, quoteName, type DatabaseTarget } from './target.js';

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
      driverOptions: { ...driver, application_name: `vss-${contextName}`, allowExitOnIdle: true },
      logger: (line) => logger.debug({ component: 'orm' }, line),
      colors: false,
      discovery: { warnWhenNoEntities: false },
    });
    scopeToCenter(orm);
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
