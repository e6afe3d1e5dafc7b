import { readFile } from 'node:fs/promises';
import { messageOf, StartError, switchSetting } from '@vss/runtime';
import { subgraphConfig } from '@vss/graphql';
import { z } from 'zod';
import { DEFAULT_RETENTION_DAYS } from './audit/index.js';
import { ROTATION_DAYS } from './keys/index.js';
import { parseOidcProviders, type OidcProvider } from './oidc/index.js';
import { SESSION_TIMES } from './sessions/index.js';
import { LONGEST_MINUTES } from './temporary-grants/index.js';

/** How long sessions and rights for a time last, a key signs and the audit is kept, also where identity is no process of its own. */
export const sessionSettings = {
  VSS_SESSION_IDLE_S: z.coerce.number().int().min(60).default(SESSION_TIMES.idleSeconds),
  VSS_SESSION_AGE_S: z.coerce.number().int().min(60).default(SESSION_TIMES.absoluteSeconds),
  VSS_SIGNING_KEY_DAYS: z.coerce.number().int().min(1).max(3_650).default(ROTATION_DAYS),
  VSS_TEMPORARY_GRANT_MINUTES: z.coerce.number().int().min(1).max(1_440).default(LONGEST_MINUTES),
  VSS_AUDIT_RETENTION_DAYS: z.coerce.number().int().min(1).default(DEFAULT_RETENTION_DAYS),
};
type SessionConfig = z.output<z.ZodObject<typeof sessionSettings>>;

export const sessionSettingsOf = (config: SessionConfig) => ({
  sessionTimes: { idleSeconds: config.VSS_SESSION_IDLE_S, absoluteSeconds: config.VSS_SESSION_AGE_S },
  keyRotationDays: config.VSS_SIGNING_KEY_DAYS,
  temporaryGrantMinutes: config.VSS_TEMPORARY_GRANT_MINUTES,
  auditRetentionDays: config.VSS_AUDIT_RETENTION_DAYS,
});

/** Who may come in, also where identity is no process of its own. */
export const signInSettings = { VSS_OIDC_FILE: z.string().optional() };

/** The identity providers of `VSS_OIDC_FILE`; none where it is not set. Throws StartError where the file cannot be used. */
export async function readProviders({ VSS_OIDC_FILE: path }: z.output<z.ZodObject<typeof signInSettings>>): Promise<readonly OidcProvider[]> {
  if (!path) return [];
  try {
    return parseOidcProviders(await readFile(path, 'utf8'));
  } catch (error) {
    throw new StartError(`VSS_OIDC_FILE: ${path} cannot be used: ${messageOf(error)}`);
  }
}

/** Settings of the identity process; `.env.example` says what each means. */
export const identityConfig = subgraphConfig(4001, {
  VSS_IDENTITY_SECRET_FILE: z.string(),
  VSS_SECURE_COOKIE: switchSetting.default(true),
  ...signInSettings,
  ...sessionSettings,
});
export type IdentityConfig = z.output<typeof identityConfig>;
