import { Directive, Field, ID, Int, ObjectType } from 'type-graphql';
import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { OptionalProps } from '@mikro-orm/core';
import { Access, Audited, Instant } from '@vss/graphql';
import { availabilityOf, type SlotAdminState as AdminState, type SlotAvailability as Availability, type SlotFaultReason as FaultReason, type SlotState as State } from './slot.rules.js';
import { SlotAdminState, SlotAvailability, SlotFaultReason, SlotKind, SlotState } from './slot.enums.js';

@Access('slots:read')
@Directive('@key(fields: "id")')
@ObjectType({ description: 'A station that can make one call at a time: a phone or host behind one SIP number.' })
@Audited<Slot>({
  plain: ['centerId', 'trunkId', 'hubId', 'number', 'kind', 'state', 'stateSince', 'deadlineAt', 'faultReason', 'adminState', 'registrationExpiresAt', 'registrationFailures', 'commandId', 'callId', 'leaseId', 'fencingToken', 'createdAt', 'version'],
})
@Entity({ tableName: 'slot' })
export class Slot {
  [OptionalProps]?: 'availability' | 'sipRegistered';

  @Field(() => ID, { description: 'Its id, `slot_…`.' })
  @PrimaryKey({ type: 'text' })
  id: string;

  @Property({ type: 'text' })
  centerId: string;

  @Property({ type: 'text' })
  trunkId: string;

  /** The hub that serves it; null until its trunk is bound to one. */
  @Property({ type: 'text', nullable: true })
  hubId: string | null;

  @Field(() => String, { description: 'Its internal SIP number: 6xxx AUTO, 7xxx MF, 8xxx LS. Unique in the whole platform.' })
  @Property({ type: 'text' })
  number: string;

  @Field(() => SlotKind, { description: 'What kind of station it is.' })
  @Property({ type: 'text' })
  kind: SlotKind;

  @Field(() => SlotState, { description: 'Where it stands in its state machine.' })
  @Property({ type: 'text' })
  state: State;

  @Field(() => Instant, { description: 'Since when it is in this state.' })
  @Property({ type: 'timestamptz' })
  stateSince: Date;

  /** When it is looked at again, whatever happens or does not happen until then. */
  @Property({ type: 'timestamptz', nullable: true })
  deadlineAt: Date | null;

  @Field(() => SlotFaultReason, { nullable: true, description: 'Why it is at fault; null in every other state.' })
  @Property({ type: 'text', nullable: true })
  faultReason: FaultReason | null;

  @Field(() => SlotAdminState, { description: 'What the administration wants of it.' })
  @Property({ type: 'text' })
  adminState: AdminState;

  @Field(() => Instant, { nullable: true, description: 'Until when its SIP registration holds; null while it is not registered.' })
  @Property({ type: 'timestamptz', nullable: true })
  registrationExpiresAt: Date | null;

  @Property({ type: 'integer' })
  registrationFailures: number;

  /** The last command sent for the slot itself; answers to earlier ones are stale. */
  @Property({ type: 'text', nullable: true })
  commandId: string | null;

  /** The live call; set exactly while the state is CALLING or ACTIVE_CALL. */
  @Property({ type: 'text', nullable: true })
  callId: string | null;

  /** The live lease. */
  @Property({ type: 'text', nullable: true })
  leaseId: string | null;

  /** Grows with each holder; the hub-runner refuses a command with a lower one than it has seen. */
  @Property({ type: 'integer' })
  fencingToken: number;

  @Property({ type: 'timestamptz' })
  createdAt: Date;

  // Counted by hand, under the row's lock: every change is one event with its own version, also when one
  // transaction makes several.
  @Field(() => Int, { description: 'Grows with each change, of its state too; give it as `expectedVersion`.' })
  @Property({ type: 'integer' })
  version: number;

  @Field(() => SlotAvailability, { description: 'Whether a call can be started on it.' })
  get availability(): Availability {
    return availabilityOf(this);
  }

  @Field(() => Boolean, { description: 'Whether its phone is registered with SIP.' })
  get sipRegistered(): boolean {
    return this.registrationExpiresAt !== null;
  }
}
