import { MaxLength } from 'class-validator';
import { Arg, Ctx, Field, ID, InputType, Mutation, ObjectType, Query, Resolver } from 'type-graphql';
import { Access, answer, type Scope, type UserErrorView } from '@vss/graphql';
import { clientOf, SessionPayload, type HandOver } from '../sessions/index.js';
import { payloadOf } from '../sign-in/index.js';
import { IdentityUserError } from '../user-error.js';
import { ExternalIdentity } from './external-identity.entity.js';
import type { OidcService } from './oidc.service.js';

@Access('public')
@ObjectType('OidcProvider', { description: 'An identity provider that one can sign in with.', simpleResolvers: true })
export class OidcProviderView {
  @Field(() => ID, { description: 'Give it to `oidcStart`.' })
  id: string;

  @Field(() => String, { description: 'What people know it by: for the button.' })
  name: string;
}

@InputType({ description: 'With which provider, and where to go on.' })
export class OidcStartInput {
  @MaxLength(64)
  @Field(() => String, { description: 'Id of the provider.' })
  provider: string;

  @MaxLength(1024)
  @Field(() => String, { description: 'Page of the client that the provider sends the browser back to, with `code` and `state`. One of those that the installation allows.' })
  redirectUri: string;
}

@InputType({ description: 'With which provider, where to go on, and who asks.' })
export class ExternalIdentityStartInput extends OidcStartInput {
  @MaxLength(1024)
  @Field(() => String, { nullable: true, description: 'One’s password once more; absent for who has none, since he comes by an identity provider, and came less than ten minutes ago.' })
  password?: string | null;
}

@InputType({ description: 'What the provider sent back with the browser, and what the browser kept.' })
export class OidcFinishInput {
  @MaxLength(4096)
  @Field(() => String, { description: 'What `oidcStart` gave. From where this browser kept it, never from the address.' })
  loginToken: string;

  @MaxLength(4096)
  @Field(() => String, { description: '`code` in the address.' })
  code: string;

  @MaxLength(1024)
  @Field(() => String, { description: '`state` in the address.' })
  state: string;

  @MaxLength(1024)
  @Field(() => String, { nullable: true, description: '`iss` in the address, where it stands there.' })
  iss?: string | null;

  @MaxLength(200)
  @Field(() => String, { nullable: true, description: 'What an earlier sign-in on this device gave as `deviceToken`.' })
  deviceToken?: string | null;
}

@InputType({ description: 'A tie to an account at a provider.' })
export class ExternalIdentityRemoveInput {
  @Field(() => ID, { description: 'Id of the tie.' })
  id: string;
}

@Access('public')
@ObjectType({ description: 'Where to send the browser, or what to put right.', simpleResolvers: true })
export class OidcStartPayload {
  @Field(() => String, { nullable: true, description: 'Address at the provider.' })
  authorizationUrl?: string | null;

  @Field(() => String, { nullable: true, description: 'Keep it in this browser (`sessionStorage`) for `oidcFinish`: it shows that whoever comes back is who went. Good for ten minutes.' })
  loginToken?: string | null;

  @Field(() => [IdentityUserError], { description: 'What to put right; empty when it was done.' })
  userErrors: UserErrorView[];
}

@Access('authenticated')
@ObjectType({ description: 'The accounts at providers that open one’s own, or what to put right.', simpleResolvers: true })
export class ExternalIdentitiesPayload {
  @Field(() => [ExternalIdentity], { nullable: true, description: 'All of them as they are now; null when something is to be put right.' })
  externalIdentities?: ExternalIdentity[] | null;

  @Field(() => [IdentityUserError], { description: 'What to put right; empty when it was done.' })
  userErrors: UserErrorView[];
}

@Resolver()
export class OidcResolver {
  constructor(
    private readonly oidc: OidcService,
    private readonly handOver: HandOver,
  ) {}

  @Access('public')
  @Query(() => [OidcProviderView], { description: 'The identity providers that one can sign in with; at most 20.' })
  oidcProviders(): OidcProviderView[] {
    return this.oidc.providers();
  }

  @Access('authenticated')
  @Query(() => [ExternalIdentity], { description: 'The accounts at identity providers that open one’s own; at most 100.' })
  externalIdentities(@Ctx() scope: Scope): Promise<ExternalIdentity[]> {
    return this.oidc.identitiesOf(scope.em, scope.actor.userId);
  }

  @Access('public')
  @Mutation(() => OidcStartPayload, { description: 'Begins to sign in with a provider: send the browser to `authorizationUrl`.' })
  oidcStart(@Arg('input', () => OidcStartInput, { description: 'With which provider.' }) input: OidcStartInput): Promise<OidcStartPayload> {
    return answer(() => this.oidc.start(input));
  }

  @Access('public')
  @Mutation(() => SessionPayload, { description: 'Finishes to sign in with a provider, once: signs in, or gives a `challenge` where a second factor is needed.' })
  oidcFinish(@Arg('input', () => OidcFinishInput, { description: 'What came back.' }) input: OidcFinishInput, @Ctx() scope: Scope): Promise<SessionPayload> {
    return answer(async () => payloadOf(this.handOver, scope, await this.oidc.signIn(input, clientOf(scope))));
  }

  @Access('authenticated')
  @Mutation(() => OidcStartPayload, { description: 'Begins to tie an account at a provider to one’s own; goes on as `oidcStart`, and ends with `externalIdentityAdd`.' })
  externalIdentityStart(@Arg('input', () => ExternalIdentityStartInput, { description: 'With which provider.' }) input: ExternalIdentityStartInput, @Ctx() scope: Scope): Promise<OidcStartPayload> {
    return answer(() => this.oidc.startLink(scope, input));
  }

  @Access('authenticated')
  @Mutation(() => ExternalIdentitiesPayload, { description: 'Ties the account at the provider to one’s own: from now on one can sign in with it.' })
  externalIdentityAdd(@Arg('input', () => OidcFinishInput, { description: 'What came back.' }) input: OidcFinishInput, @Ctx() scope: Scope): Promise<ExternalIdentitiesPayload> {
    return answer(async () => {
      await this.oidc.link(scope, input, clientOf(scope));
      return { externalIdentities: await this.oidc.identitiesOf(scope.em, scope.actor.userId) };
    });
  }

  @Access('authenticated')
  @Mutation(() => ExternalIdentitiesPayload, { description: 'Takes the tie to an account at a provider away, where another way in is left.' })
  externalIdentityRemove(
    @Arg('input', () => ExternalIdentityRemoveInput, { description: 'Which tie.' }) { id }: ExternalIdentityRemoveInput,
    @Ctx() scope: Scope,
  ): Promise<ExternalIdentitiesPayload> {
    return answer(async () => {
      await this.oidc.unlink(scope, id, clientOf(scope));
      return { externalIdentities: await this.oidc.identitiesOf(scope.em, scope.actor.userId) };
    });
  }
}
