import type { FilterQuery } from '@mikro-orm/core';
import { Arg, Args, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import { Access, answer, batchById, paginate, type Page, type Scope } from '@vss/graphql';
import { AppError } from '@vss/runtime';
import { Grant, grantsFrom, viewOfGrants } from '../roles/index.js';
import { likePattern, User } from '../users/index.js';
import { ApiKey, ApiKeySecret, ApiKeyState } from './api-key.entity.js';
import { stateOf } from './api-key.rules.js';
import type { ApiKeyService } from './api-key.service.js';
import { ApiKeyConnection, ApiKeyCreateInput, ApiKeyPayload, ApiKeyRevokeInput, ApiKeyRotateInput, ApiKeysArgs, ApiKeySecretPayload, ApiKeyUpdateInput, type ApiKeyFilter } from './api-key.types.js';

@Resolver(() => ApiKey)
export class ApiKeyResolver {
  constructor(private readonly apiKeys: ApiKeyService) {}

  @Access('api-keys:read', 'CENTER')
  @Query(() => ApiKey, { description: 'A key of one’s center. Any other is NOT_FOUND.' })
  async apiKey(@Arg('id', () => ID, { description: 'Id of the key.' }) id: string, @Ctx() scope: Scope): Promise<ApiKey> {
    const key = await batchById(scope, ApiKey)(id);
    if (!key) throw new AppError('NOT_FOUND', 'There is no such API key');
    return key;
  }

  @Access('api-keys:read', 'CENTER')
  @Query(() => ApiKeyConnection, { name: 'apiKeys', description: 'Keys of one’s center, newest first.' })
  async list(@Args(() => ApiKeysArgs) args: ApiKeysArgs, @Ctx() scope: Scope): Promise<Page<ApiKey>> {
    return paginate(scope.em, ApiKey, { where: await whereOf(scope, args.filter ?? {}), args });
  }

  @Access('api-keys:create', 'CENTER')
  @Mutation(() => ApiKeySecretPayload, { description: 'Makes a key for a service account. Its secret is shown in the answer and never again.' })
  apiKeyCreate(@Arg('input', () => ApiKeyCreateInput, { description: 'The key to be made.' }) input: ApiKeyCreateInput, @Ctx() scope: Scope): Promise<ApiKeySecretPayload> {
    const { scopes, ...others } = input;
    return answer(() => this.apiKeys.create(scope, { ...others, scopes: scopes ? grantsFrom(scopes) : null }));
  }

  @Access('api-keys:update', 'CENTER')
  @Mutation(() => ApiKeyPayload, { description: 'Renames a key or narrows it.' })
  apiKeyUpdate(@Arg('input', () => ApiKeyUpdateInput, { description: 'The changes.' }) input: ApiKeyUpdateInput, @Ctx() scope: Scope): Promise<ApiKeyPayload> {
    const { scopes, ...others } = input;
    // Absent is not null: only what is given changes.
    const changes = scopes === undefined ? others : { ...others, scopes: scopes ? grantsFrom(scopes) : null };
    return answer(async () => ({ apiKey: await this.apiKeys.update(scope, changes) }));
  }

  @Access('api-keys:update', 'CENTER')
  @Mutation(() => ApiKeySecretPayload, { description: 'Gives a key another secret, while the old one works on for a while.' })
  apiKeyRotate(@Arg('input', () => ApiKeyRotateInput, { description: 'The key, and for how long both secrets work.' }) input: ApiKeyRotateInput, @Ctx() scope: Scope): Promise<ApiKeySecretPayload> {
    return answer(() => this.apiKeys.rotate(scope, input));
  }

  @Access('api-keys:revoke', 'CENTER')
  @Mutation(() => ApiKeyPayload, { description: 'Takes a key back. Within two seconds it opens nothing any more, and what it has open is closed. Doing it again changes nothing.' })
  apiKeyRevoke(@Arg('input', () => ApiKeyRevokeInput, { description: 'The key.' }) input: ApiKeyRevokeInput, @Ctx() scope: Scope): Promise<ApiKeyPayload> {
    return answer(async () => ({ apiKey: await this.apiKeys.revoke(scope, input.id) }));
  }

  @FieldResolver(() => ApiKeyState, { description: 'Whether it opens anything.' })
  state(@Root() key: ApiKey, @Ctx() scope: Scope): ApiKeyState {
    return stateOf(key, scope.now());
  }

  @FieldResolver(() => User, { nullable: true, description: 'Who is acting when it is used.' })
  serviceAccount(@Root() key: ApiKey, @Ctx() scope: Scope): Promise<User | null> {
    return batchById(scope, User)(key.serviceAccountId);
  }

  @FieldResolver(() => User, { nullable: true, description: 'Who answers for it: who made it, or rotated it last. It never does more than he may, and nothing while he is deactivated. Null for somebody of another center.' })
  maker(@Root() key: ApiKey, @Ctx() scope: Scope): Promise<User | null> {
    return batchById(scope, User)(key.makerId);
  }

  @FieldResolver(() => [Grant], { nullable: true, description: 'Lines of grants that narrow it; null: whatever its service account and who answers for it may both do.' })
  scopes(@Root() key: ApiKey): Grant[] | null {
    return key.scopes ? viewOfGrants(key.scopes) : null;
  }

  @FieldResolver(() => [ApiKeySecret], { description: 'Its latest secrets, the newest first; two of them work during a rotation.' })
  async secrets(@Root() key: ApiKey, @Ctx() scope: Scope): Promise<ApiKeySecret[]> {
    return (await secretsOf(scope, key)).slice(0, SECRETS_SHOWN);
  }

  @FieldResolver(() => String, { nullable: true, description: 'What its newest secret begins with, to tell it from others.' })
  async prefix(@Root() key: ApiKey, @Ctx() scope: Scope): Promise<string | null> {
    return (await secretsOf(scope, key))[0]?.prefix ?? null;
  }
}

const SECRETS_SHOWN = 10;

/** The secrets of all keys that a tick asks for, in one statement. */
const secretsOf = async (scope: Scope, { id }: ApiKey): Promise<ApiKeySecret[]> =>
  (await scope.batch.load('secrets of keys', id, async (ids) => {
    const secrets = await scope.em.find(ApiKeySecret, { keyId: { $in: [...ids] } }, { orderBy: { number: 'desc' } });
    return Map.groupBy(secrets, ({ keyId }) => keyId);
  })) ?? [];

async function whereOf(scope: Scope, { serviceAccountId, makerId, state, search }: ApiKeyFilter): Promise<FilterQuery<ApiKey>> {
  const now = scope.now();
  const live = { revokedAt: null, expiresAt: { $gt: now } };
  const byState = { [ApiKeyState.ACTIVE]: live, [ApiKeyState.EXPIRED]: { revokedAt: null, expiresAt: { $lte: now } }, [ApiKeyState.REVOKED]: { revokedAt: { $ne: null } } };
  return {
    ...(serviceAccountId ? { serviceAccountId } : {}),
    ...(makerId ? { makerId } : {}),
    ...(state ? byState[state] : {}),
    ...(search ? { $or: [{ name: { $ilike: likePattern(search) } }, { id: (await scope.em.findOne(ApiKeySecret, { prefix: search }))?.keyId ?? '' }] } : {}),
  };
}
