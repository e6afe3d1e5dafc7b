import { systemActor, type Actor, type VerifiedToken } from '@vss/auth';
import { newId } from '@vss/runtime';
import { anActor } from '@vss/testing';
import type { Person, TestIdentity } from '../identity.fixture.js';

const CREATE_ACCOUNT = `mutation($input: ServiceAccountCreateInput!) { serviceAccountCreate(input: $input) { serviceAccount { id username state role { name } } userErrors { code message field } } }`;
const KEY = `id name prefix state version expiresAt revokedAt costPerMinute serviceAccount { id } maker { id } scopes { resource actions scope effect } secrets { number prefix createdAt expiresAt lastUsedAt lastUsedAddress }`;
const CREATE = `mutation($input: ApiKeyCreateInput!) { apiKeyCreate(input: $input) { secret apiKey { ${KEY} } userErrors { code message field } } }`;
const UPDATE = `mutation($input: ApiKeyUpdateInput!) { apiKeyUpdate(input: $input) { apiKey { ${KEY} } userErrors { code message field } } }`;
const ROTATE = `mutation($input: ApiKeyRotateInput!) { apiKeyRotate(input: $input) { secret apiKey { ${KEY} } userErrors { code message field } } }`;
const REVOKE = `mutation($input: ApiKeyRevokeInput!) { apiKeyRevoke(input: $input) { apiKey { ${KEY} } userErrors { code message field } } }`;
const LIST = `query($filter: ApiKeyFilter) { apiKeys(filter: $filter) { nodes { ${KEY} } } }`;
const PASS = `query($key: String!, $address: String!) { apiKeyPass(key: $key, address: $address) { accessToken endsAt refusal } }`;

export const DAY_S = 24 * 3600;

/** What is asked about keys, as an administrator, a gateway or anybody else asks it. */
export function keysOf(test: TestIdentity) {
  const inDays = (days: number): string => new Date(test.clock.now().getTime() + days * DAY_S * 1000).toISOString();
  const passed = async (key: string, address = '192.0.2.9') => (await test.ask(systemActor(''), PASS, { key, address })).data.apiKeyPass as { accessToken: string | null; endsAt: string | null; refusal: string | null };

  async function account(role = 'operator', centerId = newId('ctr')): Promise<{ id: string; admin: Person }> {
    const admin = await test.person('admin', centerId);
    const { data } = await test.ask(admin.actor, CREATE_ACCOUNT, { input: { name: newId('bot'), role } });
    return { id: data.serviceAccountCreate.serviceAccount.id as string, admin };
  }

  const create = async (actor: Actor, input: Record<string, unknown>) => (await test.ask(actor, CREATE, { input: { name: 'CRM import', expiresAt: inDays(30), ...input } })).data?.apiKeyCreate;

  return {
    inDays,
    account,
    create,
    createAccount: (actor: Actor, input: Record<string, unknown>) => test.ask(actor, CREATE_ACCOUNT, { input }),
    /** A key of an account of its own, with what its administrator was shown. */
    async key(input: Record<string, unknown> = {}, role = 'operator') {
      const { id: serviceAccountId, admin } = await account(role);
      const { apiKey, secret } = await create(admin.actor, { serviceAccountId, ...input });
      return { id: apiKey.id as string, secret: secret as string, serviceAccountId, admin, apiKey };
    },
    update: async (actor: Actor, input: Record<string, unknown>) => (await test.ask(actor, UPDATE, { input })).data.apiKeyUpdate,
    rotate: async (actor: Actor, id: string, overlapMinutes: number) => (await test.ask(actor, ROTATE, { input: { id, overlapMinutes } })).data.apiKeyRotate,
    revoke: async (actor: Actor, id: string) => (await test.ask(actor, REVOKE, { input: { id } })).data.apiKeyRevoke,
    list: async (actor: Actor, filter: Record<string, unknown> = {}) => (await test.ask(actor, LIST, { filter })).data.apiKeys.nodes,
    ask: { CREATE, UPDATE, ROTATE, REVOKE, LIST },
    passed,
    /** Who is let in by the key, as the gateway then knows him. */
    async entered(key: string): Promise<VerifiedToken & { readonly endsAt: string }> {
      const { accessToken, endsAt, refusal } = await passed(key);
      if (!accessToken || !endsAt) throw new Error(`The key was refused: ${refusal}`);
      return { ...(await test.verifier.verify(accessToken)), endsAt };
    },
    async refusal(key: string): Promise<string | null> {
      return (await passed(key)).refusal;
    },
    /** Somebody who may manage keys and no more than that and these rights. */
    manager: async (centerId: string, ...more: { resource: string; actions: string[]; scope: 'OWN' | 'ASSIGNED' | 'TEAM' | 'CENTER' | 'ALL' }[]): Promise<Actor> => {
      const person = await test.person('supervisor', centerId);
      const grants = [{ resource: 'api-keys', actions: ['*'], scope: 'CENTER' } as const, { resource: 'directory', actions: ['read'], scope: 'CENTER' } as const, ...more].map((grant) => ({ ...grant, effect: 'ALLOW' as const }));
      return anActor({ role: 'supervisor', centerId, userId: person.id, grants });
    },
  };
}
