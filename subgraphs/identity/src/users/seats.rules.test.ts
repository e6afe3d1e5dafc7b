import { describe, expect, it } from 'vitest';
import { resolveGrants, type Grant } from '@vss/auth';
import { anActor } from '@vss/testing';
import { rightsBeyondSeat } from './seats.rules.js';

const may = (scope: Grant['scope'], ...permissions: string[]): Grant[] =>
  permissions.map((permission) => {
    const [resource = '', action = ''] = permission.split(':');
    return { resource, actions: [action], scope, effect: 'ALLOW' };
  });
const beyond = (grants: Grant[], given: Grant[], teamIds: string[] = []) => rightsBeyondSeat(anActor({ role: 'clerk', grants, teamIds }), 'team_a', resolveGrants(given));

describe('a seat in a team', () => {
  it('is as good as each right that reaches as far as a team', () => expect(beyond(may('CENTER', 'teams:update'), [...may('TEAM', 'leads:read', 'calls:read'), ...may('OWN', 'notes:read')])).toEqual(['leads:read', 'calls:read']));
  it('gives nothing to who has his rights farther or not as far', () => expect(beyond(may('CENTER', 'teams:update'), [...may('CENTER', 'leads:read'), ...may('OWN', 'calls:read')])).toEqual([]));
  it('may be given by who has the right in the center, or in this very team', () => {
    expect(beyond(may('CENTER', 'leads:read'), may('TEAM', 'leads:read'))).toEqual([]);
    expect(beyond(may('TEAM', 'leads:read'), may('TEAM', 'leads:read'), ['team_a'])).toEqual([]);
    expect(beyond(may('TEAM', 'leads:read'), may('TEAM', 'leads:read'), ['team_b'])).toEqual(['leads:read']);
    expect(beyond(may('OWN', 'leads:read'), may('TEAM', 'leads:read'), ['team_a'])).toEqual(['leads:read']);
  });
  it('takes whole resources at their word', () => expect(beyond(may('CENTER', 'leads:read'), may('TEAM', 'leads:*'))).toEqual(['leads:*']));
});
