import { Arg, Ctx, Field, FieldResolver, ID, InputType, Int, Mutation, ObjectType, Resolver, Root } from 'type-graphql';
import { Length } from 'class-validator';
import { Access, answer, batchById, IDEMPOTENCY_KEY, stub, type Scope, type UserErrorView } from '@vss/graphql';
import { TelephonyUserError } from '../errors.js';
import { Slot } from '../slots/index.js';
import { UserStub } from '../stubs.js';
import { SlotLease } from './lease.entity.js';
import type { LeaseService } from './lease.service.js';

@InputType({ description: 'A slot to keep for oneself.' })
export class SlotReserveInput {
  @Field(() => ID, { description: 'The slot; it must be FREE.' })
  slotId: string;

  @Field(() => Int, { description: 'For how many seconds, at most an hour.' })
  seconds: number;

  @Length(1, 200)
  @Field(() => String, { description: IDEMPOTENCY_KEY })
  idempotencyKey: string;
}

@InputType({ description: 'A reservation to give back.' })
export class SlotReleaseInput {
  @Field(() => ID, { description: 'The lease; one’s own.' })
  leaseId: string;
}

@Access('authenticated')
@ObjectType({ description: 'A lease, or why there is none.' })
export class SlotLeasePayload {
  @Field(() => SlotLease, { nullable: true, description: 'The lease; null where the request was refused.' })
  lease: SlotLease | null;

  @Field(() => [TelephonyUserError], { description: 'Why the request was refused; empty where it was not.' })
  userErrors: UserErrorView[];
}

@Resolver(() => SlotLease)
export class LeaseResolver {
  constructor(private readonly service: LeaseService) {}

  @Access('slots:reserve')
  @Mutation(() => SlotLeasePayload, { description: 'Keeps a free slot for oneself, so that nobody else starts a call there.' })
  slotReserve(@Arg('input', () => SlotReserveInput, { description: 'The slot and for how long.' }) input: SlotReserveInput, @Ctx() scope: Scope) {
    return answer(async () => ({ lease: await this.service.reserve(scope, input) }));
  }

  @Access('slots:release')
  @Mutation(() => SlotLeasePayload, { description: 'Gives a reservation back before it ends by itself.' })
  slotRelease(@Arg('input', () => SlotReleaseInput, { description: 'The lease.' }) input: SlotReleaseInput, @Ctx() scope: Scope) {
    return answer(async () => ({ lease: await this.service.release(scope, input) }));
  }

  @FieldResolver(() => Slot, { nullable: true, description: 'The slot.' })
  slot(@Root() lease: SlotLease, @Ctx() scope: Scope): Promise<Slot | null> {
    return batchById(scope, Slot)(lease.slotId);
  }

  @FieldResolver(() => UserStub, { nullable: true, description: 'Who holds it.' })
  holder(@Root() lease: SlotLease): UserStub {
    return stub(UserStub, lease.holderId);
  }
}
