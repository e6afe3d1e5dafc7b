import { stub } from '@vss/graphql';
import type { Scope } from '@vss/graphql';
import { Center, startOfDay } from '../centers/index.js';
import { UserStub } from '../stubs.js';
import { countActivity, countCalls, countLeads, countOperators, countSlots, type Asked, type CallCounts, type OperatorCounts } from './dashboard.queries.js';
import { activity, activityStart, dashboardReach, ratio } from './dashboard.rules.js';
import type { CallStats, Dashboard, LeadStats, OperatorStats, SlotStats } from './dashboard.types.js';

/** Counts a dashboard; the number of statements does not depend on what there is to count. */
export async function countDashboard({ em, actor, now }: Scope): Promise<Dashboard> {
  const at = now();
  const reach = dashboardReach(actor);
  const center = await em.findOne(Center, { id: actor.centerId });
  const asked: Asked = { em, actor, reach, day: startOfDay(at, center?.timeZone ?? 'UTC') };
  const start = activityStart(at);
  const [calls, slots, leads, operators, minutes] = await Promise.all([
    countCalls(asked),
    reach.slots ? countSlots(asked) : null,
    countLeads(asked),
    reach.operators === 'NONE' ? [] : countOperators(asked),
    countActivity(asked, start),
  ]);
  return {
    role: actor.role,
    scope: reach.scope,
    at,
    calls: callStats(calls),
    slots: slots && slotStats(slots),
    operators: reach.operators === 'SELF' && operators.length === 0 ? [operatorStats({ id: actor.userId, ...NOTHING })] : operators.map(operatorStats),
    leads: leadStats(leads),
    activity: activity(start, minutes),
  };
}

const NOTHING = { active: 0, started: 0, answered: 0, talk_seconds: 0 };
const sum = <T>(rows: readonly T[], of: (row: T) => number): number => rows.reduce((total, row) => total + of(row), 0);

function callStats(rows: readonly CallCounts[]): CallStats {
  const answered = sum(rows, (row) => row.answered);
  // A call that goes on has no outcome, and its seconds are not counted yet.
  const talked = sum(rows.filter(({ outcome }) => outcome !== null), (row) => row.answered);
  const seizures = sum(rows, (row) => row.seizures);
  const talkSecondsToday = sum(rows, (row) => row.talk_seconds);
  const byOutcome = rows.flatMap(({ outcome, started: count }) => (outcome !== null && count > 0 ? [{ outcome, count }] : []));
  return {
    active: sum(rows, (row) => row.active),
    startedToday: sum(rows, (row) => row.started),
    answeredToday: answered,
    failedToday: byOutcome.find(({ outcome }) => outcome === 'FAILED')?.count ?? 0,
    talkSecondsToday,
    seizures,
    answered,
    talked,
    answerSeizureRatio: ratio(answered, seizures),
    averageCallDurationSeconds: ratio(talkSecondsToday, talked),
    byOutcome: byOutcome.sort((a, b) => b.count - a.count || a.outcome.localeCompare(b.outcome)),
  };
}

function slotStats(rows: readonly { state: string; availability: string; count: number }[]): SlotStats {
  const where = (holds: (row: { state: string; availability: string }) => boolean): number => sum(rows.filter(holds), ({ count }) => count);
  const states = [...new Set(rows.map(({ state }) => state))].sort();
  return {
    total: sum(rows, ({ count }) => count),
    free: where(({ availability }) => availability === 'FREE'),
    busy: where(({ availability }) => availability === 'BUSY'),
    fault: where(({ state }) => state === 'FAULT'),
    byState: states.map((state) => ({ state, count: where((row) => row.state === state) })),
  };
}

function leadStats(rows: readonly { status: string; count: number }[]): LeadStats {
  const total = sum(rows, ({ count }) => count);
  const won = rows.find(({ status }) => status === 'WON')?.count ?? 0;
  return { total, won, wonRatio: ratio(won, total), byStatus: rows.toSorted((a, b) => a.status.localeCompare(b.status)) };
}

const operatorStats = ({ id, active, started, answered, talk_seconds }: OperatorCounts): OperatorStats => ({
  operator: stub(UserStub, id),
  activeCalls: active,
  callsToday: started,
  answeredToday: answered,
  talkSecondsToday: talk_seconds,
});
