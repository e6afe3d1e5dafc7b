import { switchSetting } from '@vss/runtime';
import { subgraphConfig } from '@vss/graphql';
import { z } from 'zod';

/** Settings of the identity process; `.env.example` says what each means. */
export const identityConfig = subgraphConfig(4001, {
  VSS_SIGNING_KEY_FILE: z.string(),
  VSS_REFRESH_SECRET_FILE: z.string(),
  VSS_SECURE_COOKIE: switchSetting.default(true),
});
export type IdentityConfig = z.output<typeof identityConfig>;
