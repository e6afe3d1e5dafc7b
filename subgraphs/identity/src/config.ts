import { portSetting, switchSetting } from '@vss/runtime';
import { z } from 'zod';

/** Settings of the identity process; `.env.example` says what each means. */
export const identityConfig = z.object({
  VSS_PORT: portSetting.default(4001),
  VSS_HOST: z.string().default('127.0.0.1'),
  VSS_SIGNING_KEY_FILE: z.string(),
  VSS_REFRESH_SECRET_FILE: z.string(),
  VSS_SECURE_COOKIE: switchSetting.default(true),
  VSS_GATEWAY_JWKS_URL: z.url({ protocol: /^https?$/, error: 'must be an http:// address' }).default('http://127.0.0.1:4000/.well-known/gateway-jwks.json'),
  VSS_LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info'),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/, error: 'must be a postgresql:// address' }),
  AMQP_URL: z.url({ protocol: /^amqps?$/, error: 'must be an amqp:// address' }),
});
export type IdentityConfig = z.output<typeof identityConfig>;
