import { describe, expect, it } from 'vitest';
import { grantsOfRole, type Actor, type GrantScope } from '@vss/auth';
import { activity, activityStart, dashboardReach, isSeizure, ratio } from './dashboard.rules.js';

const as = (role: string): Actor => ({ kind: 'user', userId: 'u', username: 'u', sessionId: 's', role, centerId: 'c', teamIds: [], permissionVersion: 1, rightsVersion: 0, grants: grantsOfRole(role) });

describe('what a dashboard counts', () => {
  it.each([
    ['admin', { scope: 'CENTER', calls: 'CENTER', leads: 'CENTER', slots: true, operators: 'ALL' }],
    ['supervisor', { scope: 'CENTER', calls: 'CENTER', leads: 'CENTER', slots: true, operators: 'ALL' }],
    ['operator', { scope: 'OWN', calls: 'OWN_CALLS', leads: 'ASSIGNED', slots: true, operators: 'SELF' }],
    ['seller', { scope: 'OWN', calls: 'OWN_LEADS', leads: 'OWN', slots: false, operators: 'NONE' }],
  ])('for a %s is what he may read', (role, reach) => expect(dashboardReach(as(role))).toEqual(reach));
});

describe('what the leader of a team counts', () => {
  const leader = (scopes: Record<string, GrantScope>): Actor => ({ ...as('seller'), grants: { allow: scopes, deny: [] } });
  it.each([
    [{ 'dashboard:read': 'TEAM', 'calls:read': 'TEAM', 'leads:read': 'TEAM' }, { scope: 'TEAM', calls: 'TEAM', leads: 'TEAM', operators: 'TEAM' }],
    [{ 'dashboard:read': 'TEAM', 'calls:read': 'CENTER' }, { scope: 'TEAM', calls: 'TEAM', leads: 'NONE', operators: 'TEAM' }],
    [{ 'dashboard:read': 'CENTER', 'calls:read': 'TEAM' }, { scope: 'CENTER', calls: 'TEAM' }],
    [{ 'dashboard:read': 'TEAM', 'calls:read': 'OWN' }, { scope: 'TEAM', calls: 'OWN_CALLS', operators: 'SELF' }],
    [{ 'dashboard:read': 'OWN', 'calls:read': 'TEAM' }, { scope: 'OWN', calls: 'OWN_CALLS' }],
  ] as const)('with %j is no more than he may read', (scopes, reach) => expect(dashboardReach(leader(scopes))).toMatchObject(reach));
});

describe('a seizure', () => {
  const nothing = { status: 'ENDED', outcome: 'FAILED', ringingAt: null, answeredAt: null, sipCode: null, hangupCause: null } as const;
  it('is a call that has reached the network', () => {
    expect(isSeizure({ ...nothing, status: 'DIALING', outcome: null })).toBe(true);
    expect(isSeizure({ ...nothing, outcome: 'BUSY' })).toBe(true);
    expect(isSeizure({ ...nothing, sipCode: 503 })).toBe(true);
  });
  it('is not one that never left', () => {
    expect(isSeizure(nothing)).toBe(false);
    expect(isSeizure({ ...nothing, outcome: 'CANCELLED' })).toBe(false);
    expect(isSeizure({ ...nothing, status: 'QUEUED', outcome: null })).toBe(false);
  });
});

describe('the activity', () => {
  it('has the last sixty minutes, the empty ones too', () => {
    const start = activityStart(new Date('2026-11-22T12:00:30Z'));
    expect(start).toEqual(new Date('2026-11-22T11:01:00Z'));
    const points = activity(start, [{ minute: start.getTime() + 60_000, kind: 'answered', count: 3 }]);
    expect(points).toHaveLength(60);
    expect(points[1]).toEqual({ at: new Date('2026-11-22T11:02:00Z'), started: 0, answered: 3, ended: 0 });
    expect(points.at(-1)?.at).toEqual(new Date('2026-11-22T12:00:00Z'));
  });
});

it('a rate of nothing is none', () => expect([ratio(1, 4), ratio(0, 0)]).toEqual([0.25, null]));
