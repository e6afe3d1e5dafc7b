import { MaxLength } from 'class-validator';
import { Args, ArgsType, Ctx, Directive, Field, ObjectType, Query, Resolver } from 'type-graphql';
import { Access, Instant, type Scope } from '@vss/graphql';
import type { KeyRefusal, KeySessions } from './api-key.sessions.js';

@ArgsType()
class ApiKeyPassArgs {
  @MaxLength(200)
  @Field(() => String, { description: 'The whole key, as a client presented it.' })
  key: string;

  @MaxLength(100)
  @Field(() => String, { description: 'Network address of the client.' })
  address: string;
}

@Directive('@inaccessible')
@Access('sessions:confirm')
@ObjectType({ description: 'What a gateway lets the holder of a key in by.', simpleResolvers: true })
export class ApiKeyPass {
  @Field(() => String, { nullable: true, description: 'Access token that says what the key may do now; null where it opens nothing.' })
  accessToken: string | null;

  @Field(() => Instant, { nullable: true, description: 'When the secret that was presented is over; null where it opens nothing.' })
  endsAt: Date | null;

  @Field(() => String, { nullable: true, description: 'Why it opens nothing: UNKNOWN, EXPIRED, REVOKED or SUSPENDED; null where it does.' })
  refusal: KeyRefusal | null;
}

/** For gateways alone: clients do not see it, and nobody could ask by it for more than the key that he holds already gives. */
@Resolver()
export class ApiKeyPassResolver {
  constructor(private readonly sessions: KeySessions) {}

  @Directive('@inaccessible')
  @Access('sessions:confirm', 'ALL')
  @Query(() => ApiKeyPass, { description: 'Lets the holder of a key in, and notes the use. For gateways.' })
  async apiKeyPass(@Args(() => ApiKeyPassArgs) { key, address }: ApiKeyPassArgs, @Ctx() { traceId }: Scope): Promise<ApiKeyPass> {
    const entered = await this.sessions.enter(key, { traceId, address });
    return typeof entered === 'string' ? { accessToken: null, endsAt: null, refusal: entered } : { ...entered, refusal: null };
  }
}
