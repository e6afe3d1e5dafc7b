export { createPasswordHasher, type PasswordHasher } from './password.js';
export { assertPassword } from './password.rules.js';
