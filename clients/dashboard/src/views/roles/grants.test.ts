import { describe, expect, it } from 'vitest';
import { conditionsOf, draftOf, inputOf, lineInWords } from './grants.js';

const line = { resource: 'slots', actions: ['read', 'reserve'], scope: 'ASSIGNED', effect: 'ALLOW', conditions: null } as const;
const aLine = (over: object = {}) => ({ ...line, actions: [...line.actions], ...over });

describe('a line of a role', () => {
  it('comes out of the editor as it went in', () => {
    const limited = aLine({ conditions: { fields: null, protocols: null, maxConcurrent: 5, maxDurationSec: 3_600 } });
    expect(inputOf(draftOf(limited))).toEqual(limited);
  });

  it('has no conditions where all of them were emptied', () => {
    expect(inputOf(draftOf(aLine({ conditions: { fields: [], protocols: null, maxConcurrent: null, maxDurationSec: null } }))).conditions).toBeNull();
  });

  it('takes a right away altogether where it denies: without conditions, and everywhere', () => {
    const denial = draftOf(aLine({ effect: 'DENY', scope: 'OWN', conditions: { fields: null, protocols: null, maxConcurrent: 5, maxDurationSec: null } }));
    expect(inputOf(denial)).toMatchObject({ effect: 'DENY', scope: 'ALL', conditions: null });
  });

  it('is told in words', () => {
    expect(lineInWords(aLine({ conditions: { fields: null, protocols: ['VNC'], maxConcurrent: 5, maxDurationSec: 60 } }))).toBe('slots: read, reserve · rows assigned to the user · over VNC, at most 5 at once, 60 s each');
    expect(lineInWords(aLine({ effect: 'DENY', scope: 'ALL' }))).toBe('not slots: read, reserve');
    expect(conditionsOf(null)).toBe('');
  });
});
