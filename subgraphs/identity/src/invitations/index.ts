export { createAcceptanceService } from './acceptance.service.js';
export { Invitation } from './invitation.entity.js';
export { InvitationResolver } from './invitation.resolver.js';
export { createInvitationService } from './invitation.service.js';
