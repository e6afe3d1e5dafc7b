import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';

/** What crm knows of a call, from telephony's events: enough to decide who may write a note on it and where it hangs. */
@Entity({ tableName: 'call_projection' })
export class CallProjection {
  @PrimaryKey({ type: 'text' })
  id: string;

  @Property({ type: 'text' })
  centerId: string;

  @Property({ type: 'text' })
  phoneNumber: string;

  @Property({ type: 'text', nullable: true })
  operatorId: string | null;

  @Property({ type: 'text', nullable: true })
  leadId: string | null;

  @Property({ type: 'text' })
  status: string;

  @Property({ type: 'text', nullable: true })
  outcome: string | null;

  @Property({ type: 'integer' })
  version: number;
}
