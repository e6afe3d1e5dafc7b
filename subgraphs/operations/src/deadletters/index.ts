export { deadLetterRoutes } from './dead-letter.consumer.js';
export { DeadLetter, DeadLetterConnection, DeadLetterEdge } from './dead-letter.entity.js';
export { DeadLetterPayload, DeadLetterResolver } from './dead-letter.resolver.js';
export { createDeadLetterService, type DeadLetterService } from './dead-letter.service.js';
