export { ApiKey } from './api-key.entity.js';
export { apiKeyEntities, buildApiKeys } from './build-api-keys.js';
