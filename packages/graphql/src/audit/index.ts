export { Audited, classOfField, type FieldClass, type FieldClasses } from './field-classes.js';
export { auditMutations, createMutationAudit, heard, noteInMutation, type MutationAudit, type WriteRecord } from './mutation-audit.js';
export { currentMutation, type RunningMutation } from './mutation-context.js';
export { createOverrideReports, type OverrideReports } from './override-reports.js';
