import { describe, expect, it } from 'vitest';
import { anonymousActor, assertAllowed, decide, denial, grantsOfRole, isAllowed, readExplainId, resolveGrants, scopeOf, systemActor, type Actor, type Grant, type RowFacts } from './index.js';

const aUser = (grants: Actor['grants'], over: Partial<Actor> = {}): Actor => ({ ...anonymousActor, kind: 'user', userId: 'usr_me', role: 'tester', centerId: 'ctr_1', teamIds: ['team_1'], permissionVersion: 3, grants, ...over });
const allow = (resource: string, actions: string, scope: Grant['scope'], more: Partial<Grant> = {}): Grant => ({ resource, actions: actions.split(','), scope, effect: 'ALLOW', ...more });
const who = (...grants: Grant[]): Actor => aUser(resolveGrants(grants));

const aRow = (over: Partial<RowFacts> = {}): RowFacts => ({ centerId: 'ctr_1', ownerIds: ['usr_other'], assigneeIds: [], ...over });
const OWN_ROW = aRow({ ownerIds: ['usr_me'] });
const ASSIGNED_ROW = aRow({ assigneeIds: ['usr_me'] });
const OPEN_ROW = aRow({ isOpen: true });
const TEAM_ROW = aRow({ teamIds: ['team_0', 'team_1'] });
const FOREIGN_ROW = aRow({ centerId: 'ctr_2', ownerIds: ['usr_me'], teamIds: ['team_1'] });

describe('a decision', () => {
  it('names the line that allows', () => {
    expect(decide(who(allow('calls', 'read', 'OWN')), 'calls:read')).toMatchObject({ allowed: true, by: 'calls:read', held: 'OWN', needed: 'OWN', obstacle: undefined, isOverride: false });
  });

  it('names the widest of several lines', () => {
    const actor = who(allow('calls', 'read', 'OWN'), allow('*', 'read', 'TEAM'), allow('calls', '*', 'CENTER'));
    expect(decide(actor, 'calls:read')).toMatchObject({ by: 'calls:*', held: 'CENTER' });
    expect(decide(actor, 'leads:read')).toMatchObject({ by: '*:read', held: 'TEAM' });
  });

  it('tells a right that is missing from one that does not reach', () => {
    const actor = who(allow('calls', 'read', 'OWN'));
    expect(decide(actor, 'calls:start')).toMatchObject({ allowed: false, obstacle: 'MISSING', held: undefined, by: undefined });
    expect(decide(actor, 'calls:read', { needed: 'CENTER' })).toMatchObject({ allowed: false, obstacle: 'SCOPE', held: 'OWN', needed: 'CENTER', by: 'calls:read' });
  });

  it('says which line takes a right away, whatever allows it', () => {
    const actor = who(allow('*', '*', 'ALL'), { resource: 'calls', actions: ['*'], scope: 'ALL', effect: 'DENY' });
    expect(decide(actor, 'calls:read')).toMatchObject({ allowed: false, obstacle: 'DENIED', deniedBy: 'calls:*', by: '*:*' });
    expect(decide(actor, 'leads:read').allowed).toBe(true);
  });

  it('X-25: is an override where only `*:*` allows', () => {
    const actor = who(allow('*', '*', 'ALL'), allow('users', 'create', 'ALL'));
    expect(decide(actor, 'users:create').isOverride).toBe(false);
    expect(decide(actor, 'calls:start')).toMatchObject({ allowed: true, isOverride: true, by: '*:*' });
    expect(decide(actor, '*:*').isOverride).toBe(true);
  });

  it('of names that objects have of themselves finds nothing', () => {
    for (const permission of ['constructor:read', 'toString:x', '__proto__:__proto__', ':', '', 'calls', 'calls:read:all'])
      expect(decide(who(allow('calls', 'read', 'ALL')), permission)).toMatchObject({ allowed: false, obstacle: 'MISSING' });
    expect(isAllowed(aUser({ allow: {}, deny: [] }), 'constructor')).toBe(false);
  });

  it('on what anybody may see, and on what anybody signed in may', () => {
    expect([isAllowed(anonymousActor, 'public'), isAllowed(anonymousActor, 'authenticated'), isAllowed(who(), 'authenticated')]).toEqual([true, false, true]);
    expect(decide(anonymousActor, 'authenticated').obstacle).toBe('NOT_SIGNED_IN');
  });

  it('agrees with itself whichever door it is asked through', () => {
    for (const role of ['admin', 'operator', 'seller', 'supervisor'])
      for (const permission of ['calls:read', 'calls:start', 'leads:read', 'slots:monitor', 'audit:read'])
        for (const needed of ['OWN', 'ASSIGNED', 'TEAM', 'CENTER', 'ALL'] as const) {
          const actor = aUser(grantsOfRole(role));
          expect(isAllowed(actor, permission, needed)).toBe(decide(actor, permission, { needed }).allowed);
          expect(scopeOf(actor, permission)).toBe(decide(actor, permission).held);
        }
  });
});

