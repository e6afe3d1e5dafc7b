import { portSetting } from '@vss/runtime';
import { z } from 'zod';

/** Settings of the telephony process; `.env.example` says what each means. */
export const telephonyConfig = z.object({
  VSS_TELEPHONY_PORT: portSetting.default(4002),
  VSS_TELEPHONY_HOST: z.string().default('127.0.0.1'),
  VSS_WRAP_UP_MS: z.coerce.number().int().min(0).max(600_000).default(3_000),
  VSS_RING_TIMEOUT_MS: z.coerce.number().int().min(15_000, 'must be at least 15000: the far end is given time to answer (L-11)').max(80_000).default(45_000),
  VSS_BLOCKED_PREFIXES: z
    .string()
    .default('')
    .transform((text) => text.split(',').map((prefix) => prefix.trim()).filter((prefix) => prefix !== ''))
    .refine((prefixes) => prefixes.every((prefix) => /^\+\d{1,14}$/.test(prefix)), 'must be beginnings of numbers such as +7900,+44909'),
  VSS_GATEWAY_JWKS_URL: z.url({ protocol: /^https?$/, error: 'must be an http:// address' }).default('http://127.0.0.1:4000/.well-known/gateway-jwks.json'),
  VSS_LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info'),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/, error: 'must be a postgresql:// address' }),
  AMQP_URL: z.url({ protocol: /^amqps?$/, error: 'must be an amqp:// address' }),
});
export type TelephonyConfig = z.output<typeof telephonyConfig>;
