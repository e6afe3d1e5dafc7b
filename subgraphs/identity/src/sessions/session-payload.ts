import { Field, ID, ObjectType, registerEnumType } from 'type-graphql';
import { Access, Instant, type UserErrorView } from '@vss/graphql';
import { IdentityUserError } from '../user-error.js';

// Apart from User and Role, whose fields ask for rights: while signing in nobody has any yet. What stands here the
// access token beside it says as well.
@Access('public')
@ObjectType({ description: 'The role of who signed in.', simpleResolvers: true })
export class SessionRole {
  @Field(() => ID, { description: 'Id of the role.' })
  id: string;

  @Field(() => String, { description: 'Name of the role, e.g. `operator`.' })
  name: string;

  @Field(() => String, { description: 'What the role is for.' })
  description: string;
}

@Access('public')
@ObjectType({ description: 'Who signed in. More of him is at `me`.', simpleResolvers: true })
export class SessionUser {
  @Field(() => ID, { description: 'Id of the user.' })
  id: string;

  @Field(() => String, { description: 'Name that he signs in with.' })
  username: string;

  @Field(() => String, { description: 'Name that people call him by.' })
  displayName: string;

  @Field(() => String, { description: 'Email address.' })
  email: string;

  @Field(() => SessionRole, { description: 'His role.' })
  role: SessionRole;
}

export enum ChallengeKind {
  SECOND_FACTOR = 'SECOND_FACTOR',
  PASSWORD_CHANGE = 'PASSWORD_CHANGE',
}
registerEnumType(ChallengeKind, {
  name: 'SignInChallengeKind',
  description: 'What is still needed to sign in.',
  valuesConfig: {
    SECOND_FACTOR: { description: 'A code of the authenticator, or a recovery code.' },
    PASSWORD_CHANGE: { description: 'A password of the user’s own choice: the one he came with was chosen by somebody else.' },
  },
});

/** A challenge as its client gets it: the token is known nowhere else. */
@Access('public')
@ObjectType({ description: 'What is still needed to sign in. Answer it with `loginContinue`.', simpleResolvers: true })
export class SignInChallenge {
  @Field(() => ChallengeKind, { description: 'What is needed.' })
  kind: ChallengeKind;

  @Field(() => String, { description: 'Give it to `loginContinue`. It opens nothing else, and counts once.' })
  token: string;

  @Field(() => Instant, { description: 'When it is of no use any more: sign in anew then.' })
  expiresAt: Date;
}

@Access('public')
@ObjectType({ description: 'Tokens of a session, or what is still needed, or why there are none.', simpleResolvers: true })
export class SessionPayload {
  @Field(() => String, { nullable: true, description: 'Send it as `Authorization: Bearer …`. Good for ten minutes.' })
  accessToken?: string | null;

  @Field(() => String, { nullable: true, description: 'Gets the next access token, once. Null in a browser that asked for a cookie.' })
  refreshToken?: string | null;

  @Field(() => Instant, { nullable: true, description: 'When the access token ends.' })
  expiresAt?: Date | null;

  @Field(() => SessionUser, { nullable: true, description: 'Who signed in.' })
  user?: SessionUser | null;

  @Field(() => SignInChallenge, { nullable: true, description: 'What is still needed: then there are no tokens yet. Null once signed in.' })
  challenge?: SignInChallenge | null;

  @Field(() => String, { nullable: true, description: 'Shows at later sign-ins that this user signed in on this device before. It opens nothing; keep it, also after signing out. Null where nobody signed in anew.' })
  deviceToken?: string | null;

  @Field(() => [IdentityUserError], { description: 'What to put right; empty when it was done.' })
  userErrors: UserErrorView[];
}
