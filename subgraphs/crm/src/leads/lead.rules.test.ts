import { describe, expect, it } from 'vitest';
import { resolveGrants, type Actor, type GrantScope } from '@vss/auth';
import { assertMayChange, parseClientName, sellerOfNewLead } from './lead.rules.js';

const anActor = (scope: GrantScope): Actor => ({
  kind: 'user',
  userId: 'user_1',
  username: 'ada',
  sessionId: 's',
  role: 'role',
  centerId: 'ctr_1',
  teamIds: [],
  permissionVersion: 1,
  rightsVersion: 0,
  grants: resolveGrants([{ resource: 'leads', actions: ['read', 'create', 'update'], scope, effect: 'ALLOW' }]),
});

const unchanged = { clientName: 'A', phone: '+12025550143', status: 'NEW', source: null, assignedSellerId: 'user_2', assignedOperatorId: null } as const;

describe('a new lead', () => {
  it('R-052: is assigned to the seller who creates it', () => {
    expect(sellerOfNewLead(anActor('OWN'), undefined)).toBe('user_1');
    expect(sellerOfNewLead(anActor('OWN'), 'user_1')).toBe('user_1');
    expect(() => sellerOfNewLead(anActor('OWN'), 'user_2')).toThrow(expect.objectContaining({ code: 'FORBIDDEN' }));
  });
  it('is assigned as told by who has the whole center', () => {
    expect(sellerOfNewLead(anActor('ALL'), 'user_2')).toBe('user_2');
    expect(sellerOfNewLead(anActor('CENTER'), null)).toBeNull();
  });
});

describe('a change of a lead', () => {
  it('R-153: by its seller reaches the client\'s data and the status', () => {
    expect(() => assertMayChange(anActor('OWN'), unchanged, { clientName: 'B', status: 'WON' })).not.toThrow();
    expect(() => assertMayChange(anActor('OWN'), unchanged, { assignedSellerId: 'user_3' })).toThrow(expect.objectContaining({ code: 'FORBIDDEN' }));
  });
  it('R-143: by an operator reaches the status alone', () => {
    expect(() => assertMayChange(anActor('ASSIGNED'), unchanged, { status: 'CONTACTED' })).not.toThrow();
    expect(() => assertMayChange(anActor('ASSIGNED'), unchanged, { phone: '+12025550144' })).toThrow(expect.objectContaining({ details: expect.objectContaining({ permission: 'leads:update', fields: ['phone'], explainId: expect.any(String) }) }));
  });
  it('by an operator who is its seller, or by the leader of a team, reaches what its seller may change', () => {
    for (const actor of [{ ...anActor('ASSIGNED'), userId: 'user_2' }, anActor('TEAM')]) {
      expect(() => assertMayChange(actor, unchanged, { phone: '+12025550144' })).not.toThrow();
      expect(() => assertMayChange(actor, unchanged, { assignedSellerId: 'user_3' })).toThrow(expect.objectContaining({ code: 'FORBIDDEN' }));
    }
  });
  it('may say again what is so already', () => expect(() => assertMayChange(anActor('ASSIGNED'), unchanged, { ...unchanged, status: 'LOST' })).not.toThrow());
});

describe('a client name', () => {
  it('is tidied', () => expect(parseClientName('  Ada   Lovelace ')).toBe('Ada Lovelace'));
  it.each(['', '   ', 'x'.repeat(201), 'a\0b'])('refuses %j', (text) => expect(parseClientName(text)).toBeUndefined());
});
