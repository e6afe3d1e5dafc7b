import { createTokenSigner, GATEWAY_ISSUER, subgraphAudience, type Actor, type SigningKey } from '@vss/auth';
import { systemNow, type Now } from '@vss/runtime';

const LIFETIME_S = 60;
/** A token that is handed out lives at least this long. */
const SPARE_MS = 20_000;

export interface ActorTokens {
  /** A Bearer value by which one subgraph, and no other, learns who asks; at once where one is still good. */
  authorizationFor(actor: Actor): string | Promise<string>;
}

/** Signed once for an Actor object, that is once for an access token, and again before it expires. */
export function createActorTokens(options: { subgraph: string; key: SigningKey; now?: Now }): ActorTokens {
  const { subgraph, key, now = systemNow } = options;
  const signer = createTokenSigner({ key, issuer: GATEWAY_ISSUER, audience: subgraphAudience(subgraph), lifetimeSeconds: LIFETIME_S, now });
  const signed = new WeakMap<Actor, { authorization: string | Promise<string>; freshUntil: number }>();
  return {
    authorizationFor(actor) {
      const known = signed.get(actor);
      if (known && known.freshUntil > now().getTime()) return known.authorization;
      const entry: { authorization: string | Promise<string>; freshUntil: number } = {
        authorization: signer.sign(actor).then(({ token }) => (entry.authorization = `Bearer ${token}`)),
        freshUntil: now().getTime() + LIFETIME_S * 1_000 - SPARE_MS,
      };
      signed.set(actor, entry);
      return entry.authorization;
    },
  };
}
