import { MaxLength, MinLength } from 'class-validator';
import { Arg, Ctx, Field, FieldResolver, ID, InputType, Mutation, ObjectType, Query, Resolver, Root } from 'type-graphql';
import { Access, answer, type Scope, type UserErrorView } from '@vss/graphql';
import { UserError } from '@vss/runtime';
import { IdentityUserError } from '../user-error.js';
import { seen, User, UserPayload } from '../users/index.js';
import { SecondFactorView } from './second-factor.entity.js';
import type { SecondFactorProof, SecondFactorService } from './second-factor.service.js';

@InputType({ description: 'Beginning with a second factor.' })
export class SecondFactorSetupInput {
  @MaxLength(1024)
  @Field(() => String, { nullable: true, description: 'One’s password once more; absent for who has none, since he comes by an identity provider, and came less than ten minutes ago.' })
  password?: string | null;
}

@InputType({ description: 'A code of the authenticator.' })
export class SecondFactorCodeInput {
  @MaxLength(32)
  @Field(() => String, { description: 'The six digits that the authenticator shows. Each is good once.' })
  code: string;
}

@InputType({ description: 'Taking one’s own second factor away: give one of the two.' })
export class SecondFactorDisableInput {
  @MaxLength(32)
  @Field(() => String, { nullable: true, description: 'The six digits that the authenticator shows.' })
  code?: string | null;

  @MaxLength(64)
  @Field(() => String, { nullable: true, description: 'One of the recovery codes, where the authenticator is lost.' })
  recoveryCode?: string | null;
}

@InputType({ description: 'Taking the second factor of another user away.' })
export class UserSecondFactorResetInput {
  @Field(() => ID, { description: 'Id of the user.' })
  id: string;

  @MinLength(3)
  @MaxLength(500)
  @Field(() => String, { description: 'Why, for the audit: 3 to 500 characters.' })
  reason: string;
}

@Access('authenticated')
@ObjectType({ description: 'A new authenticator, or what to put right. It is shown once.', simpleResolvers: true })
export class SecondFactorSetupPayload {
  @Field(() => String, { nullable: true, description: 'The secret in base32, to be typed where no QR code can be read.' })
  secret?: string | null;

  @Field(() => String, { nullable: true, description: '`otpauth://` address: show it as a QR code for the authenticator app.' })
  uri?: string | null;

  @Field(() => [IdentityUserError], { description: 'What to put right; empty when it was done.' })
  userErrors: UserErrorView[];
}

@Access('authenticated')
@ObjectType({ description: 'New recovery codes, or what to put right. They are shown once.', simpleResolvers: true })
export class RecoveryCodesPayload {
  @Field(() => [String], { nullable: true, description: 'Each stands in for a code of the authenticator, once: to be written down and kept apart from it.' })
  recoveryCodes?: string[] | null;

  @Field(() => [IdentityUserError], { description: 'What to put right; empty when it was done.' })
  userErrors: UserErrorView[];
}

@Access('authenticated')
@ObjectType({ description: 'The second factor as it is now, or what to put right.', simpleResolvers: true })
export class SecondFactorPayload {
  @Field(() => SecondFactorView, { nullable: true, description: 'The second factor; null when something is to be put right.' })
  secondFactor?: SecondFactorView | null;

  @Field(() => [IdentityUserError], { description: 'What to put right; empty when it was done.' })
  userErrors: UserErrorView[];
}

@Resolver(() => User)
export class SecondFactorResolver {
  constructor(private readonly secondFactors: SecondFactorService) {}

  @Access('authenticated')
  @Query(() => SecondFactorView, { description: 'One’s own second factor.' })
  secondFactor(@Ctx() scope: Scope): Promise<SecondFactorView> {
    return this.secondFactors.stateOf(scope.em, scope.actor.userId);
  }

  @Access('authenticated')
  @Mutation(() => SecondFactorSetupPayload, { description: 'Begins with an authenticator app. Nothing is asked for at sign-in until `secondFactorConfirm` has seen a code of it.' })
  secondFactorSetup(
    @Arg('input', () => SecondFactorSetupInput, { description: 'Who asks, once more.' }) { password }: SecondFactorSetupInput,
    @Ctx() scope: Scope,
  ): Promise<SecondFactorSetupPayload> {
    return answer(() => this.secondFactors.setup(scope, password));
  }

  @Access('authenticated')
  @Mutation(() => RecoveryCodesPayload, { description: 'Shows that the authenticator works: from now on a code is asked for at sign-in. Gives ten recovery codes.' })
  secondFactorConfirm(
    @Arg('input', () => SecondFactorCodeInput, { description: 'A code of the new authenticator.' }) { code }: SecondFactorCodeInput,
    @Ctx() scope: Scope,
  ): Promise<RecoveryCodesPayload> {
    return answer(async () => ({ recoveryCodes: await this.secondFactors.confirm(scope, code) }));
  }

  @Access('authenticated')
  @Mutation(() => SecondFactorPayload, { description: 'Takes one’s own second factor away.' })
  secondFactorDisable(
    @Arg('input', () => SecondFactorDisableInput, { description: 'A code that shows who asks.' }) input: SecondFactorDisableInput,
    @Ctx() scope: Scope,
  ): Promise<SecondFactorPayload> {
    return answer(async () => {
      await this.secondFactors.disable(scope, proofIn(input));
      return { secondFactor: await this.secondFactors.stateOf(scope.em, scope.actor.userId) };
    });
  }

  @Access('authenticated')
  @Mutation(() => RecoveryCodesPayload, { description: 'Makes ten new recovery codes; those from before are void.' })
  recoveryCodesRenew(
    @Arg('input', () => SecondFactorCodeInput, { description: 'A code of the authenticator.' }) { code }: SecondFactorCodeInput,
    @Ctx() scope: Scope,
  ): Promise<RecoveryCodesPayload> {
    return answer(async () => ({ recoveryCodes: await this.secondFactors.renewRecoveryCodes(scope, code) }));
  }

  @Access('users:update', 'CENTER')
  @Mutation(() => UserPayload, { description: 'Takes the second factor of another user away, when phone and recovery codes are lost. Make sure that it is he who asks. His sessions go on.' })
  userSecondFactorReset(
    @Arg('input', () => UserSecondFactorResetInput, { description: 'Whose, and why.' }) input: UserSecondFactorResetInput,
    @Ctx() scope: Scope,
  ): Promise<UserPayload> {
    return answer(async () => ({ user: await this.secondFactors.reset(scope, input) }));
  }

  @Access('authenticated')
  @FieldResolver(() => Boolean, { nullable: true, description: 'Whether a second factor is asked of him at sign-in; for himself and for holders of `users:read`.' })
  async hasSecondFactor(@Root() user: User, @Ctx() scope: Scope): Promise<boolean> {
    await seen(scope, user, true);
    const has = await scope.batch.load('second factor', user.id, async (ids) => {
      const holders = await this.secondFactors.holdersAmong(scope.em, ids);
      return new Map(ids.map((each) => [each, holders.has(each)]));
    });
    return has ?? false;
  }
}

function proofIn({ code, recoveryCode }: SecondFactorDisableInput): SecondFactorProof {
  if (code && !recoveryCode) return { code };
  if (recoveryCode && !code) return { recoveryCode };
  throw new UserError('INPUT_INVALID', 'Give a code of your authenticator, or one of your recovery codes', ['input', 'code']);
}
