import { MaxLength } from 'class-validator';
import { Arg, Ctx, Field, InputType, Mutation, Resolver } from 'type-graphql';
import { Access, answer, type Scope } from '@vss/graphql';
import type { PasswordChangeService } from './password-change.service.js';
import { UserPayload } from './user.types.js';

@InputType({ description: 'A new password of one\'s own choice.' })
export class PasswordChangeInput {
  @MaxLength(1024)
  @Field(() => String, { nullable: true, description: 'The password as it is; absent for who has none, since he signs in with an identity provider.' })
  currentPassword?: string | null;

  @MaxLength(1024)
  @Field(() => String, { description: 'At least 10 characters, not a common one, without the user name, and another than before.' })
  newPassword: string;
}

@Resolver()
export class PasswordChangeResolver {
  constructor(private readonly passwords: PasswordChangeService) {}

  @Access('authenticated')
  @Mutation(() => UserPayload, { description: 'Changes one\'s own password, and ends all sessions but this one.' })
  passwordChange(@Arg('input', () => PasswordChangeInput, { description: 'The passwords.' }) input: PasswordChangeInput, @Ctx() scope: Scope): Promise<UserPayload> {
    return answer(async () => ({ user: await this.passwords.change(scope, input) }));
  }
}
