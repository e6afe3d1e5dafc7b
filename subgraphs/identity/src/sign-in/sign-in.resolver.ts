import { MaxLength } from 'class-validator';
import { Arg, Ctx, Field, InputType, Mutation, Resolver } from 'type-graphql';
import { Access, answer, type Scope } from '@vss/graphql';
import { clientOf, SessionPayload, type HandOver } from '../sessions/index.js';
import type { SignInService } from './sign-in.service.js';

@InputType({ description: 'Who signs in.' })
export class LoginInput {
  @MaxLength(1024)
  @Field(() => String, { description: 'User name, in any case.' })
  username: string;

  @MaxLength(1024)
  @Field(() => String, { description: 'Password.' })
  password: string;
}

@Resolver()
export class SignInResolver {
  constructor(
    private readonly signIn: SignInService,
    private readonly handOver: HandOver,
  ) {}

  @Access('public')
  @Mutation(() => SessionPayload, { description: 'Signs in. A wrong name and a wrong password are answered alike; after five of them one has to wait.' })
  login(@Arg('input', () => LoginInput, { description: 'Who signs in.' }) input: LoginInput, @Ctx() scope: Scope): Promise<SessionPayload> {
    return answer(async () => this.handOver.give(scope, await this.signIn.signIn(input, clientOf(scope))));
  }
}
