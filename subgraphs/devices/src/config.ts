import { subgraphConfig } from '@vss/graphql';
import { z } from 'zod';

/** Settings of the devices process; `.env.example` says what each means. */
export const devicesConfig = subgraphConfig(4003, {
  VSS_CENTER_ID: z.string().optional(),
  VSS_HEARTBEAT_MS: z.coerce.number().int().min(100).default(5_000),
});
