import { MaxLength } from 'class-validator';
import { Arg, Ctx, Field, InputType, Mutation, Resolver } from 'type-graphql';
import { Access, answer, type Scope } from '@vss/graphql';
import { clientOf, SessionPayload, type HandOver } from '../sessions/index.js';
import type { ChallengeService } from './challenge.service.js';
import type { SignedIn, SignInService } from './sign-in.service.js';

const DEVICE_TOKEN = 'What an earlier sign-in on this device gave as `deviceToken`. With it, wrong passwords that strangers try from the same address do not make one wait.';

@InputType({ description: 'Who signs in.' })
export class LoginInput {
  @MaxLength(1024)
  @Field(() => String, { description: 'User name, in any case.' })
  username: string;

  @MaxLength(1024)
  @Field(() => String, { description: 'Password.' })
  password: string;

  @MaxLength(200)
  @Field(() => String, { nullable: true, description: DEVICE_TOKEN })
  deviceToken?: string | null;
}

@InputType({ description: 'The answer to a challenge: its token, and what its kind asks for.' })
export class LoginContinueInput {
  @MaxLength(200)
  @Field(() => String, { description: 'Token of the challenge.' })
  challenge: string;

  @MaxLength(32)
  @Field(() => String, { nullable: true, description: 'For SECOND_FACTOR: the six digits that the authenticator shows.' })
  code?: string | null;

  @MaxLength(64)
  @Field(() => String, { nullable: true, description: 'For SECOND_FACTOR, in place of `code`: one of the recovery codes.' })
  recoveryCode?: string | null;

  @MaxLength(1024)
  @Field(() => String, { nullable: true, description: 'For PASSWORD_CHANGE: at least 10 characters, not a common one, without the user name, and another than before.' })
  newPassword?: string | null;

  @MaxLength(200)
  @Field(() => String, { nullable: true, description: DEVICE_TOKEN })
  deviceToken?: string | null;
}

/** What a client is told of who was let in, or what is still asked of him. */
export const payloadOf = (handOver: HandOver, scope: Scope, signedIn: SignedIn): Omit<SessionPayload, 'userErrors'> =>
  'challenge' in signedIn ? { challenge: signedIn.challenge } : { ...handOver.give(scope, signedIn.tokens), deviceToken: signedIn.deviceToken };

@Resolver()
export class SignInResolver {
  constructor(
    private readonly signIn: SignInService,
    private readonly challenges: ChallengeService,
    private readonly handOver: HandOver,
  ) {}

  @Access('public')
  @Mutation(() => SessionPayload, {
    description:
      'Signs in, or gives a `challenge` where a second factor or a new password is needed first. A wrong name and a wrong password are answered alike; after five of them one has to wait.',
  })
  login(@Arg('input', () => LoginInput, { description: 'Who signs in.' }) input: LoginInput, @Ctx() scope: Scope): Promise<SessionPayload> {
    return answer(async () => payloadOf(this.handOver, scope, await this.signIn.signIn(input, clientOf(scope))));
  }

  @Access('public')
  @Mutation(() => SessionPayload, { description: 'Goes on with a sign-in: answers its challenge, and signs in or gets the next one.' })
  loginContinue(@Arg('input', () => LoginContinueInput, { description: 'The answer.' }) input: LoginContinueInput, @Ctx() scope: Scope): Promise<SessionPayload> {
    return answer(async () => payloadOf(this.handOver, scope, await this.challenges.goOn(input, clientOf(scope))));
  }
}
