import { MaxLength } from 'class-validator';
import { ArgsType, Field, ID, InputType, ObjectType, registerEnumType } from 'type-graphql';
import { Access, connectionOf, ConnectionArgs, Instant, type UserErrorView } from '@vss/graphql';
import { IdentityUserError } from '../user-error.js';
import { NewUserInput, User } from '../users/index.js';
import { Invitation, InvitationPurpose } from './invitation.entity.js';
import { InvitationState } from './invitation.rules.js';

registerEnumType(InvitationState, {
  name: 'InvitationState',
  description: 'What became of a one-time link.',
  valuesConfig: {
    PENDING: { description: 'It can be used.' },
    ACCEPTED: { description: 'It was used.' },
    REVOKED: { description: 'It was taken back, or another took its place.' },
    EXPIRED: { description: 'Its time is over.' },
  },
});

export const { Connection: InvitationConnection, Edge: InvitationEdge } = connectionOf(Invitation, 'Invitation');

@InputType({ description: 'Which invitations to list; what is given must all hold.' })
export class InvitationFilter {
  @Field(() => InvitationState, { nullable: true, description: 'What became of them.' })
  state?: InvitationState | null;

  @Field(() => InvitationPurpose, { nullable: true, description: 'What they are for.' })
  purpose?: InvitationPurpose | null;

  @Field(() => ID, { nullable: true, description: 'Those of this user.' })
  userId?: string | null;
}

@ArgsType()
export class InvitationsArgs extends ConnectionArgs {
  @Field(() => InvitationFilter, { nullable: true, description: 'Which invitations to list; all when absent.' })
  filter?: InvitationFilter | null;
}

@InputType({ description: 'Somebody to be invited. His center is that of the one who invites him; his password he chooses himself.' })
export class UserInviteInput extends NewUserInput {}

@InputType({ description: 'Whose password is lost.' })
export class UserPasswordResetInput {
  @Field(() => ID, { description: 'Id of the user.' })
  id: string;
}

@InputType({ description: 'The invitation to be taken back.' })
export class InvitationRevokeInput {
  @Field(() => ID, { description: 'Id of the invitation.' })
  id: string;
}

@InputType({ description: 'The use of a one-time link.' })
export class InvitationAcceptInput {
  @MaxLength(200)
  @Field(() => String, { description: 'The token that the link carries.' })
  token: string;

  @MaxLength(1024)
  @Field(() => String, { description: 'The password of one\'s own choice: at least 10 characters, not a common one, without the user name.' })
  password: string;

  @MaxLength(1024)
  @Field(() => String, { nullable: true, description: 'Name that people call one by; as the invitation says when absent. Only where the link is to join.' })
  displayName?: string | null;
}

@Access('authenticated')
@ObjectType({ description: 'The link that was made, or what to put right.', simpleResolvers: true })
export class InvitationPayload {
  @Field(() => User, { nullable: true, description: 'Whom it is for; null when something is to be put right.' })
  user?: User | null;

  @Field(() => Invitation, { nullable: true, description: 'The invitation; null when something is to be put right.' })
  invitation?: Invitation | null;

  @Field(() => String, { nullable: true, description: 'The token for the link, shown this once: hand it to the user yourself, over a way that is his alone. Null where none was made.' })
  token?: string | null;

  @Field(() => [IdentityUserError], { description: 'What to put right; empty when it was done.' })
  userErrors: UserErrorView[];
}

@Access('public')
@ObjectType({ description: 'What the holder of a one-time link is shown before he uses it.', simpleResolvers: true })
export class InvitationPreview {
  @Field(() => InvitationPurpose, { description: 'What the link is for.' })
  purpose: InvitationPurpose;

  @Field(() => String, { description: 'Name to sign in with from then on.' })
  username: string;

  @Field(() => String, { description: 'Name that people call him by.' })
  displayName: string;

  @Field(() => Instant, { description: 'When the link is of no use any more.' })
  expiresAt: Date;
}
