export { clientOf, createHandOver, type HandOver } from './hand-over.js';
export { REFRESH_COOKIE } from './refresh-cookie.js';
export { createHousekeeping } from './housekeeping.js';
export { SESSION_TIMES, type SessionTimes } from './refresh.rules.js';
export { SessionListResolver, UserSessionsResolver } from './session-list.resolver.js';
export { RefreshToken, Session } from './session.entity.js';
export { ChallengeKind, SessionPayload, SignInChallenge } from './session-payload.js';
export { SessionResolver } from './session.resolver.js';
export { createSessionService, type Client, type Granted, type IssuedTokens, type SessionService } from './session.service.js';
