export { createMatchingService, type MatchingService } from './matching.service.js';
