import { Arg, Args, ArgsType, Ctx, Field, FieldResolver, ID, InputType, Query, Resolver, Root } from 'type-graphql';
import { raw, type FilterQuery } from '@mikro-orm/core';
import { Access, batchById, ConnectionArgs, connectionOf, Instant, paginate, stubOrNull, type Page, type Scope } from '@vss/graphql';
import { Call } from '../calls/call.entity.js';
import { CallOutcome } from '../calls/call.enums.js';
import { visibleCalls, visibleCdrs } from '../calls/call.queries.js';
import type { CallOutcome as Outcome } from '../calls/call.rules.js';
import { notFound } from '../errors.js';
import { LeadStub, UserStub } from '../stubs.js';
import { Trunk } from '../trunks/trunk.entity.js';
import { Cdr } from './cdr.entity.js';

export const { Connection: CdrConnection } = connectionOf(Cdr, 'Cdr');

@InputType({ description: 'Which records; conditions add up, and only narrow what the actor may see.' })
export class CdrFilter {
  @Field(() => ID, { nullable: true, description: 'Of calls of this operator.' })
  operatorId?: string | null;

  @Field(() => ID, { nullable: true, description: 'Of calls with this lead.' })
  leadId?: string | null;

  @Field(() => CallOutcome, { nullable: true, description: 'Of calls that ended like this.' })
  outcome?: Outcome | null;

  @Field(() => Instant, { nullable: true, description: 'Of calls started at this instant or later.' })
  startedFrom?: Date | null;

  @Field(() => Instant, { nullable: true, description: 'Of calls started before this instant.' })
  startedTo?: Date | null;
}

@ArgsType()
export class CdrsArgs extends ConnectionArgs {
  @Field(() => CdrFilter, { nullable: true, description: 'Which records; absent: all that the actor may see.' })
  filter?: CdrFilter | null;
}

@Resolver(() => Cdr)
export class CdrResolver {
  @Access('cdrs:read')
  @Query(() => CdrConnection, { description: 'The call detail records that the actor may see, newest first.' })
  cdrs(@Args(() => CdrsArgs) { filter, ...args }: CdrsArgs, @Ctx() { em, actor }: Scope): Promise<Page<Cdr>> {
    return paginate<Cdr>(em, Cdr, { where: { $and: [visibleCdrs(actor), whereCdrs(filter ?? {})] }, args, orderBy: { startedAt: 'desc' } });
  }

  @Access('cdrs:read')
  @Query(() => Cdr, { description: 'One call detail record that the actor may see; any other is NOT_FOUND.' })
  async cdr(@Arg('id', () => ID, { description: 'Id of the record.' }) id: string, @Ctx() { em, actor }: Scope): Promise<Cdr> {
    const cdr = await em.findOne(Cdr, { $and: [visibleCdrs(actor), { id }] });
    if (!cdr) throw notFound('call detail record');
    return cdr;
  }

  @Access('calls:read')
  @FieldResolver(() => Call, { nullable: true, description: 'The call that it records.' })
  call(@Root() cdr: Cdr, @Ctx() scope: Scope): Promise<Call | null> {
    return batchById<Call>(scope, Call, visibleCalls(scope.actor))(cdr.callId);
  }

  @Access('trunks:read')
  @FieldResolver(() => Trunk, { nullable: true, description: "The slot's trunk." })
  trunk(@Root() cdr: Cdr, @Ctx() scope: Scope): Promise<Trunk | null> {
    return batchById(scope, Trunk)(cdr.trunkId);
  }

  @FieldResolver(() => UserStub, { nullable: true, description: 'The operator who started the call.' })
  operator(@Root() cdr: Cdr): UserStub | null {
    return stubOrNull(UserStub, cdr.operatorId);
  }

  // A call may be linked after its record was written, which is never changed: the link is then on the call alone.
  @FieldResolver(() => LeadStub, { nullable: true, description: 'The lead that the call was with.' })
  async lead(@Root() cdr: Cdr, @Ctx() scope: Scope): Promise<LeadStub | null> {
    return stubOrNull(LeadStub, cdr.leadId ?? (await batchById(scope, Call)(cdr.callId))?.leadId ?? null);
  }
}

function whereCdrs({ operatorId, leadId, outcome, startedFrom, startedTo }: CdrFilter): FilterQuery<Cdr> {
  return {
    ...(operatorId != null && { operatorId }),
    ...(leadId != null && { callId: { $in: raw('(select c.id from telephony.call c where c.lead_id = ?)', [leadId]) } }),
    ...(outcome != null && { outcome }),
    ...((startedFrom != null || startedTo != null) && { startedAt: { ...(startedFrom != null && { $gte: startedFrom }), ...(startedTo != null && { $lt: startedTo }) } }),
  };
}
