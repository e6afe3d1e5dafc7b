import type { SubgraphMigrations } from '@vss/db';

/** The same folder from `src` and from `dist`. */
export const migrations: SubgraphMigrations = { schema: 'telephony', folder: new URL('../../../migrations/telephony/', import.meta.url) };
