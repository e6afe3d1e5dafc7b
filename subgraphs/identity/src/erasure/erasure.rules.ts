/** The subgraphs that answer an erasure, identity first: it has done its part when the report begins. */
export const ANSWERING = ['identity', 'crm', 'devices', 'operations', 'telephony'] as const;

/** Stands for a name that is gone. Made of the id, which names nobody, so that it is always the same and nobody else's. */
export const pseudonymOf = (userId: string): string => `erased-${userId.slice(userId.indexOf('_') + 1)}`;
