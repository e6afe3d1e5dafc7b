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
  readonly scope: 'OWN' | 'CENTER';
  readonly calls: 'OWN_CALLS' | 'OWN_LEADS' | 'CENTER' | 'NONE';
  readonly leads: 'OWN' | 'ASSIGNED' | 'CENTER' | 'NONE';
  readonly slots: boolean;
  readonly operators: 'ALL' | 'SELF' | 'NONE';
}

export function dashboardReach(actor: Actor): Reach {
  const scope = reachesCenter(assertAllowed(actor, 'dashboard:read')) ? 'CENTER' : 'OWN';
  const calls = callsWithin(scopeOf(actor, 'calls:read'), scope);
  return {
    scope,
    calls,
    leads: leadsWithin(scopeOf(actor, 'leads:read')),
    slots: scopeOf(actor, 'slots:read') !== undefined,
    operators: calls === 'CENTER' ? 'ALL' : calls === 'OWN_CALLS' ? 'SELF' : 'NONE',
  };
}

const reachesCenter = (scope: GrantScope): boolean => isAsWideAs(scope, 'CENTER');

/** ASSIGNED calls are those on the leads that one sees; with a dashboard of one's own even who sees all calls gets his own. */
function callsWithin(read: GrantScope | undefined, dashboard: 'OWN' | 'CENTER'): Reach['calls'] {
  if (!read) return 'NONE';
  if (read === 'ASSIGNED') return 'OWN_LEADS';
  return dashboard === 'CENTER' && reachesCenter(read) ? 'CENTER' : 'OWN_CALLS';
}

function leadsWithin(read: GrantScope | undefined): Reach['leads'] {
  if (!read) return 'NONE';
  if (read === 'OWN' || read === 'ASSIGNED') return read;
  return 'CENTER';
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
