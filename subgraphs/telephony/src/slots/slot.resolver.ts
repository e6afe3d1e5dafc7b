import { Arg, Args, Ctx, FieldResolver, ID, Info, Mutation, Query, Resolver, Root, Subscription } from 'type-graphql';
import type { GraphQLResolveInfo } from 'graphql';
import { isAllowed, type Permission } from '@vss/auth';
import { SLOT_EVENTS, type Message } from '@vss/events';
import { Access, answer, batchById, fromSnapshot, paginate, stub, type LiveFields, type Page, type Scope } from '@vss/graphql';
import { Call } from '../calls/call.entity.js';
import { visibleCalls } from '../calls/call.queries.js';
import { notFound } from '../errors.js';
import { CenterStub } from '../stubs.js';
import { Trunk } from '../trunks/trunk.entity.js';
import { Slot } from './slot.entity.js';
import { whereAvailability } from './slot.queries.js';
import type { SlotService } from './slot.service.js';
import { CenterLiveArgs, SlotAdminStateSetInput, SlotConnection, SlotPayload, SlotRecoverInput, SlotsArgs, SlotUpdate } from './slot.types.js';

const STREAM = 'slots';
const TYPES = SLOT_EVENTS.map(({ type }) => type);

@Resolver(() => Slot)
export class SlotResolver {
  constructor(private readonly service: SlotService) {}

  @Access('slots:read')
  @Query(() => SlotConnection, { description: 'The slots of the center, by number.' })
  slots(@Args(() => SlotsArgs) { filter, ...args }: SlotsArgs, @Ctx() scope: Scope, @Info() info: GraphQLResolveInfo): Promise<Page<Slot>> {
    const { state, kind, trunkId, availability } = filter ?? {};
    const where = {
      $and: [
        { ...(state != null && { state }), ...(kind != null && { kind }), ...(trunkId != null && { trunkId }) },
        availability == null ? {} : whereAvailability(availability),
      ],
    };
    return paginate<Slot>(scope.em, Slot, { where, args, orderBy: { number: 'asc' }, liveCursor: scope.live.cursor(STREAM), info });
  }

  @Access('slots:read')
  @Query(() => Slot, { description: 'One slot of the center; any other is NOT_FOUND.' })
  async slot(@Arg('id', () => ID, { description: 'Id of the slot.' }) id: string, @Ctx() { em }: Scope): Promise<Slot> {
    const slot = await em.findOne(Slot, { id });
    if (!slot) throw notFound('slot');
    return slot;
  }

  @Access('slots:admin')
  @Mutation(() => SlotPayload, { description: 'Takes a slot out of service, or back into it.' })
  slotAdminStateSet(@Arg('input', () => SlotAdminStateSetInput, { description: 'The slot and what is wanted of it.' }) input: SlotAdminStateSetInput, @Ctx() scope: Scope) {
    return answer(async () => ({ slot: await this.service.setAdminState(scope, input) }));
  }

  @Access('slots:admin')
  @Mutation(() => SlotPayload, { description: 'Has a slot at fault checked; when the check passes it goes back into service.' })
  slotRecover(@Arg('input', () => SlotRecoverInput, { description: 'The slot.' }) input: SlotRecoverInput, @Ctx() scope: Scope) {
    return answer(async () => ({ slot: await this.service.recover(scope, input) }));
  }

  @Access('slots:read')
  @Subscription(() => SlotUpdate, {
    description: 'Every change of every slot that the actor may see, as it happens.',
    subscribe: ({ args, context }) => {
      const { after, centerId } = args as CenterLiveArgs;
      const scope = context as Scope;
      return scope.live.stream({ stream: STREAM, types: TYPES, after, accept: inCenter('slots:read', centerId, scope), map: slotOf });
    },
  })
  slotUpdated(@Args(() => CenterLiveArgs) _: CenterLiveArgs, @Root() update: LiveFields & { slot: Slot }): LiveFields & { slot: Slot } {
    return update;
  }

  @Access('trunks:read')
  @FieldResolver(() => Trunk, { nullable: true, description: 'The trunk that it belongs to.' })
  trunk(@Root() slot: Slot, @Ctx() scope: Scope): Promise<Trunk | null> {
    return batchById(scope, Trunk)(slot.trunkId);
  }

  @FieldResolver(() => CenterStub, { nullable: true, description: 'The center that it belongs to.' })
  center(@Root() slot: Slot): CenterStub {
    return stub(CenterStub, slot.centerId);
  }

  @Access('calls:read')
  @FieldResolver(() => Call, { nullable: true, description: 'The call that it is in; null where there is none, or none that the actor may see.' })
  call(@Root() slot: Slot, @Ctx() scope: Scope): Promise<Call | null> | null {
    return slot.callId === null ? null : batchById<Call>(scope, Call, visibleCalls(scope.actor))(slot.callId);
  }
}

const slotOf = (message: Message, { em }: Scope): { slot: Slot } => ({ slot: fromSnapshot(em, Slot, (message.payload as { slot: object }).slot) });

/** Whether an event is of a center that the actor may watch. Another center, asked for by name, is not there for him. */
export function inCenter(permission: Permission, centerId: string | null | undefined, opening: Scope): (message: Message, scope: Scope) => boolean {
  const all = (scope: Scope): boolean => isAllowed(scope.actor, permission, 'ALL');
  if (centerId != null && centerId !== opening.actor.centerId && !all(opening)) throw notFound('center');
  return (message, scope) => {
    if (!isAllowed(scope.actor, permission)) return false;
    if (centerId != null && message.centerId !== centerId) return false;
    return all(scope) || message.centerId === scope.actor.centerId;
  };
}
