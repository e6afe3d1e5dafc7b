export { SignInResolver } from './sign-in.resolver.js';
export { createSignInService, type SignInService } from './sign-in.service.js';
export { forgetOldAttempts } from './throttle.queries.js';
