import { portSetting } from '@vss/runtime';
import { z } from 'zod';

/** Settings of the crm process; `.env.example` says what each means. */
export const crmConfig = z.object({
  VSS_CRM_PORT: portSetting.default(4004),
  VSS_CRM_HOST: z.string().default('127.0.0.1'),
  VSS_GATEWAY_JWKS_URL: z.url({ protocol: /^https?$/, error: 'must be an http:// address' }).default('http://127.0.0.1:4000/.well-known/gateway-jwks.json'),
  VSS_LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info'),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/, error: 'must be a postgresql:// address' }),
  AMQP_URL: z.url({ protocol: /^amqps?$/, error: 'must be an amqp:// address' }),
});
export type CrmConfig = z.output<typeof crmConfig>;
