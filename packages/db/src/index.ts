export { startEmbeddedPostgres, type EmbeddedPostgres, type EmbeddedPostgresOptions } from './embedded/postgres.js';
export type { PostgresBinaries } from './embedded/binaries.js';
export * from './idempotency.js';
export * from './migrate.js';
export * from './orm.js';
export * from './target.js';
