export { ExternalIdentity } from './external-identity.entity.js';
export { createOidcClient } from './oidc-client.js';
export { parseOidcProviders, type OidcProvider } from './oidc.config.js';
export { forgetOldLogins } from './oidc.queries.js';
export { OidcResolver } from './oidc.resolver.js';
export { createOidcService } from './oidc.service.js';
export { createProvisioning } from './provisioning.js';
