import { portSetting } from '@vss/runtime';
import { z } from 'zod';

/** Settings of the devices process; `.env.example` says what each means. */
export const devicesConfig = z.object({
  VSS_DEVICES_PORT: portSetting.default(4003),
  VSS_DEVICES_HOST: z.string().default('127.0.0.1'),
  VSS_CENTER_ID: z.string().optional(),
  VSS_HEARTBEAT_MS: z.coerce.number().int().min(100).default(5_000),
  VSS_GATEWAY_JWKS_URL: z.url({ protocol: /^https?$/, error: 'must be an http:// address' }).default('http://127.0.0.1:4000/.well-known/gateway-jwks.json'),
  VSS_LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info'),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/, error: 'must be a postgresql:// address' }),
  AMQP_URL: z.url({ protocol: /^amqps?$/, error: 'must be an amqp:// address' }),
});
export type DevicesConfig = z.output<typeof devicesConfig>;
