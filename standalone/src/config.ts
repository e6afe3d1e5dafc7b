import { portSetting, switchSetting, telemetrySettings } from '@vss/runtime';
import { sessionSettings, signInSettings } from '@vss/identity';
import { z } from 'zod';

const logLevel = z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']);
const databaseUrl = z.url({ protocol: /^postgres(ql)?$/, error: 'must be a postgresql:// address' });

const amqpUrl = z.url({ protocol: /^amqps?$/, error: 'must be an amqp:// address' });

/** Settings of the one-process platform; `.env.example` says what each means. */
export const standaloneSettings = z.object({
  VSS_PORT: portSetting.default(4000),
  VSS_HOST: z.string().default('127.0.0.1'),
  VSS_DATA_DIR: z.string().default('./data'),
  VSS_DEMO_PASSWORD: z.string().min(10, 'must have at least 10 characters').max(200).optional(),
  VSS_DEMO_TRAFFIC: switchSetting.default(true),
  VSS_SIM_HUB: switchSetting.default(true),
  VSS_SIM_SEED: z.coerce.number().int().default(1),
  VSS_SIM_SPEED: z.coerce.number().positive().max(100).default(1),
  VSS_LOG_LEVEL: logLevel.default('warn'),
  VSS_GRAPHIQL: switchSetting.default(true),
  VSS_SLOW_OPERATION_MS: z.coerce.number().int().min(0).default(1_000),
  VSS_ACCESS_LOG: switchSetting.default(false),
  VSS_METRICS_PORT: portSetting.optional(),
  VSS_METRICS_HOST: z.string().default('127.0.0.1'),
  ...sessionSettings,
  ...signInSettings,
  ...telemetrySettings,
  DATABASE_URL: databaseUrl.optional(),
  AMQP_URL: amqpUrl.optional(),
});
export type StandaloneSettings = z.output<typeof standaloneSettings>;

/** Settings of `npm run migrate`. */
export const migrateSettings = z.object({ DATABASE_URL: databaseUrl, VSS_LOG_LEVEL: logLevel.default('info') });

/** Settings of `npm run setup`. */
export const setupSettings = z.object({
  DATABASE_URL: databaseUrl,
  AMQP_URL: amqpUrl.optional(),
  VSS_ADMIN_PASSWORD: z.string().min(10, 'must have at least 10 characters').max(200),
  VSS_CENTER_NAME: z.string().min(1).max(100).default('Main center'),
  VSS_CENTER_TIME_ZONE: z.string().default('UTC'),
  VSS_LOG_LEVEL: logLevel.default('warn'),
});
