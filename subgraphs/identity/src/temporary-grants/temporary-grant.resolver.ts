import type { FilterQuery } from '@mikro-orm/core';
import { MaxLength } from 'class-validator';
import { Arg, Args, ArgsType, Ctx, Field, FieldResolver, ID, InputType, Int, Mutation, ObjectType, Query, Resolver, Root } from 'type-graphql';
import type { GrantScope } from '@vss/auth';
import { Access, answer, batchById, connectionOf, ConnectionArgs, paginate, type Page, type Scope, type UserErrorView } from '@vss/graphql';
import { GrantScopeEnum } from '../roles/index.js';
import { IdentityUserError } from '../user-error.js';
import { User } from '../users/index.js';
import { TemporaryGrant, TemporaryGrantState } from './temporary-grant.entity.js';
import { stateAt } from './temporary-grant.rules.js';
import { visibleGrants, type TemporaryGrantService } from './temporary-grant.service.js';

export const { Connection: TemporaryGrantConnection, Edge: TemporaryGrantEdge } = connectionOf(TemporaryGrant, 'TemporaryGrant');

@InputType({ description: 'Which rights for a time to list; what is given must all hold.' })
export class TemporaryGrantFilter {
  @Field(() => TemporaryGrantState, { nullable: true, description: 'What has become of them.' })
  state?: TemporaryGrantState | null;

  @MaxLength(100)
  @Field(() => ID, { nullable: true, description: 'Id of the user whom they are for.' })
  userId?: string | null;
}

@ArgsType()
class TemporaryGrantsArgs extends ConnectionArgs {
  @Field(() => TemporaryGrantFilter, { nullable: true, description: 'Which ones to list; all when absent.' })
  filter?: TemporaryGrantFilter | null;
}

@InputType({ description: 'A right that is needed for a time.' })
export class TemporaryGrantRequestInput {
  @MaxLength(100)
  @Field(() => String, { description: 'The right, `resource:action`: one of `permissions`.' })
  permission: string;

  @Field(() => GrantScopeEnum, { nullable: true, description: 'How far it has to reach; absent, the narrowest that the right knows.' })
  scope?: GrantScope | null;

  @MaxLength(1024)
  @Field(() => String, { description: 'What it is needed for, up to 500 characters.' })
  reason: string;

  @Field(() => Int, { description: 'How long, in minutes from the approval: up to eight hours, unless the installation says otherwise.' })
  minutes: number;

  @MaxLength(100)
  @Field(() => ID, { nullable: true, description: 'Whom it is for, in one’s center; absent, oneself. For others `temporary-grants:request` is needed in CENTER.' })
  userId?: string | null;
}

@InputType({ description: 'An answer to a request, or the end of a right.' })
export class TemporaryGrantDecisionInput {
  @MaxLength(100)
  @Field(() => ID, { description: 'Id of the temporary grant.' })
  id: string;

  @MaxLength(1024)
  @Field(() => String, { nullable: true, description: 'Why, up to 500 characters.' })
  reason?: string | null;
}

@Access('authenticated')
@ObjectType({ description: 'The temporary grant as it is now, or what to put right.', simpleResolvers: true })
export class TemporaryGrantPayload {
  @Field(() => TemporaryGrant, { nullable: true, description: 'The temporary grant; null when something is to be put right.' })
  temporaryGrant?: TemporaryGrant | null;

  @Field(() => [IdentityUserError], { description: 'What to put right; empty when it was done.' })
  userErrors: UserErrorView[];
}

/** By the clock, as `state` is shown: what is over may not have been written down yet. */
function inState(state: TemporaryGrantState, now: Date): FilterQuery<TemporaryGrant> {
  const { REQUESTED, APPROVED, LAPSED, EXPIRED } = TemporaryGrantState;
  if (state === REQUESTED || state === APPROVED) return { state, endsAt: { $gt: now } };
  const before = { [LAPSED]: REQUESTED, [EXPIRED]: APPROVED }[state as string];
  return before ? { $or: [{ state }, { state: before, endsAt: { $lte: now } }] } : { state };
}

const DECISION = 'Which one, and why.';

@Resolver(() => TemporaryGrant)
export class TemporaryGrantResolver {
  constructor(private readonly service: TemporaryGrantService) {}

