import { MessageDeadLettered, on } from '@vss/events';
import type { EntityManager } from '@vss/db';
import type { DeadLetterService } from './dead-letter.service.js';

export const deadLetterRoutes = (deadLetters: DeadLetterService) => [on(MessageDeadLettered, (tx: EntityManager, payload, message) => deadLetters.report(tx, payload, message))];
