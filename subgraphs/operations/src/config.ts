import { portSetting } from '@vss/runtime';
import { z } from 'zod';

/** Settings of the operations process; `.env.example` says what each means. */
export const operationsConfig = z.object({
  VSS_OPERATIONS_PORT: portSetting.default(4005),
  VSS_OPERATIONS_HOST: z.string().default('127.0.0.1'),
  VSS_LOG_RETENTION_DAYS: z.coerce.number().positive().default(30),
  VSS_CENTER_NAME: z.string().min(1).default('Main center'),
  VSS_CENTER_TIME_ZONE: z.string().min(1).default('UTC'),
  VSS_GATEWAY_JWKS_URL: z.url({ protocol: /^https?$/, error: 'must be an http:// address' }).default('http://127.0.0.1:4000/.well-known/gateway-jwks.json'),
  VSS_LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info'),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/, error: 'must be a postgresql:// address' }),
  AMQP_URL: z.url({ protocol: /^amqps?$/, error: 'must be an amqp:// address' }),
});
export type OperationsConfig = z.output<typeof operationsConfig>;
