export { DecisionResolver } from './decision.resolver.js';
export { createDecisionService } from './decision.service.js';
export { PermissionCheck, PermissionExplanation, PermissionGrantor, PermissionScopeTest } from './decision.types.js';
export { resourceRoutes } from './resource-fact.consumer.js';
export { ResourceFact } from './resource-fact.entity.js';
export { requestResources, requestResourcesOnce } from './resource-request.js';
