import { Field, ID, ObjectType, registerEnumType } from 'type-graphql';
import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { Access, Audited, Instant } from '@vss/graphql';

export const LeasePurpose = { CALL: 'CALL', SCRIPT: 'SCRIPT', REMOTE_VIEW: 'REMOTE_VIEW', REMOTE_CONTROL: 'REMOTE_CONTROL', MAINTENANCE: 'MAINTENANCE' } as const;
export type LeasePurpose = keyof typeof LeasePurpose;
registerEnumType(LeasePurpose, {
  name: 'SlotLeasePurpose',
  description: 'What a slot is leased for.',
  valuesConfig: {
    CALL: { description: 'To call from it.' },
    SCRIPT: { description: 'To run a script on its device.' },
    REMOTE_VIEW: { description: "To look at its device's screen." },
    REMOTE_CONTROL: { description: 'To control its device.' },
    MAINTENANCE: { description: 'To work on it.' },
  },
});

@Access('slots:read')
@ObjectType({ description: "A user's hold on a slot: while it lasts, nobody else starts a call there." })
@Audited<SlotLease>({
  plain: ['centerId', 'slotId', 'purpose', 'holderId', 'fencingToken', 'forOneCall', 'createdAt', 'expiresAt', 'endedAt', 'endReason'],
})
@Entity({ tableName: 'slot_lease' })
export class SlotLease {
  @Field(() => ID, { description: 'Its id; slotRelease takes it.' })
  @PrimaryKey({ type: 'text' })
  id: string;

  @Property({ type: 'text' })
  centerId: string;

  @Property({ type: 'text' })
  slotId: string;

  @Field(() => LeasePurpose, { description: 'What the slot is leased for.' })
  @Property({ type: 'text' })
  purpose: LeasePurpose;

  @Property({ type: 'text' })
  holderId: string;

  @Property({ type: 'integer' })
  fencingToken: number;

  /** Taken by callStart for one call, and over with it; otherwise held until it is released or expires. */
  @Property({ type: 'boolean' })
  forOneCall: boolean;

  @Field(() => Instant, { description: 'When it was taken.' })
  @Property({ type: 'timestamptz' })
  createdAt: Date;

  @Field(() => Instant, { description: 'When it ends by itself.' })
  @Property({ type: 'timestamptz' })
  expiresAt: Date;

  @Field(() => Instant, { nullable: true, description: 'When it ended; null while it lasts.' })
  @Property({ type: 'timestamptz', nullable: true })
  endedAt: Date | null;

  /** RELEASED, EXPIRED, CALL_ENDED, SLOT_FAULT or OUT_OF_SERVICE. */
  @Property({ type: 'text', nullable: true })
  endReason: LeaseEnd | null;
}

export type LeaseEnd = 'RELEASED' | 'EXPIRED' | 'CALL_ENDED' | 'SLOT_FAULT' | 'OUT_OF_SERVICE';
