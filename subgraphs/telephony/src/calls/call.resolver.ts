import { Arg, Args, Ctx, FieldResolver, ID, Info, Mutation, Query, Resolver, Root, Subscription } from 'type-graphql';
import type { GraphQLResolveInfo } from 'graphql';
import type { FilterQuery } from '@mikro-orm/core';
import { CALL_EVENTS, type Message } from '@vss/events';
import { Access, answer, batchById, ConnectionArgs, fromSnapshot, nestedPage, paginate, stub, stubOrNull, type LiveFields, type Page, type Scope } from '@vss/graphql';
import { Cdr } from '../cdrs/cdr.entity.js';
import { Slot } from '../slots/index.js';
import { inCenter } from '../slots/slot.resolver.js';
import { CenterLiveArgs } from '../slots/slot.types.js';
import { CenterStub, LeadStub, UserStub } from '../stubs.js';
import { Call, CallLeg } from './call.entity.js';
import { reachesCall, visibleCalls } from './call.queries.js';
import type { CallService } from './call.service.js';
import type { CallSnapshot } from './call.snapshot.js';
import { CallConnection, CallEndInput, CallPayload, CallsArgs, CallStartInput, CallUpdate, type CallFilter } from './call.types.js';

const STREAM = 'calls';
const TYPES = CALL_EVENTS.map(({ type }) => type);

@Resolver(() => Call)
export class CallResolver {
  constructor(private readonly service: CallService) {}

  @Access('calls:read')
  @Query(() => CallConnection, { description: 'The calls that the actor may see, newest first.' })
  calls(@Args(() => CallsArgs) { filter, ...args }: CallsArgs, @Ctx() scope: Scope, @Info() info: GraphQLResolveInfo): Promise<Page<Call>> {
    const where: FilterQuery<Call> = { $and: [visibleCalls(scope.actor), whereCalls(filter ?? {})] };
    return paginate<Call>(scope.em, Call, { where, args, orderBy: { startedAt: 'desc' }, liveCursor: scope.live.cursor(STREAM), info });
  }

  @Access('calls:read')
  @Query(() => Call, { description: 'One call that the actor may see; any other is NOT_FOUND.' })
  call(@Arg('id', () => ID, { description: 'Id of the call.' }) id: string, @Ctx() scope: Scope): Promise<Call> {
    return this.service.load(scope, id);
  }

  @Access('calls:start')
  @Mutation(() => CallPayload, { description: 'Starts a call. Answers when the call and its command are stored, not when it rings: follow callUpdated.' })
  callStart(@Arg('input', () => CallStartInput, { description: 'Whom to call, and from where.' }) input: CallStartInput, @Ctx() scope: Scope) {
    return answer(async () => ({ call: await this.service.start(scope, input) }));
  }

  @Access('calls:end')
  @Mutation(() => CallPayload, { description: "Ends a call that the right reaches, one's own as a rule. Answers when the hang-up is ordered; the end itself arrives through callUpdated." })
  async callEnd(@Arg('input', () => CallEndInput, { description: 'The call.' }) input: CallEndInput, @Ctx() scope: Scope) {
    const ended = await answer(() => this.service.end(scope, input));
    // Beside the call, not instead of it: who hung up too late still wants to see how it ended.
    return ended.alreadyEnded ? { ...ended, userErrors: [ALREADY_ENDED] } : ended;
  }

  @Access('calls:read')
  @Subscription(() => CallUpdate, {
    description: 'Every change of every call that the actor may see, as it happens.',
    subscribe: ({ args, context }) => {
      const { after, centerId } = args as CenterLiveArgs;
      const scope = context as Scope;
      const ofCenter = inCenter('calls:read', centerId, scope);
      return scope.live.stream({ stream: STREAM, types: TYPES, after, accept: async (event, now) => ofCenter(event, now) && mayWatch(event, now), map: callOf });
    },
  })
  callUpdated(@Args(() => CenterLiveArgs) _: CenterLiveArgs, @Root() update: LiveFields & { call: Call }): LiveFields & { call: Call } {
    return update;
  }

  @Access('slots:read')
  @FieldResolver(() => Slot, { nullable: true, description: 'The slot that it is made from; null for who may not see slots.' })
  slot(@Root() call: Call, @Ctx() scope: Scope): Promise<Slot | null> {
    return batchById(scope, Slot)(call.slotId);
  }

