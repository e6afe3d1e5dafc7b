export { createIdentity, type Identity, type IdentityOptions, type IdentitySettings } from './app.js';
export { identityConfig, readProviders, sessionSettings, sessionSettingsOf, signInSettings, type IdentityConfig } from './config.js';
export type { PublicKeys } from './keys/index.js';
export { migrations } from './migrations.js';
export { REFRESH_COOKIE } from './sessions/index.js';
export type { UserSeed } from './users/index.js';
