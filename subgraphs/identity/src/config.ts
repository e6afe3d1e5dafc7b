import { switchSetting } from '@vss/runtime';
import { subgraphConfig } from '@vss/graphql';
import { z } from 'zod';
import { ROTATION_DAYS } from './keys/index.js';
import { SESSION_TIMES } from './sessions/index.js';

/** How long sessions last and a key signs, also where identity is no process of its own. */
export const sessionSettings = {
  VSS_SESSION_IDLE_S: z.coerce.number().int().min(60).default(SESSION_TIMES.idleSeconds),
  VSS_SESSION_AGE_S: z.coerce.number().int().min(60).default(SESSION_TIMES.absoluteSeconds),
  VSS_SIGNING_KEY_DAYS: z.coerce.number().int().min(1).max(3_650).default(ROTATION_DAYS),
};
type SessionConfig = z.output<z.ZodObject<typeof sessionSettings>>;

export const sessionSettingsOf = (config: SessionConfig) => ({
  sessionTimes: { idleSeconds: config.VSS_SESSION_IDLE_S, absoluteSeconds: config.VSS_SESSION_AGE_S },
  keyRotationDays: config.VSS_SIGNING_KEY_DAYS,
});

/** Settings of the identity process; `.env.example` says what each means. */
export const identityConfig = subgraphConfig(4001, {
  VSS_IDENTITY_SECRET_FILE: z.string(),
  VSS_SECURE_COOKIE: switchSetting.default(true),
  ...sessionSettings,
});
export type IdentityConfig = z.output<typeof identityConfig>;
