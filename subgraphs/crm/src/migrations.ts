import type { SubgraphMigrations } from '@vss/db';

/** The same folder from `src` and from `dist`. */
export const migrations: SubgraphMigrations = { schema: 'crm', folder: new URL('../../../migrations/crm/', import.meta.url) };
