import type { ObjectQuery } from '@mikro-orm/core';
import { Arg, Args, ArgsType, Ctx, Field, FieldResolver, ID, InputType, Int, Mutation, ObjectType, Query, registerEnumType, Resolver, Root } from 'type-graphql';
import { assertAllowed } from '@vss/auth';
import { Access, answer, batchById, connectionOf, ConnectionArgs, Instant, nestedPage, paginate, type Page, type Scope, type UserErrorView } from '@vss/graphql';
import { User } from '../users/index.js';
import { IdentityUserError } from '../user-error.js';
import { deviceName } from './device.rules.js';
import { Session } from './session.entity.js';
import type { SessionService } from './session.service.js';

const { Connection: SessionConnection } = connectionOf(Session, 'Session');

export enum SessionStatus {
  LIVE = 'LIVE',
  ENDED = 'ENDED',
}
registerEnumType(SessionStatus, {
  name: 'SessionStatus',
  description: 'Whether a session stands.',
  valuesConfig: { LIVE: { description: 'It stands: its refresh token gets access tokens.' }, ENDED: { description: 'It is over.' } },
});

@ArgsType()
class OwnSessionsArgs extends ConnectionArgs {
  @Field(() => SessionStatus, { nullable: true, description: 'Only those that stand, or only those that are over; all when absent.' })
  state?: SessionStatus | null;
}

@InputType({ description: 'Which sessions to list; what is given must all hold.' })
export class SessionFilter {
  @Field(() => ID, { nullable: true, description: 'Those of this user.' })
  userId?: string | null;

  @Field(() => SessionStatus, { nullable: true, description: 'Only those that stand, or only those that are over.' })
  state?: SessionStatus | null;
}

@ArgsType()
class SessionsArgs extends ConnectionArgs {
  @Field(() => SessionFilter, { nullable: true, description: 'Which sessions to list; all when absent.' })
  filter?: SessionFilter | null;
}

@InputType({ description: 'The session to take back.' })
export class SessionRevokeInput {
  @Field(() => ID, { description: 'Id of the session: one\'s own, or with `sessions:revoke` that of somebody who may do no more than oneself.' })
  id: string;
}

@InputType({ description: 'Whose sessions to take back.' })
export class SessionsRevokeAllInput {
  @Field(() => ID, { nullable: true, description: 'Id of the user; oneself when absent.' })
  userId?: string | null;

  @Field(() => Boolean, { defaultValue: false, description: 'True leaves the session of this request.' })
  exceptCurrent: boolean;
}

@Access('authenticated')
@ObjectType({ description: 'The session as it is now, or what to put right.', simpleResolvers: true })
export class SessionRevokePayload {
  @Field(() => Session, { nullable: true, description: 'The session, which is over.' })
  session?: Session | null;

  @Field(() => [IdentityUserError], { description: 'What to put right; empty when it was done.' })
  userErrors: UserErrorView[];
}

@Access('authenticated')
@ObjectType({ description: 'How many sessions were taken back, or what to put right.', simpleResolvers: true })
export class SessionsRevokeAllPayload {
  @Field(() => Int, { nullable: true, description: 'How many sessions stood and are over now.' })
  revoked?: number | null;

  @Field(() => [IdentityUserError], { description: 'What to put right; empty when it was done.' })
  userErrors: UserErrorView[];
}

/** Sessions as people look at them: where somebody is signed in, and how to end that. */
@Resolver(() => Session)
export class SessionListResolver {
  constructor(private readonly service: SessionService) {}

  @Access('authenticated')
  @Query(() => SessionConnection, { description: 'Where one is signed in, and was in the last ninety days; newest first.' })
  mySessions(@Args(() => OwnSessionsArgs) args: OwnSessionsArgs, @Ctx() scope: Scope): Promise<Page<Session>> {
    return paginate(scope.em, Session, { where: { userId: scope.actor.userId, ...stateIs(args.state, scope) }, args });
  }

  @Access('sessions:read', 'CENTER')
  @Query(() => SessionConnection, { description: 'Sessions of the users of one\'s center, newest first. Those that ended are kept for ninety days.' })
  sessions(@Args(() => SessionsArgs) args: SessionsArgs, @Ctx() scope: Scope): Promise<Page<Session>> {
    const { userId, state } = args.filter ?? {};
    return paginate(scope.em, Session, { where: { ...(userId ? { userId } : {}), ...stateIs(state, scope) }, args });
  }

  @Access('authenticated')
  @Mutation(() => SessionRevokePayload, { description: 'Ends a session: its refresh tokens are void at once, its access tokens and live streams within two seconds.' })
  sessionRevoke(@Arg('input', () => SessionRevokeInput, { description: 'The session.' }) input: SessionRevokeInput, @Ctx() scope: Scope): Promise<SessionRevokePayload> {
    return answer(async () => ({ session: await this.service.revoke(scope, input.id) }));
  }

  @Access('authenticated')
  @Mutation(() => SessionsRevokeAllPayload, { description: 'Ends the sessions of a user, of a lost phone or after a leak; others than one\'s own with `sessions:revoke`.' })
  sessionsRevokeAll(@Arg('input', () => SessionsRevokeAllInput, { description: 'Whose.' }) input: SessionsRevokeAllInput, @Ctx() scope: Scope): Promise<SessionsRevokeAllPayload> {
    return answer(async () => ({ revoked: await this.service.revokeAll(scope, { userId: input.userId ?? scope.actor.userId, exceptCurrent: input.exceptCurrent }) }));
  }

  @FieldResolver(() => User, { nullable: true, description: 'Who signed in.' })
  user(@Root() session: Session, @Ctx() scope: Scope): Promise<User | null> {
    return batchById(scope, User)(session.userId);
  }

  @FieldResolver(() => String, { description: 'What it was signed in with, as its program says of itself: `Firefox 140 on Windows`.' })
  device(@Root() session: Session): string {
    return deviceName(session.device);
  }

  @FieldResolver(() => Instant, { description: 'When it ends unless it is used before: an idle session ends, and each at its age.' })
  expiresAt(@Root() session: Session): Date {
    return session.idleExpiresAt;
  }

  @FieldResolver(() => Boolean, { description: 'Whether this request was made by it.' })
  current(@Root() session: Session, @Ctx() scope: Scope): boolean {
    return session.id === scope.actor.sessionId;
  }
}

@Resolver(() => User)
export class UserSessionsResolver {
  @Access('authenticated')
  @FieldResolver(() => SessionConnection, { nullable: true, description: 'Where he is signed in, and was, newest first; for himself and for those with `sessions:read`.' })
  sessions(@Root() user: User, @Args(() => OwnSessionsArgs) args: OwnSessionsArgs, @Ctx() scope: Scope): Promise<Page<Session>> {
    if (scope.actor.userId !== user.id) assertAllowed(scope.actor, 'sessions:read', 'CENTER');
    return nestedPage(scope, Session, 'userId', user.id, { where: stateIs(args.state, scope), args });
  }
}

function stateIs(state: SessionStatus | null | undefined, { now }: Scope): ObjectQuery<Session> {
  if (state === SessionStatus.LIVE) return { endedAt: null, idleExpiresAt: { $gt: now() } };
  if (state === SessionStatus.ENDED) return { $or: [{ endedAt: { $ne: null } }, { idleExpiresAt: { $lte: now() } }] };
  return {};
}
