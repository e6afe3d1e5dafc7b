import { z } from 'zod';

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

/** https; http only where nothing leaves the machine. */
const address = z.url({ protocol: /^https?$/ }).refine((text) => {
  const { protocol, hostname } = new URL(text);
  return protocol === 'https:' || LOOPBACK.has(hostname);
}, 'must be https://, or http:// to this machine');

const redirectUri = address.refine((text) => !/[?#]/.test(text), 'must have neither query nor fragment');

const providerSchema = z
  .strictObject({
    /** Name in requests; people see it in addresses. */
    id: z.string().regex(/^[a-z][a-z0-9-]{0,31}$/, 'has 1 to 32 small letters, digits and hyphens, a letter first'),
    /** What people read on the button. */
    name: z.string().min(1).max(60),
    /** Where its `/.well-known/openid-configuration` is. */
    issuer: address,
    clientId: z.string().min(1),
    /** Absent for a public client, which PKCE alone protects. */
    clientSecret: z.string().min(1).optional(),
    scopes: z.array(z.string().min(1)).default(['openid', 'email', 'profile']).refine((scopes) => scopes.includes('openid'), 'must have openid'),
    /** Where the provider may send people back to: the page of the dashboard that finishes the sign-in. */
    redirectUris: z.array(redirectUri).min(1),
    /** How the provider signs ID tokens. */
    idTokenAlgorithm: z.enum(['RS256', 'PS256', 'ES256', 'ES384', 'EdDSA']).default('RS256'),
    /** VERIFIED_EMAIL: an account there whose email address the provider has verified opens the account here that has the same. */
    link: z.enum(['NEVER', 'VERIFIED_EMAIL']).default('NEVER'),
    /** Limits linking and provisioning to addresses of these domains. */
    emailDomains: z.array(z.string().min(1).toLowerCase()).min(1).optional(),
    /** Limits linking to users of one center. */
    centerId: z.string().startsWith('ctr_').optional(),
    /** Makes a user of this role, in this center, for who has none here. */
    provision: z.strictObject({ role: z.string().min(1), centerId: z.string().startsWith('ctr_') }).optional(),
    /** Whether a second factor that the provider says it asked for (`amr`) stands for ours. */
    trustsSecondFactor: z.boolean().default(false),
  })
  .readonly();

const fileSchema = z.strictObject({ providers: z.array(providerSchema).max(20) }).refine(({ providers }) => new Set(providers.map(({ id }) => id)).size === providers.length, 'each provider has an id of its own');

/** An identity provider, as the installation's settings describe it. */
export type OidcProvider = z.output<typeof providerSchema>;
export type OidcProviderInput = z.input<typeof providerSchema>;

/** Reads the file of `VSS_OIDC_FILE`. Throws naming every problem in it. */
export function parseOidcProviders(text: string): readonly OidcProvider[] {
  const json = jsonIn(text);
  if (json === undefined) throw new Error('it is not JSON');
  const parsed = fileSchema.safeParse(json);
  if (parsed.success) return parsed.data.providers;
  throw new Error(parsed.error.issues.map(({ path, message }) => `${path.join('.') || 'the file'}: ${message}`).join('; '));
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // What the parser says quotes the file, and there are secrets in it.
    return undefined;
  }
}
