import { Directive, Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { Access, Audited, connectionOf, Instant } from '@vss/graphql';

export const LeadStatus = { NEW: 'NEW', CONTACTED: 'CONTACTED', QUALIFIED: 'QUALIFIED', WON: 'WON', LOST: 'LOST' } as const;
export type LeadStatus = keyof typeof LeadStatus;
registerEnumType(LeadStatus, {
  name: 'LeadStatus',
  description: 'How far a lead has come.',
  valuesConfig: {
    NEW: { description: 'Nobody has spoken to the client yet.' },
    CONTACTED: { description: 'The client was reached.' },
    QUALIFIED: { description: 'The client wants to hear more.' },
    WON: { description: 'The client bought.' },
    LOST: { description: 'The client will not buy.' },
  },
});

@Directive('@key(fields: "id")')
@ObjectType({ description: 'A client to be won: a name, a phone number and who works on it.', simpleResolvers: true })
@Access('leads:read')
@Audited<Lead>({
  plain: ['centerId', 'status', 'source', 'assignedSellerId', 'assignedOperatorId', 'createdAt', 'updatedAt', 'version'],
  personal: ['clientName', 'phone'],
})
@Entity({ tableName: 'lead' })
export class Lead {
  @Field(() => ID, { description: 'Id of the lead.' })
  @PrimaryKey({ type: 'text' })
  id: string;

  @Property({ type: 'text' })
  centerId: string;

  @Field(() => String, { description: 'Name of the client.' })
  @Property({ type: 'text' })
  clientName: string;

  @Field(() => String, { description: 'Phone number of the client in E.164, such as +12025550143.' })
  @Property({ type: 'text' })
  phone: string;

  @Field(() => LeadStatus, { description: 'How far the lead has come.' })
  @Property({ type: 'text' })
  status: LeadStatus;

  @Field(() => String, { nullable: true, description: 'Where the lead comes from, in the words of who entered it.' })
  @Property({ type: 'text', nullable: true })
  source: string | null;

  @Property({ type: 'text', nullable: true })
  assignedSellerId: string | null;

  /** Null: the lead is in the center's open pool and every operator may work on it. */
  @Property({ type: 'text', nullable: true })
  assignedOperatorId: string | null;

  @Field(() => Instant, { description: 'When the lead was entered.' })
  @Property({ type: 'timestamptz' })
  createdAt: Date;

  @Field(() => Instant, { description: 'When the lead was last changed.' })
  @Property({ type: 'timestamptz' })
  updatedAt: Date;

  @Field(() => Int, { description: 'Grows with each change; send it back as `expectedVersion` of an update.' })
  @Property({ type: 'integer' })
  version: number;
}

export const { Connection: LeadConnection, Edge: LeadEdge } = connectionOf(Lead, 'Lead');
