export { auditRoutes } from './audit.consumer.js';
export { createAuditService, type AuditService, type Origin } from './audit.service.js';
export { AuditAction, AuditOutcome, SecurityAuditEntry } from './security-audit.entity.js';
