import { Field, Float, Int, ObjectType, registerEnumType } from 'type-graphql';
import { Access, Instant } from '@vss/graphql';
import { UserStub } from '../stubs.js';

export const DashboardScope = { OWN: 'OWN', TEAM: 'TEAM', CENTER: 'CENTER' } as const;
registerEnumType(DashboardScope, {
  name: 'DashboardScope',
  description: 'Whose figures a dashboard shows.',
  valuesConfig: { OWN: { description: 'The actor\'s own.' }, TEAM: { description: 'Those of the actor\'s teams.' }, CENTER: { description: 'Those of the whole center.' } },
});

@Access('dashboard:read')
@ObjectType({ description: 'How many calls of today ended how.', simpleResolvers: true })
export class OutcomeCount {
  @Field(() => String, { description: 'A value of CallOutcome.' })
  outcome: string;

  @Field(() => Int, { description: 'How many calls.' })
  count: number;
}

@Access('dashboard:read')
@ObjectType({ description: 'How many slots are in a state.', simpleResolvers: true })
export class SlotStateCount {
  @Field(() => String, { description: 'A value of SlotState.' })
  state: string;

  @Field(() => Int, { description: 'How many slots.' })
  count: number;
}

@Access('dashboard:read')
@ObjectType({ description: 'How many leads have come how far.', simpleResolvers: true })
export class LeadStatusCount {
  @Field(() => String, { description: 'A value of LeadStatus.' })
  status: string;

  @Field(() => Int, { description: 'How many leads.' })
  count: number;
}

@Access('dashboard:read')
@ObjectType({ description: 'Calls: those going on now and those begun today, by the day of the center\'s time zone.', simpleResolvers: true })
export class CallStats {
  @Field(() => Int, { description: 'Calls that have not ended.' })
  active: number;

  @Field(() => Int, { description: 'Calls begun today.' })
  startedToday: number;

  @Field(() => Int, { description: 'Calls begun today that were answered.' })
  answeredToday: number;

  @Field(() => Int, { description: 'Calls begun today that failed for a technical reason.' })
  failedToday: number;

  @Field(() => Int, { description: 'Seconds talked in the calls begun today that have ended.' })
  talkSecondsToday: number;

  @Field(() => Int, { description: 'Calls begun today that reached the network: the divisor of answerSeizureRatio.' })
  seizures: number;

  @Field(() => Int, { description: 'Answered ones among them: the dividend of answerSeizureRatio.' })
  answered: number;

  @Field(() => Int, { description: 'Those of the answered ones that have ended: the divisor of averageCallDurationSeconds.' })
  talked: number;

  @Field(() => Float, { nullable: true, description: 'ASR: answered ÷ seizures, 0 to 1; null while there are none. To add up several, add the sums beside it.' })
  answerSeizureRatio: number | null;

  @Field(() => Float, { nullable: true, description: 'ACD: talkSecondsToday ÷ talked; null while no answered call has ended.' })
  averageCallDurationSeconds: number | null;

  @Field(() => [OutcomeCount], { description: 'The calls begun today that have ended, by outcome.' })
  byOutcome: OutcomeCount[];
}

@Access('slots:read')
@ObjectType({ description: 'The slots of the center as they are now.', simpleResolvers: true })
export class SlotStats {
  @Field(() => Int, { description: 'All slots.' })
  total: number;

  @Field(() => Int, { description: 'Slots that a call can start on.' })
  free: number;

  @Field(() => Int, { description: 'Slots in a call.' })
  busy: number;

  @Field(() => Int, { description: 'Slots in FAULT.' })
  fault: number;

  @Field(() => [SlotStateCount], { description: 'The slots by state.' })
  byState: SlotStateCount[];
}

@Access('dashboard:read')
@ObjectType({ description: 'What an operator has done today.', simpleResolvers: true })
export class OperatorStats {
  @Field(() => UserStub, { nullable: true, description: 'The operator.' })
  operator: UserStub;

  @Field(() => Int, { description: 'His calls that have not ended.' })
  activeCalls: number;

  @Field(() => Int, { description: 'His calls begun today.' })
  callsToday: number;

  @Field(() => Int, { description: 'Those of them that were answered.' })
  answeredToday: number;

  @Field(() => Int, { description: 'Seconds that he talked in them.' })
  talkSecondsToday: number;
}

@Access('dashboard:read')
@ObjectType({ description: 'The leads that the actor may see.', simpleResolvers: true })
export class LeadStats {
  @Field(() => Int, { description: 'All leads: the divisor of wonRatio.' })
  total: number;

  @Field(() => Int, { description: 'Leads that were won: the dividend of wonRatio.' })
  won: number;

  @Field(() => Float, { nullable: true, description: 'won ÷ total, 0 to 1; null while there are none.' })
  wonRatio: number | null;

  @Field(() => [LeadStatusCount], { description: 'The leads by how far they have come.' })
  byStatus: LeadStatusCount[];
}

@Access('dashboard:read')
@ObjectType({ description: 'What happened in one minute.', simpleResolvers: true })
export class ActivityPoint {
  @Field(() => Instant, { description: 'When the minute began.' })
  at: Date;

  @Field(() => Int, { description: 'Calls that began in it.' })
  started: number;

  @Field(() => Int, { description: 'Calls that were answered in it.' })
  answered: number;

  @Field(() => Int, { description: 'Calls that ended in it.' })
  ended: number;
}

@Access('dashboard:read')
@ObjectType({ description: 'Figures at a glance. A role sees figures of what it may read: an operator of his own calls, a seller of his leads and their calls, a supervisor of the center.', simpleResolvers: true })
export class Dashboard {
  @Field(() => String, { description: 'The role that it was made for.' })
  role: string;

  @Field(() => DashboardScope, { description: 'Whose figures these are.' })
  scope: keyof typeof DashboardScope;

  @Field(() => Instant, { description: 'When it was counted.' })
  at: Date;

  @Field(() => CallStats, { description: 'Calls that go on now, and those of today.' })
  calls: CallStats;

  @Access('dashboard:read')
  @Field(() => SlotStats, { nullable: true, description: 'Slots; null for who may not see slots.' })
  slots: SlotStats | null;

  @Field(() => [OperatorStats], { description: 'Operators: all of the center, those of the actor\'s teams, an operator himself, or none.' })
  operators: OperatorStats[];

  @Field(() => LeadStats, { description: 'Leads by how far they have come.' })
  leads: LeadStats;

  @Field(() => [ActivityPoint], { description: 'Calls by minute over the last hour, oldest first.' })
  activity: ActivityPoint[];
}
