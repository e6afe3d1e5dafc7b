import { Arg, Args, Ctx, Field, FieldResolver, ID, InputType, Mutation, ObjectType, Query, Resolver, Root } from 'type-graphql';
import { Access, answer, ConnectionArgs, paginate, stub, type Page, type Scope, type UserErrorView } from '@vss/graphql';
import { OperationsUserError } from '../errors.js';
import { UserStub } from '../stubs.js';
import { DeadLetter, DeadLetterConnection } from './dead-letter.entity.js';
import type { DeadLetterService } from './dead-letter.service.js';

@InputType({ description: 'Which dead letter to try again.' })
export class DeadLetterRedriveInput {
  @Field(() => ID, { description: 'Id of the dead letter.' })
  id: string;
}

@Access('messages:redrive')
@ObjectType({ description: 'Answer to a request to try again.', simpleResolvers: true })
export class DeadLetterPayload {
  @Field(() => DeadLetter, { nullable: true, description: 'The dead letter.' })
  deadLetter?: DeadLetter | null;

  @Field(() => [OperationsUserError], { description: 'What to put right; empty when all went well.' })
  userErrors: UserErrorView[];
}

@Resolver(() => DeadLetter)
export class DeadLetterResolver {
  constructor(private readonly service: DeadLetterService) {}

  @Access('system:monitor')
  @Query(() => DeadLetterConnection, { description: 'Messages that could not be handled, newest first.' })
  deadLetters(@Args(() => ConnectionArgs) args: ConnectionArgs, @Ctx() { em }: Scope): Promise<Page<DeadLetter>> {
    return paginate(em, DeadLetter, { args });
  }

  @Access('messages:redrive')
  @Mutation(() => DeadLetterPayload, { description: 'Has a message tried again, and those that wait behind it.' })
  deadLetterRedrive(@Arg('input', () => DeadLetterRedriveInput, { description: 'Which one.' }) input: DeadLetterRedriveInput, @Ctx() scope: Scope): Promise<Partial<DeadLetterPayload>> {
    return answer(async () => ({ deadLetter: await this.service.redrive(scope, input.id) }));
  }

  @FieldResolver(() => UserStub, { nullable: true, description: 'Who asked last to try it again.' })
  redrivenBy(@Root() letter: DeadLetter): UserStub | null {
    return letter.redrivenBy ? stub(UserStub, letter.redrivenBy) : null;
  }
}
