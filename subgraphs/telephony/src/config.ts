import { subgraphConfig } from '@vss/graphql';
import { z } from 'zod';

/** Settings of the telephony process; `.env.example` says what each means. */
export const telephonyConfig = subgraphConfig(4002, {
  VSS_WRAP_UP_MS: z.coerce.number().int().min(0).max(600_000).default(3_000),
  VSS_RING_TIMEOUT_MS: z.coerce.number().int().min(15_000, 'must be at least 15000: the far end is given time to answer (L-11)').max(80_000).default(45_000),
  VSS_BLOCKED_PREFIXES: z
    .string()
    .default('')
    .transform((text) => text.split(',').map((prefix) => prefix.trim()).filter((prefix) => prefix !== ''))
    .refine((prefixes) => prefixes.every((prefix) => /^\+\d{1,14}$/.test(prefix)), 'must be beginnings of numbers such as +7900,+44909'),
});
