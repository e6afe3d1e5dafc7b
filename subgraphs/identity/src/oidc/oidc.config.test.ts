import { describe, expect, it } from 'vitest';
import { parseOidcProviders, type OidcProviderInput } from './oidc.config.js';

const PROVIDER: OidcProviderInput = { id: 'corp', name: 'Corporate', issuer: 'https://id.example.org', clientId: 'vss', clientSecret: 's3cret-of-the-client', redirectUris: ['https://vss.example.org/sign-in/callback'] };
const file = (...providers: object[]): string => JSON.stringify({ providers });

describe('the file of identity providers', () => {
  it('is read, and what is left out is the careful choice', () => {
    const [provider] = parseOidcProviders(file(PROVIDER));
    expect(provider).toMatchObject({ ...PROVIDER, scopes: ['openid', 'email', 'profile'], idTokenAlgorithm: 'RS256', link: 'NEVER', trustsSecondFactor: false });
    expect(provider?.provision).toBeUndefined();
  });

  it('may name none', () => expect(parseOidcProviders(file())).toEqual([]));

  it.each([
    [{ issuer: 'http://id.example.org' }, 'providers.0.issuer: must be https://'],
    [{ redirectUris: ['http://vss.example.org/callback'] }, 'providers.0.redirectUris.0: must be https://'],
    [{ redirectUris: ['https://vss.example.org/callback?to=x'] }, 'neither query nor fragment'],
    [{ redirectUris: [] }, 'providers.0.redirectUris'],
    [{ id: 'Corp' }, 'providers.0.id'],
    [{ scopes: ['email'] }, 'must have openid'],
    [{ idTokenAlgorithm: 'none' }, 'providers.0.idTokenAlgorithm'],
    [{ idTokenAlgorithm: 'HS256' }, 'providers.0.idTokenAlgorithm'],
    [{ linking: 'ALWAYS' }, 'Unrecognized key'],
    [{ provision: { role: 'operator' } }, 'providers.0.provision.centerId'],
  ])('is refused with %o', (more, why) => expect(() => parseOidcProviders(file({ ...PROVIDER, ...more }))).toThrow(why));

  it('takes http to this machine, for trying it out', () => expect(parseOidcProviders(file({ ...PROVIDER, issuer: 'http://127.0.0.1:9000' }))).toHaveLength(1));

  it('names no provider twice', () => expect(() => parseOidcProviders(file(PROVIDER, PROVIDER))).toThrow('an id of its own'));

  it('never shows a secret of it in what is wrong with it', () => {
    const broken = file(PROVIDER).replace('"name"', 'name');
    expect(() => parseOidcProviders(broken)).toThrow(/^it is not JSON$/);
    expect(() => parseOidcProviders(file({ ...PROVIDER, issuer: 'nowhere' }))).not.toThrow('s3cret');
  });
});
