import { describe, expect, it } from 'vitest';
import { resolveGrants, type Actor, type Grant } from '@vss/auth';
import { callsToWriteOn, mayRewrite, notesToRead, parseNoteText } from './note.rules.js';

const anActor = (...grants: [resource: string, action: string, scope: Grant['scope']][]): Actor => ({
  kind: 'user',
  userId: 'user_1',
  username: 'ada',
  sessionId: 's',
  role: 'role',
  centerId: 'ctr_1',
  teamIds: [],
  permissionVersion: 1,
  rightsVersion: 0,
  grants: resolveGrants(grants.map(([resource, action, scope]) => ({ resource, actions: [action], scope, effect: 'ALLOW' }))),
});

describe('the text of a note', () => {
  it('is kept without the space around it', () => expect(parseNoteText('\n called back  ')).toBe('called back'));
  it('counts characters, not code units', () => expect(parseNoteText('🙂'.repeat(10_000))).toHaveLength(20_000));
  it.each(['', ' \n ', 'x'.repeat(10_001), 'a\0b'])('refuses %#', (text) => expect(parseNoteText(text)).toBeUndefined());
});

describe('the calls to write on', () => {
  it('are an operator\'s own', () => expect(callsToWriteOn(anActor(['calls', 'read', 'OWN']))).toBe('OWN_CALLS'));
  it('are those on a seller\'s leads, and his own', () => expect(callsToWriteOn(anActor(['calls', 'read', 'ASSIGNED']))).toBe('LEADS_AND_OWN_CALLS'));
  it('are those of a team for its leader', () => expect(callsToWriteOn(anActor(['calls', 'read', 'TEAM']))).toBe('LEADS_AND_TEAM_CALLS'));
  it('are all for an administrator', () => expect(callsToWriteOn(anActor(['*', '*', 'ALL']))).toBe('CENTER'));
  it('are none without the right to read calls', () => expect(() => callsToWriteOn(anActor())).toThrow(expect.objectContaining({ code: 'FORBIDDEN' })));
});

describe('the notes to read', () => {
  it.each([
    ['OWN', 'OWN_LEADS'],
    ['ASSIGNED', 'LEADS_AND_OWN_CALLS'],
    ['TEAM', 'LEADS_AND_TEAM_CALLS'],
    ['CENTER', 'CENTER'],
  ] as const)('with scope %s are %s', (scope, reach) => expect(notesToRead(anActor(['notes', 'read', scope]))).toBe(reach));
});

describe('X-19: a note', () => {
  const byOther = { centerId: 'ctr_1', authorId: 'user_2' };
  it('is rewritten by who wrote it', () => {
    expect(mayRewrite(anActor(['notes', 'update', 'OWN']), { centerId: 'ctr_1', authorId: 'user_1' }, [])).toBe(true);
    expect(mayRewrite(anActor(['notes', 'update', 'OWN']), byOther, [])).toBe(false);
  });
  it('is rewritten by who has the whole center', () => expect(mayRewrite(anActor(['notes', 'update', 'CENTER']), byOther, [])).toBe(true));
  it('is rewritten by who leads the team of its author', () => {
    const leader = { ...anActor(['notes', 'update', 'TEAM']), teamIds: ['team_1'] };
    expect([mayRewrite(leader, byOther, ['team_2', 'team_1']), mayRewrite(leader, byOther, ['team_2'])]).toEqual([true, false]);
  });
});