describe('a decision on a row', () => {
  it.each([
    ['OWN', [true, false, false, false, false, false]],
    ['ASSIGNED', [true, true, true, false, false, false]],
    ['TEAM', [true, true, true, true, false, false]],
    ['CENTER', [true, true, true, true, true, false]],
    // A grant for every center does not open them: only who may do everything everywhere is shown other centers' rows.
    ['ALL', [true, true, true, true, true, false]],
  ] as const)('of a right for %s reaches that far and no farther', (scope, reached) => {
    const actor = who(allow('calls', 'read', scope));
    expect([OWN_ROW, ASSIGNED_ROW, OPEN_ROW, TEAM_ROW, aRow(), FOREIGN_ROW].map((row) => decide(actor, 'calls:read', { row }).allowed)).toEqual(reached);
  });

  it('of another center is open to who may do everything everywhere, and to him only while nothing is taken away', () => {
    const everything = allow('*', '*', 'ALL');
    expect(decide(who(everything), 'calls:read', { row: FOREIGN_ROW })).toMatchObject({ allowed: true, needed: 'ALL' });
    const without = who(everything, { resource: 'audit', actions: ['read'], scope: 'ALL', effect: 'DENY' });
    expect(decide(without, 'calls:read', { row: FOREIGN_ROW })).toMatchObject({ allowed: false, obstacle: 'SCOPE' });
    expect(decide(systemActor('ctr_1'), 'calls:read', { row: FOREIGN_ROW }).allowed).toBe(false);
  });

  it('that is nobody’s in particular is there for whoever has the right in its center', () => {
    const shared = aRow({ isShared: true, ownerIds: [] });
    expect(decide(who(allow('slots', 'read', 'ASSIGNED')), 'slots:read', { row: shared })).toMatchObject({ allowed: true, needed: 'OWN' });
    expect(decide(who(allow('slots', 'read', 'CENTER')), 'slots:read', { row: { ...shared, centerId: 'ctr_2' } })).toMatchObject({ allowed: false, obstacle: 'SCOPE', needed: 'ALL' });
  });

  it('of no center is there for whoever has the right', () => {
    expect(decide(who(allow('roles', 'read', 'OWN')), 'roles:read', { row: aRow({ centerId: null }) }).allowed).toBe(true);
  });

  it('asks for the wider of what the rule and what the row needs', () => {
    expect(decide(who(allow('calls', 'end', 'TEAM')), 'calls:end', { needed: 'CENTER', row: OWN_ROW })).toMatchObject({ allowed: false, needed: 'CENTER' });
  });
});

describe('a condition', () => {
  const conditions = { fields: ['status'], protocols: ['VNC'], maxConcurrent: 2, maxDurationSec: 60 };
  const actor = who(allow('leads', 'read', 'OWN', { conditions }));

  it.each([
    [{ field: 'status' }, undefined],
    [{ field: 'phone' }, 'fields'],
    [{ field: 'id' }, undefined],
    [{ protocol: 'VNC' }, undefined],
    [{ protocol: 'SSH' }, 'protocols'],
    [{ concurrent: 1 }, undefined],
    [{ concurrent: 2 }, 'maxConcurrent'],
    [{ durationSec: 60 }, undefined],
    [{ durationSec: 61 }, 'maxDurationSec'],
    [{}, undefined],
  ] as const)('with %j is broken by %s', (facts, condition) => {
    expect(decide(actor, 'leads:read', facts)).toMatchObject({ allowed: condition === undefined, condition, ...(condition ? { obstacle: 'CONDITION' } : {}) });
  });

  it('does not narrow what another line gives as widely without it', () => {
    const both = who(allow('leads', 'read', 'OWN', { conditions }), allow('leads', '*', 'OWN'));
    expect(decide(both, 'leads:read', { field: 'phone' })).toMatchObject({ allowed: true, by: 'leads:*' });
  });
});

describe('a denial', () => {
  const actor = who(allow('calls', 'read', 'OWN'));

  it('says what is missing, and carries what its explanation needs', () => {
    const error = denial(actor, 'calls:start', { coordinate: 'Mutation.callStart' });
    expect(error).toMatchObject({ code: 'FORBIDDEN', message: 'The role tester does not have the right calls:start', details: { permission: 'calls:start' } });
    expect(readExplainId(String(error.details['explainId']))).toMatchObject({ userId: 'usr_me', role: 'tester', permissionVersion: 3, permission: 'calls:start', needed: 'OWN', coordinate: 'Mutation.callStart' });
  });

  it('says how far the right reaches where it does not reach far enough', () => {
    expect(() => assertAllowed(actor, 'calls:read', 'CENTER')).toThrow('The role tester has the right calls:read for OWN only: CENTER is needed');
  });

  it('of who has not signed in has nothing to explain', () => {
    expect(denial(anonymousActor, 'calls:read')).toMatchObject({ code: 'UNAUTHENTICATED', details: {} });
  });
});
