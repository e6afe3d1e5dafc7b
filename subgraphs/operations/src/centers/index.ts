export { Center } from './center.entity.js';
export { ownedCenters } from './center.queries.js';
export { CenterResolver, loadCenter } from './center.resolver.js';
export { startOfDay } from './center.rules.js';
export { createCenterService } from './center.service.js';
