import type { SubgraphMigrations } from '@vss/db';

/** The same folder from `src` and from `dist`. */
export const migrations: SubgraphMigrations = { schema: 'devices', folder: new URL('../../../migrations/devices/', import.meta.url) };
