export { derivedKey } from './derived-key.js';
export { createSealer, SealBroken, type Sealer } from './sealer.js';
export { SigningKey } from './signing-key.entity.js';
export { SigningKeyResolver } from './signing-key.resolver.js';
export { ACCESS_TOKEN_SECONDS, ROTATION_DAYS } from './signing-key.rules.js';
export { createSigningKeyService, type PublicKeys, type SigningKeyService } from './signing-key.service.js';