  @FieldResolver(() => UserStub, { nullable: true, description: 'The operator who started it.' })
  operator(@Root() call: Call): UserStub | null {
    return stubOrNull(UserStub, call.operatorId);
  }

  @FieldResolver(() => LeadStub, { nullable: true, description: 'The lead that it is with: given at its start, or found by its number.' })
  lead(@Root() call: Call): LeadStub | null {
    return stubOrNull(LeadStub, call.leadId);
  }

  @FieldResolver(() => CenterStub, { nullable: true, description: 'The center that it belongs to.' })
  center(@Root() call: Call): CenterStub {
    return stub(CenterStub, call.centerId);
  }

  @FieldResolver(() => [CallLeg], { description: 'Its sides as the PBX saw them; empty until it has ended.' })
  async legs(@Root() call: Call, @Ctx() { em, batch }: Scope): Promise<CallLeg[]> {
    const legs = await batch.load('legs of calls', call.id, async (callIds) =>
      Map.groupBy(await em.find(CallLeg, { callId: { $in: [...callIds] } }, { orderBy: [{ startedAt: 'asc' }, { id: 'asc' }] }), (leg) => leg.callId),
    );
    return legs ?? [];
  }

  @Access('cdrs:read')
  @FieldResolver(() => Cdr, { nullable: true, description: 'Its record; null until it has ended.' })
  async cdr(@Root() call: Call, @Ctx() { em, batch }: Scope): Promise<Cdr | null> {
    const cdr = await batch.load('cdrs of calls', call.id, async (callIds) =>
      new Map((await em.find(Cdr, { callId: { $in: [...callIds] } })).map((each) => [each.callId, each])),
    );
    return cdr ?? null;
  }
}

/** What telephony adds to people. */
@Resolver(() => UserStub)
export class UserCallsResolver {
  @Access('calls:read')
  @FieldResolver(() => CallConnection, { nullable: true, description: 'The calls that this user made, as far as the actor may see them; newest first.' })
  calls(@Root() user: UserStub, @Args(() => ConnectionArgs) args: ConnectionArgs, @Ctx() scope: Scope): Promise<Page<Call>> {
    return nestedPage<Call>(scope, Call, 'operatorId', user.id, { where: visibleCalls(scope.actor), args, orderBy: { startedAt: 'desc' } });
  }
}

/** What telephony adds to leads. */
@Resolver(() => LeadStub)
export class LeadCallsResolver {
  @Access('calls:read')
  @FieldResolver(() => CallConnection, { nullable: true, description: 'The calls with this lead, as far as the actor may see them; newest first.' })
  calls(@Root() lead: LeadStub, @Args(() => ConnectionArgs) args: ConnectionArgs, @Ctx() scope: Scope): Promise<Page<Call>> {
    return nestedPage<Call>(scope, Call, 'leadId', lead.id, { where: visibleCalls(scope.actor), args, orderBy: { startedAt: 'desc' } });
  }
}

const ALREADY_ENDED = { code: 'CALL_ALREADY_ENDED', message: 'The call has ended already', field: ['input', 'callId'], retryable: false, explainId: null };

function whereCalls({ live, startedFrom, startedTo, ...equal }: CallFilter): FilterQuery<Call> {
  return {
    ...Object.fromEntries(Object.entries(equal).filter(([, value]) => value != null)),
    ...(live != null && { endedAt: live ? null : { $ne: null } }),
    ...((startedFrom != null || startedTo != null) && { startedAt: { ...(startedFrom != null && { $gte: startedFrom }), ...(startedTo != null && { $lt: startedTo }) } }),
  };
}

const snapshotIn = (message: Message): CallSnapshot => (message.payload as { call: CallSnapshot }).call;
const callOf = (message: Message, { em }: Scope): { call: Call } => ({ call: fromSnapshot(em, Call, snapshotIn(message)) });

/** The row right of `visibleCalls`, for an event: the call as of then, the rights as of now. */
const mayWatch = (message: Message, { actor, em }: Scope): Promise<boolean> => reachesCall(em, actor, 'calls:read', snapshotIn(message));
