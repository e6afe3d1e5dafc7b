export { Lead, LeadConnection, LeadEdge, LeadStatus } from './lead.entity.js';
export { LeadPayload } from './lead.inputs.js';
export { LeadResolver, UserLeadsResolver } from './lead.resolver.js';
export { leadsWithin } from './lead.queries.js';
export { reachesCenter } from './lead.rules.js';
export { createLeadService, type LeadDraft, type LeadService } from './lead.service.js';