  @Access('temporary-grants:read')
  @Query(() => TemporaryGrantConnection, { description: 'Rights for a time, newest first: those about oneself or asked for by oneself, and with `temporary-grants:read` in CENTER those of one’s center.' })
  temporaryGrants(@Args(() => TemporaryGrantsArgs) args: TemporaryGrantsArgs, @Ctx() scope: Scope): Promise<Page<TemporaryGrant>> {
    const { state, userId } = args.filter ?? {};
    const where = { $and: [visibleGrants(scope.actor), ...(state ? [inState(state, scope.now())] : []), ...(userId ? [{ userId }] : [])] };
    return paginate(scope.em, TemporaryGrant, { where, args, orderBy: { requestedAt: 'desc' } });
  }

  @Access('temporary-grants:request')
  @Mutation(() => TemporaryGrantPayload, { description: 'Asks for a right for a time. It is held once somebody else has given it; a request without an answer lapses after a day.' })
  temporaryGrantRequest(@Arg('input', () => TemporaryGrantRequestInput, { description: 'The right.' }) input: TemporaryGrantRequestInput, @Ctx() scope: Scope): Promise<TemporaryGrantPayload> {
    return answer(async () => ({ temporaryGrant: await this.service.request(scope, input) }));
  }

  @Access('temporary-grants:approve', 'CENTER')
  @Mutation(() => TemporaryGrantPayload, { description: 'Gives a right for a time, from now on. Not to oneself, not at one’s own request, and nothing that one’s own role does not hold.' })
  temporaryGrantApprove(@Arg('input', () => TemporaryGrantDecisionInput, { description: DECISION }) input: TemporaryGrantDecisionInput, @Ctx() scope: Scope): Promise<TemporaryGrantPayload> {
    return answer(async () => ({ temporaryGrant: await this.service.approve(scope, input) }));
  }

  @Access('temporary-grants:approve', 'CENTER')
  @Mutation(() => TemporaryGrantPayload, { description: 'Does not give a right that somebody asked for.' })
  temporaryGrantRefuse(@Arg('input', () => TemporaryGrantDecisionInput, { description: DECISION }) input: TemporaryGrantDecisionInput, @Ctx() scope: Scope): Promise<TemporaryGrantPayload> {
    return answer(async () => ({ temporaryGrant: await this.service.refuse(scope, input) }));
  }

  @Access('temporary-grants:read')
  @Mutation(() => TemporaryGrantPayload, { description: 'Ends a right before its time, or takes a request back: one’s own, and with `temporary-grants:approve` that of others. What may no longer be done ends at once.' })
  temporaryGrantRevoke(@Arg('input', () => TemporaryGrantDecisionInput, { description: DECISION }) input: TemporaryGrantDecisionInput, @Ctx() scope: Scope): Promise<TemporaryGrantPayload> {
    return answer(async () => ({ temporaryGrant: await this.service.revoke(scope, input) }));
  }

  @Access('temporary-grants:read')
  @FieldResolver(() => TemporaryGrantState)
  state(@Root() grant: TemporaryGrant, @Ctx() scope: Scope): TemporaryGrantState {
    return stateAt(grant, scope.now());
  }

  @Access('temporary-grants:read')
  @FieldResolver(() => User, { nullable: true, description: 'Whom it is for.' })
  user(@Root() grant: TemporaryGrant, @Ctx() scope: Scope): Promise<User | null> {
    return batchById(scope, User)(grant.userId);
  }

  @Access('temporary-grants:read')
  @FieldResolver(() => User, { nullable: true, description: 'Who asked for it.' })
  requestedBy(@Root() grant: TemporaryGrant, @Ctx() scope: Scope): Promise<User | null> {
    return batchById(scope, User)(grant.requestedById);
  }

  @Access('temporary-grants:read')
  @FieldResolver(() => User, { nullable: true, description: 'Who answered; null before.' })
  decidedBy(@Root() grant: TemporaryGrant, @Ctx() scope: Scope): Promise<User | null> | null {
    return grant.decidedById ? batchById(scope, User)(grant.decidedById) : null;
  }

  @Access('temporary-grants:read')
  @FieldResolver(() => User, { nullable: true, description: 'Who ended it before its time; null where nobody did.' })
  endedBy(@Root() grant: TemporaryGrant, @Ctx() scope: Scope): Promise<User | null> | null {
    return grant.endedById ? batchById(scope, User)(grant.endedById) : null;
  }
}
