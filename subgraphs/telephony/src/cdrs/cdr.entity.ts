import { Directive, Field, ID, Int, ObjectType } from 'type-graphql';
import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { Access, Audited, Instant } from '@vss/graphql';
import { CallDirection, CallOutcome, CallParty } from '../calls/call.enums.js';
import type { CallDirection as Direction, CallOutcome as Outcome, CallParty as Party } from '../calls/call.rules.js';

@Access('cdrs:read')
@Directive('@key(fields: "id")')
@ObjectType({ description: 'Call detail record: the business record of one call, written once when it ends and never changed.' })
@Audited<Cdr>({
  plain: ['centerId', 'callId', 'direction', 'slotNumber', 'trunkId', 'operatorId', 'leadId', 'outcome', 'startedAt', 'ringingAt', 'answeredAt', 'endedAt', 'ringSeconds', 'talkSeconds', 'totalSeconds', 'sipCode', 'hangupCause', 'hungUpBy', 'failureReason'],
  personal: ['phoneNumber'],
})
@Entity({ tableName: 'cdr' })
export class Cdr {
  @Field(() => ID, { description: 'Its id, `cdr_…`.' })
  @PrimaryKey({ type: 'text' })
  id: string;

  @Property({ type: 'text' })
  centerId: string;

  @Property({ type: 'text' })
  callId: string;

  @Field(() => CallDirection, { description: 'Who called whom.' })
  @Property({ type: 'text' })
  direction: Direction;

  @Field(() => String, { description: 'The number at the far end, E.164.' })
  @Property({ type: 'text' })
  phoneNumber: string;

  @Field(() => String, { description: "The slot's SIP number." })
  @Property({ type: 'text' })
  slotNumber: string;

  @Property({ type: 'text' })
  trunkId: string;

  @Property({ type: 'text', nullable: true })
  operatorId: string | null;

  @Property({ type: 'text', nullable: true })
  leadId: string | null;

  @Field(() => CallOutcome, { description: 'What became of the call.' })
  @Property({ type: 'text' })
  outcome: Outcome;

  @Field(() => Instant, { description: 'When the call was accepted.' })
  @Property({ type: 'timestamptz' })
  startedAt: Date;

  @Field(() => Instant, { nullable: true, description: 'When the far end began to ring.' })
  @Property({ type: 'timestamptz', nullable: true })
  ringingAt: Date | null;

  @Field(() => Instant, { nullable: true, description: 'When the far end picked up.' })
  @Property({ type: 'timestamptz', nullable: true })
  answeredAt: Date | null;

  @Field(() => Instant, { description: 'When the call ended.' })
  @Property({ type: 'timestamptz' })
  endedAt: Date;

  @Field(() => Int, { description: 'Seconds from ringing to answer, or to the end.' })
  @Property({ type: 'integer' })
  ringSeconds: number;

  @Field(() => Int, { description: 'Seconds from answer to end, rounded; 0 where nobody picked up.' })
  @Property({ type: 'integer' })
  talkSeconds: number;

  @Field(() => Int, { description: 'Seconds from acceptance to end.' })
  @Property({ type: 'integer' })
  totalSeconds: number;

  @Field(() => Int, { nullable: true, description: 'The last SIP answer.' })
  @Property({ type: 'integer', nullable: true })
  sipCode: number | null;

  @Field(() => Int, { nullable: true, description: 'ITU-T Q.850 cause.' })
  @Property({ type: 'integer', nullable: true })
  hangupCause: number | null;

  @Field(() => CallParty, { nullable: true, description: 'Who ended the call.' })
  @Property({ type: 'text', nullable: true })
  hungUpBy: Party | null;

  @Field(() => String, { nullable: true, description: 'Why a FAILED call failed.' })
  @Property({ type: 'text', nullable: true })
  failureReason: string | null;
}
