export { createKeyRing, type Jwk, type KeyRing, type PublicKeys } from './key-ring.js';
