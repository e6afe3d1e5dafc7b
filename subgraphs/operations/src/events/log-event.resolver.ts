import { Args, ArgsType, Ctx, Field, FieldResolver, InputType, Query, Resolver, Root } from 'type-graphql';
import type { FilterQuery } from '@mikro-orm/core';
import { MaxLength } from 'class-validator';
import { Access, ConnectionArgs, Instant, paginate, type Page, type Scope } from '@vss/graphql';
import { Center, loadCenter } from '../centers/index.js';
import { LogEvent, LogEventConnection, LogModule, LogSeverity } from './log-event.entity.js';
import type { LogModule as ModuleName, LogSeverity as SeverityName } from './log-event.rules.js';

@InputType({ description: 'Narrows the event log; what is given must all hold.' })
export class LogEventFilter {
  @Field(() => LogModule, { nullable: true, description: 'Only events of this part of the platform.' })
  module?: ModuleName | null;

  @Field(() => LogSeverity, { nullable: true, description: 'Only events that matter this much.' })
  severity?: SeverityName | null;

  @MaxLength(200)
  @Field(() => String, { nullable: true, description: 'Only events of this type: `telephony.call.ended`.' })
  type?: string | null;

  @MaxLength(200)
  @Field(() => String, { nullable: true, description: 'Only events about this call, slot, user, ….' })
  aggregateId?: string | null;

  @MaxLength(200)
  @Field(() => String, { nullable: true, description: 'Only what one request led to.' })
  traceId?: string | null;

  @Field(() => Instant, { nullable: true, description: 'Only events from this instant on.' })
  from?: Date | null;

  @Field(() => Instant, { nullable: true, description: 'Only events before this instant.' })
  to?: Date | null;
}

@ArgsType()
export class EventsArgs extends ConnectionArgs {
  @Field(() => LogEventFilter, { nullable: true, description: 'Which events.' })
  filter?: LogEventFilter | null;
}

@Resolver(() => LogEvent)
export class LogEventResolver {
  @Access('events:read')
  @Query(() => LogEventConnection, { description: 'What happened, newest first.' })
  events(@Args(() => EventsArgs) args: EventsArgs, @Ctx() { em }: Scope): Promise<Page<LogEvent>> {
    return paginate(em, LogEvent, { where: eventsWhere(args.filter ?? {}), args, orderBy: { at: 'desc' } });
  }

  @FieldResolver(() => Center, { nullable: true, description: 'The center that it concerns; null for the platform as a whole.' })
  async center(@Root() event: LogEvent, @Ctx() scope: Scope): Promise<Center | null> {
    return event.centerId ? loadCenter(scope, event.centerId) : null;
  }
}

function eventsWhere({ module, severity, type, aggregateId, traceId, from, to }: LogEventFilter): FilterQuery<LogEvent> {
  const span = { ...(from ? { $gte: from } : {}), ...(to ? { $lt: to } : {}) };
  return {
    ...(module ? { module } : {}),
    ...(severity ? { severity } : {}),
    ...(type ? { type } : {}),
    ...(aggregateId ? { aggregateId } : {}),
    ...(traceId ? { traceId } : {}),
    ...(from || to ? { at: span } : {}),
  };
}
