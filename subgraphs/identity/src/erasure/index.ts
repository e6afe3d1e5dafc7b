export { erasureRoutes } from './erasure.consumer.js';
export { PersonErasure, PersonErasureAnswer } from './erasure.entity.js';
export { ErasureResolver } from './erasure.resolver.js';
export { createErasureService } from './erasure.service.js';
export { PersonDataExportResolver } from './person-data.resolver.js';
export { createPersonDataService } from './person-data.service.js';
export { identityHoldings } from './holdings.js';
