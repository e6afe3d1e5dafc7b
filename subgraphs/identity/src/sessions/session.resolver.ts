import { MaxLength } from 'class-validator';
import { Arg, Ctx, Field, ID, InputType, Int, Mutation, ObjectType, Query, Resolver } from 'type-graphql';
import { Access, answer, Instant, type Scope, type UserErrorView } from '@vss/graphql';
import { AppError, systemNow, UserError, type Now } from '@vss/runtime';
import { Grant } from '../roles/index.js';
import { IdentityUserError } from '../user-error.js';
import { clearedRefreshCookie, refreshCookie } from './refresh-cookie.js';
import type { Client, IssuedTokens, SessionService } from './session.service.js';

@InputType({ description: 'Who signs in.' })
export class LoginInput {
  @MaxLength(1024)
  @Field(() => String, { description: 'User name, in any case.' })
  username: string;

  @MaxLength(1024)
  @Field(() => String, { description: 'Password.' })
  password: string;
}

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

@Access('public')
@ObjectType({ description: 'Tokens of a session, or why there are none.', simpleResolvers: true })
export class SessionPayload {
  @Field(() => String, { nullable: true, description: 'Send it as `Authorization: Bearer …`. Good for ten minutes.' })
  accessToken?: string | null;

  @Field(() => String, { nullable: true, description: 'Gets the next access token, once. Null in a browser that asked for a cookie.' })
  refreshToken?: string | null;

  @Field(() => Instant, { nullable: true, description: 'When the access token ends.' })
  expiresAt?: Date | null;

  @Field(() => SessionUser, { nullable: true, description: 'Who signed in.' })
  user?: SessionUser | null;

  @Field(() => [IdentityUserError], { description: 'What to put right; empty when it was done.' })
  userErrors: UserErrorView[];
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

  @Field(() => [Grant], { description: 'What the role comes to now.' })
  grants: Grant[];
}

/** More are asked for in parts. */
const MOST_STATES = 1_000;

interface Deps {
  readonly sessions: SessionService;
  /** Whether browsers reach the gateway over HTTPS alone. */
  readonly secureCookie: boolean;
  readonly now?: Now;
}

const clientOf = ({ traceId, request }: Scope): Client => ({ traceId, address: request.address, userAgent: request.userAgent });

/** The cookie counts only together with the header that asks for it: a foreign site can send neither, an old browser perhaps the cookie. */
const cookieOf = ({ request }: Scope): string | undefined => (request.wantsCookie ? request.refreshCookie || undefined : undefined);

@Resolver()
export class SessionResolver {
  private readonly sessions: SessionService;
  private readonly secure: boolean;
  private readonly now: Now;

  constructor({ sessions, secureCookie, now = systemNow }: Deps) {
    this.sessions = sessions;
    this.secure = secureCookie;
    this.now = now;
  }

  @Access('sessions:confirm', 'ALL')
  @Query(() => [SessionStateView], { description: 'Those of the sessions that hold. For gateways that cannot hear which have ended.' })
  async sessionStates(@Arg('ids', () => [ID], { description: 'Ids of the sessions.' }) ids: string[]): Promise<SessionStateView[]> {
    if (ids.length > MOST_STATES) throw new AppError('BAD_USER_INPUT', `At most ${MOST_STATES} sessions at once`);
    return (await this.sessions.statesOf(ids)).map(({ id, role: { name, permissionVersion, grants } }) => ({ id, role: name, permissionVersion, grants: grants.map((grant) => ({ ...grant, actions: [...grant.actions] })) }));
  }

  @Access('public')
  @Mutation(() => SessionPayload, { description: 'Signs in. A wrong name and a wrong password are answered alike; after five of them one has to wait.' })
  login(@Arg('input', () => LoginInput, { description: 'Who signs in.' }) input: LoginInput, @Ctx() scope: Scope): Promise<SessionPayload> {
    return answer(async () => this.handOver(scope, await this.sessions.signIn(input, clientOf(scope))));
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
        return this.handOver(scope, await this.sessions.refresh(token, clientOf(scope)));
      } catch (error) {
        if (error instanceof UserError && scope.request.wantsCookie) scope.reply.setCookie(clearedRefreshCookie(this.secure));
        throw error;
      }
    });
  }

  @Access('public')
  @Mutation(() => LogoutPayload, { description: 'Ends the session: its refresh tokens are void at once, its access token ends by itself.' })
  logout(
    @Arg('input', () => LogoutInput, { nullable: true, description: 'The session; absent, that of the request.' }) input: LogoutInput | null,
    @Ctx() scope: Scope,
  ): Promise<LogoutPayload> {
    return answer(async () => {
      const refreshToken = input?.refreshToken ?? cookieOf(scope);
      if (scope.request.wantsCookie) scope.reply.setCookie(clearedRefreshCookie(this.secure));
      return { ended: await this.sessions.logout({ refreshToken, actor: scope.actor }, clientOf(scope)) };
    });
  }

  private handOver(scope: Scope, { accessToken, expiresAt, refreshToken, refreshExpiresAt, user, role }: IssuedTokens) {
    const { wantsCookie } = scope.request;
    if (wantsCookie) scope.reply.setCookie(refreshCookie(refreshToken, { maxAgeSeconds: (refreshExpiresAt.getTime() - this.now().getTime()) / 1000, secure: this.secure }));
    const { id, username, displayName, email } = user;
    return { accessToken, expiresAt, refreshToken: wantsCookie ? null : refreshToken, user: { id, username, displayName, email, role } };
  }
}
