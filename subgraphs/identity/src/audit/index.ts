export { auditRoutes, mutationRoutes } from './audit.consumer.js';
export { createAuditService, type AuditService, type Origin } from './audit.service.js';
export type { PublicAuditKey } from './chain-key.js';
export { DEFAULT_RETENTION_DAYS } from './retention.js';
export { AuditAction, AuditOutcome, SecurityAuditEntry } from './security-audit.entity.js';
