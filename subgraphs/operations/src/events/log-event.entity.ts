import { Field, ID, ObjectType, registerEnumType } from 'type-graphql';
import { Entity, PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { Access, Audited, connectionOf, Instant, JsonScalar } from '@vss/graphql';
import type { LogModule as ModuleName, LogSeverity as SeverityName } from './log-event.rules.js';

export const LogModule = { OTTB: 'OTTB', POINT: 'POINT', WORKSPACE: 'WORKSPACE', DCI: 'DCI', DEVICES: 'DEVICES', HUB: 'HUB' } as const satisfies Record<ModuleName, ModuleName>;
registerEnumType(LogModule, {
  name: 'LogModule',
  description: 'Which part of the platform an event comes from.',
  valuesConfig: {
    OTTB: { description: 'Telephony: trunks, slots, calls.' },
    POINT: { description: 'Identity: users, sessions, rights.' },
    WORKSPACE: { description: 'CRM: leads and notes.' },
    DCI: { description: 'Operations: centers, messages.' },
    DEVICES: { description: 'Hubs and devices.' },
    HUB: { description: 'What hub-runners report.' },
  },
});

export const LogSeverity = { DEBUG: 'DEBUG', INFO: 'INFO', WARNING: 'WARNING', ERROR: 'ERROR' } as const satisfies Record<SeverityName, SeverityName>;
registerEnumType(LogSeverity, {
  name: 'LogSeverity',
  description: 'How much an event matters.',
  valuesConfig: {
    DEBUG: { description: 'A step on the way.' },
    INFO: { description: 'Something happened.' },
    WARNING: { description: 'Something was refused or went away.' },
    ERROR: { description: 'Something broke.' },
  },
});

@ObjectType({ description: 'Something that happened somewhere on the platform. Never changed.', simpleResolvers: true })
@Access('events:read')
@Audited<LogEvent>({ plain: ['centerId', 'type', 'module', 'severity', 'at', 'aggregateId', 'actor', 'traceId'], personal: ['summary', 'payload'] })
@Entity({ tableName: 'log_event' })
export class LogEvent {
  @Field(() => ID, { description: 'Id of the event.' })
  @PrimaryKey({ type: 'text' })
  id: string;

  /** Null for what concerns the platform: seen only by who sees every center. */
  @Property({ type: 'text', nullable: true })
  centerId: string | null;

  @Field(() => String, { description: 'What happened: `telephony.call.answered`.' })
  @Property({ type: 'text' })
  type: string;

  @Field(() => LogModule, { description: 'Which part of the platform it comes from.' })
  @Property({ type: 'text' })
  module: ModuleName;

  @Field(() => LogSeverity, { description: 'How much it matters.' })
  @Property({ type: 'text' })
  severity: SeverityName;

  @Field(() => Instant, { description: 'When it happened.' })
  @Property({ type: 'timestamptz' })
  at: Date;

  @Field(() => String, { description: 'Id of what it is about: a call, a slot, a user.' })
  @Property({ type: 'text' })
  aggregateId: string;

  @Field(() => String, { description: 'The event in one line, for people.' })
  @Property({ type: 'text' })
  summary: string;

  @Field(() => String, { description: 'Id of the user on whose behalf it happened, or `system`.' })
  @Property({ type: 'text' })
  actor: string;

  @Field(() => String, { description: 'Ties together everything that one request led to.' })
  @Property({ type: 'text' })
  traceId: string;

  @Field(() => JsonScalar, { description: 'What the event carries; its form depends on the type.' })
  @Property({ type: 'jsonb' })
  payload: unknown;
}

export const { Connection: LogEventConnection, Edge: LogEventEdge } = connectionOf(LogEvent, 'LogEvent');
