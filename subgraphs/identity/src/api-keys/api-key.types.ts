import { ArrayMaxSize, ArrayMinSize, IsInt, Max, MaxLength, Min, ValidateNested } from 'class-validator';
import { ArgsType, Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { Access, connectionOf, ConnectionArgs, Instant, type UserErrorView } from '@vss/graphql';
import { GrantInput } from '../roles/index.js';
import { IdentityUserError } from '../user-error.js';
import { ApiKey, ApiKeyState } from './api-key.entity.js';
import { LONGEST_LIFE_DAYS, LONGEST_OVERLAP_MINUTES, MOST_KEYS_OF_ACCOUNT } from './api-key.rules.js';

export const { Connection: ApiKeyConnection, Edge: ApiKeyEdge } = connectionOf(ApiKey, 'ApiKey');

@InputType({ description: 'Which keys to list; what is given must all hold.' })
export class ApiKeyFilter {
  @Field(() => ID, { nullable: true, description: 'Of this service account.' })
  serviceAccountId?: string | null;

  @Field(() => ID, { nullable: true, description: 'That this user answers for.' })
  makerId?: string | null;

  @Field(() => ApiKeyState, { nullable: true, description: 'Whether they open anything.' })
  state?: ApiKeyState | null;

  @MaxLength(100)
  @Field(() => String, { nullable: true, description: 'Text that occurs in the name, in any case; or a prefix, `vss_…`, as logs and audit show it.' })
  search?: string | null;
}

@ArgsType()
export class ApiKeysArgs extends ConnectionArgs {
  @Field(() => ApiKeyFilter, { nullable: true, description: 'Which keys to list; all when absent.' })
  filter?: ApiKeyFilter | null;
}

const SCOPES = 'Lines of grants that narrow the key';
const COST = 'Points of cost that it may use up in a minute, as `extensions.cost` counts them';

@InputType({ description: 'A key to be made. You answer for it: it never does more than you may do yourself, at any time.' })
export class ApiKeyCreateInput {
  @Field(() => ID, { description: `The service account that it opens, which has at most ${MOST_KEYS_OF_ACCOUNT} of them.` })
  serviceAccountId: string;

  @MaxLength(200)
  @Field(() => String, { description: 'What it is for, 1 to 100 characters.' })
  name: string;

  @ValidateNested({ each: true })
  @ArrayMinSize(1)
  @ArrayMaxSize(100)
  @Field(() => [GrantInput], { nullable: true, description: `${SCOPES}: within your own rights and within those of the account. Absent: whatever both of you may do.` })
  scopes?: GrantInput[] | null;

  @Field(() => Instant, { description: `When its time is over, ${LONGEST_LIFE_DAYS} days from now at the latest.` })
  expiresAt: Date;

  @IsInt()
  @Min(1)
  @Field(() => Int, { nullable: true, description: `${COST}; absent: what its role may.` })
  costPerMinute?: number | null;
}

@InputType({ description: 'Changes to a key; what is absent stays as it is. A key never becomes wider: make another one for that.' })
export class ApiKeyUpdateInput {
  @Field(() => ID, { description: 'Id of the key.' })
  id: string;

  @IsInt()
  @Field(() => Int, { description: 'The `version` that was read; with another one standing nothing is changed.' })
  expectedVersion: number;

  @MaxLength(200)
  @Field(() => String, { nullable: true, description: 'What it is for, 1 to 100 characters.' })
  name?: string | null;

  @ValidateNested({ each: true })
  @ArrayMinSize(1)
  @ArrayMaxSize(100)
  @Field(() => [GrantInput], { nullable: true, description: `${SCOPES}, within those that it has.` })
  scopes?: GrantInput[] | null;

  @Field(() => Instant, { nullable: true, description: 'An earlier end.' })
  expiresAt?: Date | null;

  @IsInt()
  @Min(1)
  @Field(() => Int, { nullable: true, description: `${COST}: fewer than now.` })
  costPerMinute?: number | null;
}

@InputType({ description: 'A key that gets another secret. Whoever rotates it answers for it from then on.' })
export class ApiKeyRotateInput {
  @Field(() => ID, { description: 'Id of the key.' })
  id: string;

  @IsInt()
  @Min(0)
  @Max(LONGEST_OVERLAP_MINUTES)
  @Field(() => Int, { description: `Minutes for which the old secret works beside the new one, 0 to ${LONGEST_OVERLAP_MINUTES}; with 0 it ends at once. A secret that still overlaps from an earlier rotation ends at once.` })
  overlapMinutes: number;
}

@InputType({ description: 'A key to be taken back.' })
export class ApiKeyRevokeInput {
  @Field(() => ID, { description: 'Id of the key.' })
  id: string;
}

@Access('authenticated')
@ObjectType({ description: 'The key as it is now, or what to put right.', simpleResolvers: true })
export class ApiKeyPayload {
  @Field(() => ApiKey, { nullable: true, description: 'The key; null when something is to be put right.' })
  apiKey?: ApiKey | null;

  @Field(() => [IdentityUserError], { description: 'What to put right; empty when it was done.' })
  userErrors: UserErrorView[];
}

@Access('authenticated')
@ObjectType({ description: 'The key with its new secret, or what to put right.', simpleResolvers: true })
export class ApiKeySecretPayload {
  @Field(() => ApiKey, { nullable: true, description: 'The key; null when something is to be put right.' })
  apiKey?: ApiKey | null;

  @Field(() => String, { nullable: true, description: 'The whole key, to be sent as `Authorization: Bearer vss_…`. It is shown this once: keep it where secrets are kept. Null when something is to be put right.' })
  secret?: string | null;

  @Field(() => [IdentityUserError], { description: 'What to put right; empty when it was done.' })
  userErrors: UserErrorView[];
}
