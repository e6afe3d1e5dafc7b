import { assertAllowed, isAsWideAs, scopeOf, type Actor, type GrantScope } from '@vss/auth';
import type { CallQueued, PayloadOf } from '@vss/events';

type Call = PayloadOf<typeof CallQueued>['call'];

/** Whether a call has reached the network: what an answer ratio is measured against (ASR: answered ÷ seizures). */
export function isSeizure({ status, outcome, ringingAt, answeredAt, sipCode, hangupCause }: Pick<Call, 'status' | 'outcome' | 'ringingAt' | 'answeredAt' | 'sipCode' | 'hangupCause'>): boolean {
  if (status !== 'ENDED') return status !== 'QUEUED';
  if (ringingAt !== null || answeredAt !== null || sipCode !== null || hangupCause !== null) return true;
  return outcome !== null && outcome !== 'FAILED' && outcome !== 'CANCELLED';
}

/** What a dashboard counts: never more than its viewer could read row by row. */
export interface Reach {
  readonly scope: 'OWN' | 'TEAM' | 'CENTER';
  readonly calls: 'OWN_CALLS' | 'OWN_LEADS' | 'TEAM' | 'CENTER' | 'NONE';
  readonly leads: 'OWN' | 'ASSIGNED' | 'TEAM' | 'CENTER' | 'NONE';
  readonly slots: boolean;
  readonly operators: 'ALL' | 'TEAM' | 'SELF' | 'NONE';
}

export function dashboardReach(actor: Actor): Reach {
  const scope = dashboardScope(assertAllowed(actor, 'dashboard:read'));
  const calls = callsWithin(scopeOf(actor, 'calls:read'), scope);
  return {
    scope,
    calls,
    leads: leadsWithin(scopeOf(actor, 'leads:read')),
    slots: scopeOf(actor, 'slots:read') !== undefined,
    operators: OPERATORS[calls],
  };
}

const OPERATORS: Readonly<Record<Reach['calls'], Reach['operators']>> = { CENTER: 'ALL', TEAM: 'TEAM', OWN_CALLS: 'SELF', OWN_LEADS: 'NONE', NONE: 'NONE' };

const reachesCenter = (scope: GrantScope): boolean => isAsWideAs(scope, 'CENTER');

function dashboardScope(held: GrantScope): Reach['scope'] {
  if (reachesCenter(held)) return 'CENTER';
  return held === 'TEAM' ? 'TEAM' : 'OWN';
}

/** ASSIGNED calls are those on the leads that one sees, beside one's own; with a dashboard of one's own even who sees all calls gets his own. */
function callsWithin(read: GrantScope | undefined, dashboard: Reach['scope']): Reach['calls'] {
  if (!read) return 'NONE';
  if (read === 'ASSIGNED') return 'OWN_LEADS';
  if (dashboard === 'OWN' || read === 'OWN') return 'OWN_CALLS';
  return dashboard === 'CENTER' && reachesCenter(read) ? 'CENTER' : 'TEAM';
}

function leadsWithin(read: GrantScope | undefined): Reach['leads'] {
  if (!read) return 'NONE';
  return reachesCenter(read) ? 'CENTER' : (read as Exclude<Reach['leads'], 'NONE'>);
}

/** A rate that exists only where there is something to divide by. */
export const ratio = (part: number, whole: number): number | null => (whole > 0 ? part / whole : null);

export interface MinuteCount {
  readonly at: Date;
  readonly started: number;
  readonly answered: number;
  readonly ended: number;
}

export const ACTIVITY_MINUTES = 60;
const MINUTE_MS = 60_000;

/** The first of the last sixty minutes, the one under way included. */
export const activityStart = (now: Date): Date => new Date(Math.floor(now.getTime() / MINUTE_MS) * MINUTE_MS - (ACTIVITY_MINUTES - 1) * MINUTE_MS);

/** Every minute once, also those in which nothing happened. */
export function activity(start: Date, counts: readonly { minute: number; kind: 'started' | 'answered' | 'ended'; count: number }[]): MinuteCount[] {
  return Array.from({ length: ACTIVITY_MINUTES }, (_, index) => {
    const at = start.getTime() + index * MINUTE_MS;
    const of = (kind: string): number => counts.find((each) => each.minute === at && each.kind === kind)?.count ?? 0;
    return { at: new Date(at), started: of('started'), answered: of('answered'), ended: of('ended') };
  });
}
