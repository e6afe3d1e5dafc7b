import { Directive, Field, ID, Int, ObjectType } from 'type-graphql';
import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { Access, Audited, Instant } from '@vss/graphql';
import type { CallDirection as Direction, CallOutcome as Outcome, CallParty as Party, CallStatus as Status } from './call.rules.js';
import { CallDirection, CallOutcome, CallParty, CallStatus } from './call.enums.js';

@Access('calls:read')
@Directive('@key(fields: "id")')
@ObjectType({ description: 'One call, from its acceptance to its end.' })
@Audited<Call>({
  plain: ['centerId', 'status', 'outcome', 'direction', 'slotId', 'trunkId', 'leaseId', 'operatorId', 'leadId', 'startedAt', 'ringingAt', 'answeredAt', 'endedAt', 'talkSeconds', 'sipCode', 'hangupCause', 'hungUpBy', 'failureReason', 'hangupRequestedAt', 'version'],
  personal: ['phoneNumber'],
})
@Entity({ tableName: 'call' })
export class Call {
  @Field(() => ID, { description: 'Its id, `call_…`; the PBX knows the call by the same one.' })
  @PrimaryKey({ type: 'text' })
  id: string;

  @Property({ type: 'text' })
  centerId: string;

  @Field(() => CallStatus, { description: 'How far it has come.' })
  @Property({ type: 'text' })
  status: Status;

  @Field(() => CallOutcome, { nullable: true, description: 'What became of it; null until it has ended.' })
  @Property({ type: 'text', nullable: true })
  outcome: Outcome | null;

  @Field(() => CallDirection, { description: 'Who called whom.' })
  @Property({ type: 'text' })
  direction: Direction;

  @Field(() => String, { description: 'The number at the far end, E.164.' })
  @Property({ type: 'text' })
  phoneNumber: string;

  @Property({ type: 'text' })
  slotId: string;

  @Property({ type: 'text' })
  trunkId: string;

  @Property({ type: 'text', nullable: true })
  leaseId: string | null;

  @Property({ type: 'text', nullable: true })
  operatorId: string | null;

  @Property({ type: 'text', nullable: true })
  leadId: string | null;

  @Field(() => Instant, { description: 'When it was accepted.' })
  @Property({ type: 'timestamptz' })
  startedAt: Date;

  @Field(() => Instant, { nullable: true, description: 'When the far end began to ring.' })
  @Property({ type: 'timestamptz', nullable: true })
  ringingAt: Date | null;

  @Field(() => Instant, { nullable: true, description: 'When the far end picked up.' })
  @Property({ type: 'timestamptz', nullable: true })
  answeredAt: Date | null;

  @Field(() => Instant, { nullable: true, description: 'When it ended.' })
  @Property({ type: 'timestamptz', nullable: true })
  endedAt: Date | null;

  @Field(() => Int, { nullable: true, description: 'Seconds from answer to end, rounded; 0 where nobody picked up, null until it has ended.' })
  @Property({ type: 'integer', nullable: true })
  talkSeconds: number | null;

  @Field(() => Int, { nullable: true, description: 'The last SIP answer, such as 486.' })
  @Property({ type: 'integer', nullable: true })
  sipCode: number | null;

  @Field(() => Int, { nullable: true, description: 'ITU-T Q.850 cause, such as 17 for busy.' })
  @Property({ type: 'integer', nullable: true })
  hangupCause: number | null;

  @Field(() => CallParty, { nullable: true, description: 'Who ended it.' })
  @Property({ type: 'text', nullable: true })
  hungUpBy: Party | null;

  @Field(() => String, { nullable: true, description: "Why a FAILED call failed: the slot's fault reason, or TIMED_OUT, COMMAND_EXPIRED, IN_DOUBT and the like." })
  @Property({ type: 'text', nullable: true })
  failureReason: string | null;

  /** Set by callEnd; the hub's answer is still to come. */
  @Property({ type: 'timestamptz', nullable: true })
  hangupRequestedAt: Date | null;

  @Field(() => Int, { description: 'Grows with each change.' })
  @Property({ type: 'integer' })
  version: number;
}

@Access('calls:read')
@ObjectType({ description: 'One side of a call as the PBX saw it.' })
@Audited<CallLeg>({
  plain: ['centerId', 'callId', 'party', 'channelId', 'startedAt', 'answeredAt', 'endedAt', 'sipCode', 'hangupCause'],
  personal: ['address'],
})
@Entity({ tableName: 'call_leg' })
export class CallLeg {
  @Field(() => ID, { description: 'Its id.' })
  @PrimaryKey({ type: 'text' })
  id: string;

  @Property({ type: 'text' })
  centerId: string;

  @Property({ type: 'text' })
  callId: string;

  @Field(() => CallParty, { description: 'Whose side it is.' })
  @Property({ type: 'text' })
  party: Party;

  @Field(() => String, { description: "Id of the leg at the PBX." })
  @Property({ type: 'text' })
  channelId: string;

  @Field(() => String, { description: 'Where it led: a number or SIP address.' })
  @Property({ type: 'text' })
  address: string;

  @Field(() => Instant, { description: 'When it began.' })
  @Property({ type: 'timestamptz' })
  startedAt: Date;

  @Field(() => Instant, { nullable: true, description: 'When it was answered.' })
  @Property({ type: 'timestamptz', nullable: true })
  answeredAt: Date | null;

  @Field(() => Instant, { description: 'When it ended.' })
  @Property({ type: 'timestamptz' })
  endedAt: Date;

  @Field(() => Int, { nullable: true, description: 'Its last SIP answer.' })
  @Property({ type: 'integer', nullable: true })
  sipCode: number | null;

  @Field(() => Int, { nullable: true, description: 'ITU-T Q.850 cause.' })
  @Property({ type: 'integer', nullable: true })
  hangupCause: number | null;
}
