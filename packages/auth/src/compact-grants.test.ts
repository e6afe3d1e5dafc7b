import { describe, expect, it } from 'vitest';
import { compactGrants, expandGrants } from './compact-grants.js';
import { grantsOfRole, resolveGrants, SYSTEM_ROLES } from './index.js';

describe('grants in a token', () => {
  it.each(SYSTEM_ROLES.map(({ name }) => name))('of the %s are a good deal shorter, and what they were', (role) => {
    const grants = grantsOfRole(role);
    const compact = compactGrants(grants);
    expect(expandGrants(compact)).toEqual(grants);
    expect(JSON.stringify(compact).length).toBeLessThan(JSON.stringify(grants).length * 0.7);
  });

  it('keep wildcards, denials and conditions', () => {
    const grants = resolveGrants([
      { resource: '*', actions: ['read'], scope: 'CENTER', effect: 'ALLOW' },
      { resource: 'slots', actions: ['*'], scope: 'ASSIGNED', effect: 'ALLOW', conditions: { maxConcurrent: 2 } },
      { resource: 'calls', actions: ['barge', 'whisper'], scope: 'ALL', effect: 'DENY' },
    ]);
    expect(compactGrants(grants)).toEqual({ ASSIGNED: 'slots:*', CENTER: '*:read', deny: 'calls:barge,whisper', if: { 'slots:*': { maxConcurrent: 2 } } });
    expect(expandGrants(compactGrants(grants))).toEqual(grants);
  });

  it('of who may nothing are nothing', () => {
    expect(compactGrants({ allow: {}, deny: [] })).toEqual({});
    expect(expandGrants({})).toEqual({ allow: {}, deny: [] });
  });
});
