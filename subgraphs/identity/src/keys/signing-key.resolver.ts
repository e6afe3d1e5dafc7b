import { MaxLength } from 'class-validator';
import { Arg, Args, ArgsType, Ctx, Field, InputType, Mutation, ObjectType, Query, Resolver } from 'type-graphql';
import { Access, answer, connectionOf, ConnectionArgs, paginate, type Page, type Scope, type UserErrorView } from '@vss/graphql';
import { IdentityUserError } from '../user-error.js';
import { SigningKey } from './signing-key.entity.js';
import type { SigningKeyService } from './signing-key.service.js';

const { Connection: SigningKeyConnection } = connectionOf(SigningKey, 'SigningKey');

@ArgsType()
class SigningKeysArgs extends ConnectionArgs {}

@InputType({ description: 'How another key takes over.' })
export class SigningKeyRotateInput {
  @Field(() => Boolean, {
    defaultValue: false,
    description: 'False: tokens that were given out stay good until they end, and nobody notices. True, for keys that may have leaked: every key so far is revoked, and each access token of everybody is refused within two seconds; clients go on by their refresh tokens.',
  })
  immediately: boolean;

  @MaxLength(500)
  @Field(() => String, { description: 'Why, for the audit: up to 500 characters.' })
  reason: string;
}

@Access('authenticated')
@ObjectType({ description: 'The key that signs from now on, or what to put right.', simpleResolvers: true })
export class SigningKeyPayload {
  @Field(() => SigningKey, { nullable: true, description: 'The key that signs from now on; null when something is to be put right.' })
  signingKey?: SigningKey | null;

  @Field(() => [IdentityUserError], { description: 'What to put right; empty when it was done.' })
  userErrors: UserErrorView[];
}

@Resolver(() => SigningKey)
export class SigningKeyResolver {
  constructor(private readonly keys: SigningKeyService) {}

  @Access('signing-keys:read', 'ALL')
  @Query(() => SigningKeyConnection, { description: 'The keys that sign access tokens, signed them or will, newest first.' })
  signingKeys(@Args(() => SigningKeysArgs) args: SigningKeysArgs, @Ctx() scope: Scope): Promise<Page<SigningKey>> {
    return paginate(scope.em, SigningKey, { args });
  }

  @Access('signing-keys:rotate', 'ALL')
  @Mutation(() => SigningKeyPayload, { description: 'Has another key sign access tokens. By itself that happens every thirty days, unless the installation says otherwise.' })
  signingKeyRotate(@Arg('input', () => SigningKeyRotateInput, { description: 'How, and why.' }) input: SigningKeyRotateInput, @Ctx() scope: Scope): Promise<SigningKeyPayload> {
    return answer(async () => ({ signingKey: await this.keys.rotate(scope, input) }));
  }
}
