import { subgraphConfig } from '@vss/graphql';
import type { z } from 'zod';

/** Settings of the crm process; `.env.example` says what each means. */
export const crmConfig = subgraphConfig(4004, {});
export type CrmConfig = z.output<typeof crmConfig>;
