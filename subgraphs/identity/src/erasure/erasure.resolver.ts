import { MaxLength } from 'class-validator';
import { Arg, Args, Ctx, Field, FieldResolver, ID, InputType, Mutation, ObjectType, Query, Resolver, Root } from 'type-graphql';
import { Access, answer, batchById, ConnectionArgs, paginate, type Page, type Scope, type UserErrorView } from '@vss/graphql';
import { IdentityUserError } from '../user-error.js';
import { User } from '../users/index.js';
import { ErasureAnswerView, PersonErasure, PersonErasureAnswer, PersonErasureConnection } from './erasure.entity.js';
import { ANSWERING } from './erasure.rules.js';
import type { ErasureService } from './erasure.service.js';

@InputType({ description: 'Whose personal data is to be erased.' })
export class PersonEraseInput {
  @Field(() => ID, { description: 'Id of the user; he must have been deactivated before.' })
  userId: string;

  @MaxLength(500)
  @Field(() => String, { description: 'Why, at most 500 characters, e.g. the number of his request. It stays in the report and in the audit: write nothing personal.' })
  reason: string;
}

@Access('authenticated')
@ObjectType({ description: 'The report that begins, or what to put right.', simpleResolvers: true })
export class PersonErasePayload {
  @Field(() => PersonErasure, { nullable: true, description: 'The report; the other subgraphs\' parts come within seconds. Null when something is to be put right.' })
  erasure?: PersonErasure | null;

  @Field(() => User, { nullable: true, description: 'What is left of the user; null when something is to be put right.' })
  user?: User | null;

  @Field(() => [IdentityUserError], { description: 'What to put right; empty when it was done.' })
  userErrors: UserErrorView[];
}

@Resolver(() => PersonErasure)
export class ErasureResolver {
  constructor(private readonly erasures: ErasureService) {}

  @Access('users:delete', 'CENTER')
  @Mutation(() => PersonErasePayload, {
    description: 'Erases the personal data of a user for good: name, address, number, devices and whatever else names him, in every subgraph. His work and the audit stay, under a pseudonym. Nobody can undo it.',
  })
  personErase(@Arg('input', () => PersonEraseInput, { description: 'Whose, and why.' }) input: PersonEraseInput, @Ctx() scope: Scope): Promise<PersonErasePayload> {
    return answer(() => this.erasures.erase(scope, input));
  }

  @Access('users:delete', 'CENTER')
  @Query(() => PersonErasureConnection, { description: 'Erasures in one\'s center, newest first.' })
  personErasures(@Args(() => ConnectionArgs) args: ConnectionArgs, @Ctx() { em }: Scope): Promise<Page<PersonErasure>> {
    return paginate(em, PersonErasure, { args });
  }

  @Access('users:delete', 'CENTER')
  @Query(() => PersonErasure, { nullable: true, description: 'What was erased of a user, and what was kept and why; null where nothing was.' })
  erasureReport(@Arg('userId', () => ID, { description: 'Id of the user.' }) userId: string, @Ctx() { em }: Scope): Promise<PersonErasure | null> {
    return em.findOne(PersonErasure, { userId });
  }

  @FieldResolver(() => User, { nullable: true, description: 'What is left of the user.' })
  user(@Root() { userId }: PersonErasure, @Ctx() scope: Scope): Promise<User | null> {
    return batchById(scope, User)(userId);
  }

  @FieldResolver(() => User, { nullable: true, description: 'Who asked for it.' })
  createdBy(@Root() erasure: PersonErasure, @Ctx() scope: Scope): Promise<User | null> {
    return batchById(scope, User)(erasure.createdBy);
  }

  @FieldResolver(() => [ErasureAnswerView], { description: 'What each subgraph did, identity first.' })
  async answers(@Root() { id }: PersonErasure, @Ctx() scope: Scope): Promise<ErasureAnswerView[]> {
    const given = await answersOf(scope, id);
    return ANSWERING.map((subgraph) => {
      const found = given.find((each) => each.subgraph === subgraph);
      return { subgraph, answeredAt: found?.answeredAt ?? null, holdings: found?.holdings ?? [] };
    });
  }

  @FieldResolver(() => Boolean, { description: 'Whether every subgraph has done its part.' })
  async complete(@Root() { id }: PersonErasure, @Ctx() scope: Scope): Promise<boolean> {
    const given = await answersOf(scope, id);
    return ANSWERING.every((subgraph) => given.some((each) => each.subgraph === subgraph));
  }
}

const answersOf = async (scope: Scope, erasureId: string): Promise<PersonErasureAnswer[]> =>
  (await scope.batch.load('answers of erasures', erasureId, async (ids) => Map.groupBy(await scope.em.find(PersonErasureAnswer, { erasureId: { $in: [...ids] } }), (each) => each.erasureId))) ?? [];
