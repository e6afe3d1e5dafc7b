import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { Audited } from '@vss/graphql';
import type { CommandStatus } from './command.rules.js';

/** Something a hub-runner was told to do, and how far it came. Not in the graph. */
@Audited<Command>({
  plain: ['centerId', 'hubId', 'slotId', 'callId', 'type', 'status', 'fencingToken', 'actorId', 'createdAt', 'deadlineAt', 'giveUpAt', 'messageId', 'dispatchedAt', 'startedAt', 'endedAt', 'failureCode', 'failureReason'],
  personal: ['payload'],
})
@Entity({ tableName: 'command' })
export class Command {
  @PrimaryKey({ type: 'text' })
  id: string;

  @Property({ type: 'text' })
  centerId: string;

  @Property({ type: 'text' })
  hubId: string;

  @Property({ type: 'text' })
  slotId: string;

  @Property({ type: 'text', nullable: true })
  callId: string | null;

  /** Type of the message, such as `hub.call.originate`. */
  @Property({ type: 'text' })
  type: string;

  @Property({ type: 'text' })
  status: CommandStatus;

  @Property({ type: 'jsonb' })
  payload: Record<string, unknown>;

  @Property({ type: 'integer' })
  fencingToken: number;

  @Property({ type: 'text' })
  actorId: string;

  @Property({ type: 'timestamptz' })
  createdAt: Date;

  /** After this instant the runner does not begin it any more. */
  @Property({ type: 'timestamptz' })
  deadlineAt: Date;

  /** When its silence is taken for its end. */
  @Property({ type: 'timestamptz' })
  giveUpAt: Date;

  @Property({ type: 'text', nullable: true })
  messageId: string | null;

  @Property({ type: 'timestamptz', nullable: true })
  dispatchedAt: Date | null;

  @Property({ type: 'timestamptz', nullable: true })
  startedAt: Date | null;

  @Property({ type: 'timestamptz', nullable: true })
  endedAt: Date | null;

  @Property({ type: 'text', nullable: true })
  failureCode: string | null;

  @Property({ type: 'text', nullable: true })
  failureReason: string | null;
}
