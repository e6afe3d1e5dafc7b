import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ACCESS_TOKEN_ISSUER, createTokenSigner, GATEWAY_AUDIENCE, generateSigningKey, grantsOfRole } from '@vss/auth';

export interface Access {
  readonly jwksUrl: string;
  /** A supervisor's access token, as identity would sign it. */
  readonly token: string;
  close(): void;
}

const LIFETIME_S = 24 * 3600;

/** What a gateway with authentication on asks for: a key that signs, its public half at an address, and one valid token. */
export async function openAccess(): Promise<Access> {
  const key = await generateSigningKey();
  const signer = createTokenSigner({ key, issuer: ACCESS_TOKEN_ISSUER, audience: GATEWAY_AUDIENCE, lifetimeSeconds: LIFETIME_S });
  const { token } = await signer.sign({
    kind: 'user',
    userId: 'user_bench',
    username: 'bench',
    sessionId: 'sess_bench',
    role: 'supervisor',
    centerId: 'center_bench',
    teamIds: [],
    permissionVersion: 1,
    rightsVersion: 0,
    grants: grantsOfRole('supervisor'),
  });
  const server = createServer((_request, response) => void response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ keys: [key.publicJwk] })));
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  return { token, jwksUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/.well-known/jwks.json`, close: () => void server.close() };
}
