import type { SubgraphMigrations } from '@vss/db';

/** The same folder from `src` and from `dist`. */
export const migrations: SubgraphMigrations = { schema: 'identity', folder: new URL('../../../migrations/identity/', import.meta.url) };
