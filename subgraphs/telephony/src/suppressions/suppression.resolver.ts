import { Arg, Args, Ctx, Field, FieldResolver, ID, InputType, Mutation, ObjectType, Query, Resolver, Root } from 'type-graphql';
import { Length, Matches, MaxLength } from 'class-validator';
import { Access, answer, ConnectionArgs, connectionOf, IDEMPOTENCY_KEY, Instant, paginate, stub, type Page, type Scope, type UserErrorView } from '@vss/graphql';
import { TelephonyUserError } from '../errors.js';
import { UserStub } from '../stubs.js';
import { Suppression } from './suppression.entity.js';
import type { SuppressionService } from './suppression.service.js';

export const { Connection: SuppressionConnection } = connectionOf(Suppression, 'Suppression');

@InputType({ description: 'A number that is not to be called.' })
export class SuppressionAddInput {
  @Field(() => String, { description: 'The number in E.164, such as +12125550123; spaces and brackets do no harm.' })
  phoneNumber: string;

  @Matches(/\S/, { message: 'must not be blank' })
  @MaxLength(500)
  @Field(() => String, { description: 'Why it is not to be called, 1 to 500 characters.' })
  reason: string;

  @Field(() => Instant, { nullable: true, description: 'When the suppression ends by itself; absent: never.' })
  expiresAt?: Date | null;

  @Length(1, 200)
  @Field(() => String, { description: IDEMPOTENCY_KEY })
  idempotencyKey: string;
}

@InputType({ description: 'A suppression to take away.' })
export class SuppressionRemoveInput {
  @Field(() => ID, { description: 'The suppression.' })
  id: string;
}

@Access('authenticated')
@ObjectType({ description: 'A suppression, or why the request was refused.' })
export class SuppressionPayload {
  @Field(() => Suppression, { nullable: true, description: 'The suppression; null where the request was refused.' })
  suppression: Suppression | null;

  @Field(() => [TelephonyUserError], { description: 'Why the request was refused; empty where it was not.' })
  userErrors: UserErrorView[];
}

@Resolver(() => Suppression)
export class SuppressionResolver {
  constructor(private readonly service: SuppressionService) {}

  @Access('suppressions:read')
  @Query(() => SuppressionConnection, { description: 'The numbers that are not called in this center, newest first.' })
  suppressions(@Args(() => ConnectionArgs) args: ConnectionArgs, @Ctx() { em }: Scope): Promise<Page<Suppression>> {
    return paginate<Suppression>(em, Suppression, { args });
  }

  @Access('suppressions:create')
  @Mutation(() => SuppressionPayload, { description: 'From now on the number is not called in this center; it is checked within the transaction of every start of a call.' })
  suppressionAdd(@Arg('input', () => SuppressionAddInput, { description: 'The number and the reason.' }) input: SuppressionAddInput, @Ctx() scope: Scope) {
    return answer(async () => ({ suppression: await this.service.add(scope, input) }));
  }

  @Access('suppressions:delete')
  @Mutation(() => SuppressionPayload, { description: 'Takes a suppression away. The number is called again unless another suppression of it stands.' })
  suppressionRemove(@Arg('input', () => SuppressionRemoveInput, { description: 'The suppression.' }) { id }: SuppressionRemoveInput, @Ctx() scope: Scope) {
    return answer(async () => ({ suppression: await this.service.remove(scope, id) }));
  }

  @FieldResolver(() => UserStub, { nullable: true, description: 'Who entered it.' })
  createdBy(@Root() suppression: Suppression): UserStub {
    return stub(UserStub, suppression.createdById);
  }
}
