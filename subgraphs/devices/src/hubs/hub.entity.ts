import { Directive, Field, ID, Int, ObjectType } from 'type-graphql';
import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { Access, Audited, connectionOf, Instant } from '@vss/graphql';

@Directive('@key(fields: "id")')
@ObjectType({ description: 'A machine with devices on it, watched over by a hub-runner.', simpleResolvers: true })
@Access('devices:read')
@Audited<Hub>({ plain: ['centerId', 'name', 'simulated', 'online', 'lastSeenAt', 'adapters', 'createdAt', 'version'] })
@Entity({ tableName: 'hub' })
export class Hub {
  @Field(() => ID, { description: 'Id of the hub; it is the hub-runner\'s own.' })
  @PrimaryKey({ type: 'text' })
  id: string;

  @Property({ type: 'text' })
  centerId: string;

  @Field(() => String, { description: 'Name of the hub.' })
  @Property({ type: 'text' })
  name: string;

  @Field(() => Boolean, { description: 'True: nothing on this hub is real. Shown as SIMULATED wherever it shows.' })
  @Property({ type: 'boolean' })
  simulated: boolean;

  @Field(() => Boolean, { description: 'Whether the hub-runner is heard of.' })
  @Property({ type: 'boolean' })
  online: boolean;

  @Field(() => Instant, { description: 'When the hub-runner was last heard of.' })
  @Property({ type: 'timestamptz' })
  lastSeenAt: Date;

  /** Which adapter serves each of the runner's ports. */
  @Property({ type: 'jsonb' })
  adapters: Record<string, string>;

  @Property({ type: 'timestamptz' })
  createdAt: Date;

  @Field(() => Int, { description: 'Grows with each change other than a heartbeat.' })
  @Property({ type: 'integer' })
  version: number;
}

export const { Connection: HubConnection, Edge: HubEdge } = connectionOf(Hub, 'Hub');
