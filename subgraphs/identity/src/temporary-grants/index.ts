export { TemporaryGrant, TemporaryGrantState } from './temporary-grant.entity.js';
export { LONGEST_MINUTES } from './temporary-grant.rules.js';
export { TemporaryGrantConnection, TemporaryGrantResolver } from './temporary-grant.resolver.js';
export { createTemporaryGrantService, type TemporaryGrantService } from './temporary-grant.service.js';
