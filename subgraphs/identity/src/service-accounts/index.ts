export { ServiceAccountResolver } from './service-account.resolver.js';
export { createServiceAccountService } from './service-account.service.js';
