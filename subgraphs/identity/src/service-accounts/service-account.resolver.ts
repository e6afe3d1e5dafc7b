import { MaxLength } from 'class-validator';
import { Arg, Ctx, Field, ID, InputType, Mutation, ObjectType, Resolver } from 'type-graphql';
import { Access, answer, type Scope, type UserErrorView } from '@vss/graphql';
import { IdentityUserError } from '../user-error.js';
import { User } from '../users/index.js';
import type { ServiceAccountService } from './service-account.service.js';

@InputType({ description: 'An account for a program. It cannot sign in: it is opened by API keys.' })
export class ServiceAccountCreateInput {
  @MaxLength(256)
  @Field(() => String, { description: 'Its name, by the rules of user names: 3 to 64 letters of one alphabet, digits, `.`, `_`, `-`. Kept in lower case.' })
  name: string;

  @MaxLength(100)
  @Field(() => String, { description: 'Name of the role, e.g. `operator`. It may not hold more rights than the one who gives it.' })
  role: string;

  @Field(() => ID, { nullable: true, description: 'Another center than one’s own: only with the right to make users in every center.' })
  centerId?: string | null;
}

@Access('authenticated')
@ObjectType({ description: 'The service account, or what to put right.', simpleResolvers: true })
export class ServiceAccountPayload {
  @Field(() => User, { nullable: true, description: 'The account; null when something is to be put right.' })
  serviceAccount?: User | null;

  @Field(() => [IdentityUserError], { description: 'What to put right; empty when it was done.' })
  userErrors: UserErrorView[];
}

@Resolver()
export class ServiceAccountResolver {
  constructor(private readonly accounts: ServiceAccountService) {}

  @Access('users:create', 'CENTER')
  @Mutation(() => ServiceAccountPayload, { description: 'Makes an account for a program. Give it API keys by `apiKeyCreate`; deactivate it like any user.' })
  serviceAccountCreate(@Arg('input', () => ServiceAccountCreateInput, { description: 'The account to be made.' }) input: ServiceAccountCreateInput, @Ctx() scope: Scope): Promise<ServiceAccountPayload> {
    return answer(async () => ({ serviceAccount: await this.accounts.create(scope, input) }));
  }
}
