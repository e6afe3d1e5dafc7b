import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';

// Called …Projection because the ORM tells entities apart by class name, and several subgraphs run in one process.

/** What telephony must know of crm's leads to decide who sees a call, and to which lead a call may be linked. */
@Entity({ tableName: 'lead_projection' })
export class LeadProjection {
  @PrimaryKey({ type: 'text' })
  id: string;

  @Property({ type: 'text' })
  centerId: string;

  @Property({ type: 'text' })
  phone: string;

  @Property({ type: 'text', nullable: true })
  assignedSellerId: string | null;

  @Property({ type: 'text', nullable: true })
  assignedOperatorId: string | null;

  @Property({ type: 'integer' })
  version: number;
}

/** Whether the hub that serves a slot is there. */
@Entity({ tableName: 'hub_projection' })
export class HubProjection {
  @PrimaryKey({ type: 'text' })
  id: string;

  @Property({ type: 'text' })
  centerId: string;

  @Property({ type: 'boolean' })
  simulated: boolean;

  @Property({ type: 'boolean' })
  online: boolean;

  @Property({ type: 'integer' })
  version: number;
}

/** The centers that exist. */
@Entity({ tableName: 'center_projection' })
export class CenterProjection {
  @PrimaryKey({ type: 'text' })
  id: string;
}

/** In which teams somebody is, to decide whose calls a right with scope TEAM reaches. */
@Entity({ tableName: 'user_projection' })
export class UserProjection {
  @PrimaryKey({ type: 'text' })
  id: string;

  @Property({ type: 'text' })
  centerId: string;

  @Property({ type: 'text[]' })
  teamIds: string[];

  @Property({ type: 'integer' })
  version: number;
}
