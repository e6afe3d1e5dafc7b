import { MaxLength } from 'class-validator';
import { Arg, Ctx, Field, ID, InputType, Int, Mutation, ObjectType, Query, Resolver } from 'type-graphql';
import { Access, answer, JsonScalar, type Scope, type UserErrorView } from '@vss/graphql';
import { AppError, UserError } from '@vss/runtime';
import { IdentityUserError } from '../user-error.js';
import { clientOf, cookieOf, type HandOver } from './hand-over.js';
import { SessionPayload } from './session-payload.js';
import type { SessionService } from './session.service.js';

@InputType({ description: 'The session to go on with.' })
export class SessionRefreshInput {
  @MaxLength(1024)
  @Field(() => String, { nullable: true, description: 'The newest refresh token; absent in a browser, where it is taken from the cookie.' })
  refreshToken?: string | null;
}

@InputType({ description: 'The session to end.' })
export class LogoutInput {
  @MaxLength(1024)
  @Field(() => String, { nullable: true, description: 'A refresh token of the session; absent, the cookie is taken, then the access token of the request.' })
  refreshToken?: string | null;
}

@Access('public')
@ObjectType({ description: 'Outcome of signing out.', simpleResolvers: true })
export class LogoutPayload {
  @Field(() => Boolean, { nullable: true, description: 'True when a session was ended now; false when there was none, or it had ended before.' })
  ended?: boolean | null;

  @Field(() => [IdentityUserError], { description: 'What to put right; empty when it was done.' })
  userErrors: UserErrorView[];
}

@Access('sessions:confirm')
@ObjectType('SessionState', { description: 'A session that holds, and what its user may do now.', simpleResolvers: true })
export class SessionStateView {
  @Field(() => ID, { description: 'Id of the session.' })
  id: string;

  @Field(() => String, { description: 'Name of the role that the user has now.' })
  role: string;

  @Field(() => Int, { description: 'Grows with every change of the role; tokens from before tell a smaller one.' })
  permissionVersion: number;

  @Field(() => Int, { description: 'Grows with every change of what is the user\'s own: teams and temporary grants.' })
  rightsVersion: number;

  @Field(() => [ID], { description: 'Teams that the user is in now.' })
  teamIds: string[];

  @Field(() => JsonScalar, { description: 'What the user may do now, in the form that tokens carry: `{allow, deny, conditions}`.' })
  rights: Record<string, unknown>;
}

/** More are asked for in parts. */
const MOST_STATES = 1_000;

@Resolver()
export class SessionResolver {
  constructor(
    private readonly sessions: SessionService,
    private readonly handOver: HandOver,
  ) {}

  @Access('sessions:confirm', 'ALL')
  @Query(() => [SessionStateView], { description: 'Those of the sessions that hold. For gateways that cannot hear which have ended.' })
  async sessionStates(@Arg('ids', () => [ID], { description: 'Ids of the sessions.' }) ids: string[]): Promise<SessionStateView[]> {
    if (ids.length > MOST_STATES) throw new AppError('BAD_USER_INPUT', `At most ${MOST_STATES} sessions at once`);
    return (await this.sessions.statesOf(ids)).map(({ id, rights: { role, permissionVersion, rightsVersion, teamIds, grants } }) => ({ id, role: role.name, permissionVersion, rightsVersion, teamIds: [...teamIds], rights: { ...grants } }));
  }

  @Access('public')
  @Mutation(() => SessionPayload, {
    description:
      'Gets a new access token and a new refresh token. For ten seconds the old one gets the same successor again, as long as that is unused; later it ends the session.',
  })
  sessionRefresh(
    @Arg('input', () => SessionRefreshInput, { nullable: true, description: 'The session; absent in a browser.' }) input: SessionRefreshInput | null,
    @Ctx() scope: Scope,
  ): Promise<SessionPayload> {
    return answer(async () => {
      const token = input?.refreshToken ?? cookieOf(scope);
      if (!token) throw new UserError('REFRESH_TOKEN_INVALID', 'No refresh token was given: sign in', ['input', 'refreshToken']);
      try {
        return this.handOver.give(scope, await this.sessions.refresh(token, clientOf(scope)));
      } catch (error) {
        if (error instanceof UserError) this.handOver.takeBack(scope);
        throw error;
      }
    });
  }

  @Access('public')
  @Mutation(() => LogoutPayload, { description: 'Ends the session: its refresh tokens are void at once, its access tokens and live streams within two seconds.' })
  logout(
    @Arg('input', () => LogoutInput, { nullable: true, description: 'The session; absent, that of the request.' }) input: LogoutInput | null,
    @Ctx() scope: Scope,
  ): Promise<LogoutPayload> {
    return answer(async () => {
      const refreshToken = input?.refreshToken ?? cookieOf(scope);
      this.handOver.takeBack(scope);
      return { ended: await this.sessions.logout({ refreshToken, actor: scope.actor }, clientOf(scope)) };
    });
  }
}
