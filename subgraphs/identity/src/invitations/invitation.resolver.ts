import { MaxLength } from 'class-validator';
import type { FilterQuery } from '@mikro-orm/core';
import { Arg, Args, ArgsType, Ctx, Field, FieldResolver, Mutation, Query, Resolver, Root } from 'type-graphql';
import { Access, answer, batchById, paginate, type Page, type Scope } from '@vss/graphql';
import { clientOf, SessionPayload, type HandOver } from '../sessions/index.js';
import { payloadOf } from '../sign-in/index.js';
import { User } from '../users/index.js';
import type { AcceptanceService } from './acceptance.service.js';
import { Invitation } from './invitation.entity.js';
import { InvitationState, stateOfInvitation } from './invitation.rules.js';
import type { InvitationService } from './invitation.service.js';
import { InvitationAcceptInput, InvitationConnection, InvitationPayload, InvitationPreview, InvitationRevokeInput, InvitationsArgs, UserInviteInput, UserPasswordResetInput, type InvitationFilter } from './invitation.types.js';

@ArgsType()
class PreviewArgs {
  @MaxLength(200)
  @Field(() => String, { description: 'The token that the link carries.' })
  token: string;
}

@Resolver(() => Invitation)
export class InvitationResolver {
  constructor(
    private readonly invitations: InvitationService,
    private readonly acceptance: AcceptanceService,
    private readonly handOver: HandOver,
  ) {}

  @Access('users:read', 'CENTER')
  @Query(() => InvitationConnection, { name: 'invitations', description: 'One-time links of one\'s center, newest first.' })
  list(@Args(() => InvitationsArgs) args: InvitationsArgs, @Ctx() { em, now }: Scope): Promise<Page<Invitation>> {
    return paginate(em, Invitation, { where: whereOf(args.filter ?? {}, now()), args });
  }

  @Access('public')
  @Query(() => InvitationPreview, { nullable: true, description: 'What the link with this token is for, and whose it is; null where it opens nothing.' })
  async invitationPreview(@Args(() => PreviewArgs) { token }: PreviewArgs): Promise<InvitationPreview | null> {
    return (await this.acceptance.preview(token)) ?? null;
  }

  @Access('users:create', 'CENTER')
  @Mutation(() => InvitationPayload, { description: 'Makes a user who chooses his own password by a one-time link, good for 72 hours. Nothing is sent: hand him the link yourself.' })
  userInvite(@Arg('input', () => UserInviteInput, { description: 'Who is invited.' }) input: UserInviteInput, @Ctx() scope: Scope): Promise<InvitationPayload> {
    return answer(() => this.invitations.invite(scope, input));
  }

  @Access('users:update', 'CENTER')
  @Mutation(() => InvitationPayload, {
    description:
      'Makes a one-time link, good for 24 hours, by which a user chooses another password; for one who was invited and has not come, a new invitation. An older link is void at once; his password and sessions stay until he uses it. Nothing is sent: hand him the link yourself.',
  })
  userPasswordReset(@Arg('input', () => UserPasswordResetInput, { description: 'Whose.' }) input: UserPasswordResetInput, @Ctx() scope: Scope): Promise<InvitationPayload> {
    return answer(() => this.invitations.renew(scope, input));
  }

  @Access('users:update', 'CENTER')
  @Mutation(() => InvitationPayload, { description: 'Takes a one-time link back: from now on it opens nothing.' })
  invitationRevoke(@Arg('input', () => InvitationRevokeInput, { description: 'Which.' }) input: InvitationRevokeInput, @Ctx() scope: Scope): Promise<InvitationPayload> {
    return answer(() => this.invitations.revoke(scope, input));
  }

  @Access('public')
  @Mutation(() => SessionPayload, { description: 'Uses a one-time link: chooses the password and signs in, by the same steps as `login`. In place of a lost password, it ends all sessions there were.' })
  invitationAccept(@Arg('input', () => InvitationAcceptInput, { description: 'The link and the password.' }) input: InvitationAcceptInput, @Ctx() scope: Scope): Promise<SessionPayload> {
    return answer(async () => payloadOf(this.handOver, scope, await this.acceptance.accept(input, clientOf(scope))));
  }

  @FieldResolver(() => InvitationState, { description: 'What became of it.' })
  state(@Root() invitation: Invitation, @Ctx() { now }: Scope): InvitationState {
    return stateOfInvitation(invitation, now());
  }

  @FieldResolver(() => User, { nullable: true, description: 'Whom it is for.' })
  user(@Root() invitation: Invitation, @Ctx() scope: Scope): Promise<User | null> {
    return batchById(scope, User)(invitation.userId);
  }

  @FieldResolver(() => User, { nullable: true, description: 'Who made it.' })
  createdBy(@Root() invitation: Invitation, @Ctx() scope: Scope): Promise<User | null> {
    return batchById(scope, User)(invitation.createdBy);
  }
}

function whereOf({ state, purpose, userId }: InvitationFilter, at: Date): FilterQuery<Invitation> {
  const open = { acceptedAt: null, revokedAt: null };
  const byState = {
    [InvitationState.PENDING]: { ...open, expiresAt: { $gt: at } },
    [InvitationState.EXPIRED]: { ...open, expiresAt: { $lte: at } },
    [InvitationState.ACCEPTED]: { acceptedAt: { $ne: null } },
    [InvitationState.REVOKED]: { revokedAt: { $ne: null } },
  };
  return { ...(state ? byState[state] : {}), ...(purpose ? { purpose } : {}), ...(userId ? { userId } : {}) };
}
