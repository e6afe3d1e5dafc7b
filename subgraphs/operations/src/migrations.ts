import type { SubgraphMigrations } from '@vss/db';

/** The same folder from `src` and from `dist`. */
export const migrations: SubgraphMigrations = { schema: 'operations', folder: new URL('../../../migrations/operations/', import.meta.url) };
