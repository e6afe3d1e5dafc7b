import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { Audited } from '@vss/graphql';
import type { ResourceType } from './resource.rules.js';

/** Whose a row of another subgraph is, from its owner's events: what a decision about it needs, and nothing of what it says. */
@Audited<ResourceFact>({ plain: ['centerId', 'ownerId', 'assigneeId', 'leadId', 'callId', 'version'] })
@Entity({ tableName: 'resource_fact' })
export class ResourceFact {
  @PrimaryKey({ type: 'text' })
  type: ResourceType;

  @PrimaryKey({ type: 'text' })
  id: string;

  @Property({ type: 'text' })
  centerId: string;

  /** Of a call its operator, of a lead its seller, of a note its author. */
  @Property({ type: 'text', nullable: true })
  ownerId: string | null;

  /** Of a lead its operator; null: the open pool. */
  @Property({ type: 'text', nullable: true })
  assigneeId: string | null;

  /** What a call or a note is about. */
  @Property({ type: 'text', nullable: true })
  leadId: string | null;

  /** What a note is about. */
  @Property({ type: 'text', nullable: true })
  callId: string | null;

  @Property({ type: 'integer' })
  version: number;
}
