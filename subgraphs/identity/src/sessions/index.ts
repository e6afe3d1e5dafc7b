export { REFRESH_COOKIE } from './refresh-cookie.js';
export { createHousekeeping } from './housekeeping.js';
export { RefreshToken, Session } from './session.entity.js';
export { SessionResolver } from './session.resolver.js';
export { createSessionService, type SessionService } from './session.service.js';
