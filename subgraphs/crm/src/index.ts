export { createCrm, type Crm, type CrmOptions } from './app.js';
export { crmConfig } from './config.js';
export { migrations } from './migrations.js';
export type { LeadDraft } from './leads/index.js';
