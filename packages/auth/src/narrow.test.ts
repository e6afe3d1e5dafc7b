import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { GRANT_SCOPES, grantedScope, grantsOfRole, type GrantScope, type ResolvedGrants } from './index.js';
import { commonGrants } from './narrow.js';

const resources = ['calls', 'slots', 'leads'];
const actions = ['read', 'start', 'end'];
const permissions = resources.flatMap((resource) => actions.map((action) => `${resource}:${action}`));
const pattern = fc.tuple(fc.constantFrom('*', ...resources), fc.constantFrom('*', ...actions)).map((parts) => parts.join(':'));
const grants: fc.Arbitrary<ResolvedGrants> = fc.record({ allow: fc.dictionary(pattern, fc.constantFrom(...GRANT_SCOPES), { maxKeys: 6 }), deny: fc.array(pattern, { maxLength: 2 }) });

const narrower = (one: GrantScope | undefined, other: GrantScope | undefined): GrantScope | undefined =>
  one && other && GRANT_SCOPES[Math.min(GRANT_SCOPES.indexOf(one), GRANT_SCOPES.indexOf(other))];

describe('what two holders have in common', () => {
  it('is for every permission the narrower of both, whatever lines and wildcards it comes from', () => {
    fc.assert(
      fc.property(grants, grants, (one, other) => {
        const common = commonGrants(one, other);
        for (const permission of permissions) expect(grantedScope(common, permission)).toBe(narrower(grantedScope(one, permission), grantedScope(other, permission)));
      }),
      { numRuns: 500 },
    );
  });

  it('is the role itself where the other one may do everything, and nothing where he may do nothing', () => {
    expect(commonGrants(grantsOfRole('operator'), grantsOfRole('admin'))).toEqual(grantsOfRole('operator'));
    expect(commonGrants(grantsOfRole('operator'), { allow: {}, deny: [] }).allow).toEqual({});
  });

  it('keeps the conditions of both, the stricter one of each', () => {
    const one: ResolvedGrants = { allow: { 'slots:reserve': 'CENTER' }, deny: [], conditions: { 'slots:reserve': { maxConcurrent: 5, protocols: ['VNC', 'SSH'] } } };
    const other: ResolvedGrants = { allow: { 'slots:*': 'ALL' }, deny: [], conditions: { 'slots:*': { maxConcurrent: 3, maxDurationSec: 60, protocols: ['SSH', 'RDP'] } } };
    expect(commonGrants(one, other)).toEqual({ allow: { 'slots:reserve': 'CENTER' }, deny: [], conditions: { 'slots:reserve': { maxConcurrent: 3, maxDurationSec: 60, protocols: ['SSH'] } } });
  });
});
