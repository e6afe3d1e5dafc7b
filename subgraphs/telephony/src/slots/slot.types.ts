import { ArgsType, Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { Length } from 'class-validator';
import { Access, ConnectionArgs, connectionOf, IDEMPOTENCY_KEY, LiveArgs, liveUpdateOf, type UserErrorView } from '@vss/graphql';
import { TelephonyUserError } from '../errors.js';
import { Slot } from './slot.entity.js';
import { SlotAdminState, SlotAvailability, SlotKind, SlotState } from './slot.enums.js';
import type { SlotAdminState as AdminState, SlotAvailability as Availability, SlotState as State } from './slot.rules.js';

export const { Connection: SlotConnection } = connectionOf(Slot, 'Slot', { live: true });
export const SlotUpdate = liveUpdateOf(Slot, 'slot');

@InputType({ description: 'Which slots; conditions add up.' })
export class SlotFilter {
  @Field(() => SlotState, { nullable: true, description: 'In this state.' })
  state?: State | null;

  @Field(() => SlotKind, { nullable: true, description: 'Only of this kind.' })
  kind?: SlotKind | null;

  @Field(() => ID, { nullable: true, description: 'Only of this trunk.' })
  trunkId?: string | null;

  @Field(() => SlotAvailability, { nullable: true, description: 'That can, or cannot, start a call.' })
  availability?: Availability | null;
}

@ArgsType()
export class SlotsArgs extends ConnectionArgs {
  @Field(() => SlotFilter, { nullable: true, description: 'Which slots; absent: all.' })
  filter?: SlotFilter | null;
}

@ArgsType()
export class CenterLiveArgs extends LiveArgs {
  @Field(() => ID, { nullable: true, description: "Only of this center; absent: of one's own, or of all with the right to all." })
  centerId?: string | null;
}

@InputType({ description: 'What the administration wants of a slot.' })
export class SlotAdminStateSetInput {
  @Field(() => ID, { description: 'The slot.' })
  slotId: string;

  @Field(() => SlotAdminState, { description: 'What is wanted of it. What is in a call leaves service after it.' })
  adminState: AdminState;

  @Field(() => Int, { nullable: true, description: 'Refuse when the slot has changed since this version.' })
  expectedVersion?: number | null;
}

@InputType({ description: 'A slot at fault that is to be checked and brought back.' })
export class SlotRecoverInput {
  @Field(() => ID, { description: 'The slot.' })
  slotId: string;

  @Field(() => Boolean, { defaultValue: false, description: 'Switch the power of its device off and on first.' })
  cyclePower: boolean;

  @Length(1, 200)
  @Field(() => String, { description: IDEMPOTENCY_KEY })
  idempotencyKey: string;
}

@Access('authenticated')
@ObjectType({ description: 'A slot, or why it was not changed.' })
export class SlotPayload {
  @Field(() => Slot, { nullable: true, description: 'The slot as it is now; null where the request was refused.' })
  slot: Slot | null;

  @Field(() => [TelephonyUserError], { description: 'Why the request was refused; empty where it was not.' })
  userErrors: UserErrorView[];
}
