import type { EntityManager } from '@vss/db';
import { Hub } from '../hubs/index.js';

/** Ids of the hubs that are heard of; a center has a handful. */
export const hubsOnline = async (em: EntityManager): Promise<string[]> => (await em.find(Hub, { online: true })).map(({ id }) => id);
