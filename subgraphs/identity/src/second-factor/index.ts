export { SecondFactor } from './second-factor.entity.js';
export { SecondFactorResolver } from './second-factor.resolver.js';
export { createSecondFactorService, type SecondFactorProof, type SecondFactorService } from './second-factor.service.js';
