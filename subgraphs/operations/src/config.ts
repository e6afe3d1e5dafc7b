import { subgraphConfig } from '@vss/graphql';
import { z } from 'zod';

/** Settings of the operations process; `.env.example` says what each means. */
export const operationsConfig = subgraphConfig(4005, {
  VSS_LOG_RETENTION_DAYS: z.coerce.number().positive().default(30),
  VSS_CENTER_NAME: z.string().default('Main center'),
  VSS_CENTER_TIME_ZONE: z.string().default('UTC'),
});
