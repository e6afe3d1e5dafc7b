import { ArgsType, Field, ID, InputType, ObjectType } from 'type-graphql';
import { Length } from 'class-validator';
import { Access, ConnectionArgs, connectionOf, IDEMPOTENCY_KEY, Instant, liveUpdateOf, type UserErrorView } from '@vss/graphql';
import { TelephonyUserError } from '../errors.js';
import { SlotKind } from '../slots/index.js';
import { Call } from './call.entity.js';
import { CallStatus } from './call.enums.js';
import type { CallStatus as Status } from './call.rules.js';

export const { Connection: CallConnection } = connectionOf(Call, 'Call', { live: true });
export const CallUpdate = liveUpdateOf(Call, 'call');

@InputType({ description: 'Which calls; conditions add up, and only narrow what the actor may see.' })
export class CallFilter {
  @Field(() => Boolean, { nullable: true, description: 'True: those that go on; false: those that have ended.' })
  live?: boolean | null;

  @Field(() => CallStatus, { nullable: true, description: 'In this status.' })
  status?: Status | null;

  @Field(() => ID, { nullable: true, description: 'From this slot.' })
  slotId?: string | null;

  @Field(() => ID, { nullable: true, description: 'Of this operator.' })
  operatorId?: string | null;

  @Field(() => ID, { nullable: true, description: 'With this lead.' })
  leadId?: string | null;

  @Field(() => String, { nullable: true, description: 'With this number, E.164.' })
  phoneNumber?: string | null;

  @Field(() => Instant, { nullable: true, description: 'Started at this instant or later.' })
  startedFrom?: Date | null;

  @Field(() => Instant, { nullable: true, description: 'Started before this instant.' })
  startedTo?: Date | null;
}

@ArgsType()
export class CallsArgs extends ConnectionArgs {
  @Field(() => CallFilter, { nullable: true, description: 'Which calls; absent: all that the actor may see.' })
  filter?: CallFilter | null;
}

@InputType({ description: 'What a slot must be like that is picked for a call: of those that are FREE and fit, the one that has rested longest.' })
export class SlotSelector {
  @Field(() => SlotKind, { nullable: true, description: 'Of this kind; absent: of any.' })
  kind?: SlotKind | null;

  @Field(() => ID, { nullable: true, description: 'Of this trunk; absent: of any.' })
  trunkId?: string | null;
}

@InputType({ description: 'A call to be started.' })
export class CallStartInput {
  @Field(() => ID, { nullable: true, description: 'The slot to call from; it must be READY and is never swapped for another. Either this or slotSelector.' })
  slotId?: string | null;

  @Field(() => SlotSelector, { nullable: true, description: 'Have a free slot picked. Either this or slotId.' })
  slotSelector?: SlotSelector | null;

  @Field(() => String, { description: 'The number to call in E.164, such as +12125550123; spaces and brackets do no harm.' })
  phoneNumber: string;

  @Field(() => ID, { nullable: true, description: 'The lead that is called; absent: found by its number, if the actor has one.' })
  leadId?: string | null;

  @Length(1, 200)
  @Field(() => String, { description: IDEMPOTENCY_KEY })
  idempotencyKey: string;
}

@InputType({ description: 'A call to be ended.' })
export class CallEndInput {
  @Field(() => ID, { description: 'The call.' })
  callId: string;

  @Length(1, 200)
  @Field(() => String, { description: IDEMPOTENCY_KEY })
  idempotencyKey: string;
}

@Access('authenticated')
@ObjectType({ description: 'A call, or why the request was refused.' })
export class CallPayload {
  @Field(() => Call, { nullable: true, description: 'The call; null where none was started.' })
  call: Call | null;

  @Field(() => [TelephonyUserError], { description: 'Why the request was refused; empty where it was not.' })
  userErrors: UserErrorView[];
}
