export { createHashQueue } from './hash-queue.js';
export { createPasswordHasher, type Argon2Cost, type PasswordHasher } from './password.js';
export { assertPassword } from './password.rules.js';
