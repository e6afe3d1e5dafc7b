import { expect, it } from 'vitest';
import { grantsOfRole, resolveGrants } from '@vss/auth';
import { isWithin } from './role.rules.js';

it('lets an administrator give every role', () => {
  for (const role of ['admin', 'operator', 'seller', 'supervisor']) expect(isWithin(grantsOfRole(role), grantsOfRole('admin'))).toBe(true);
});

it('lets nobody give more than he holds', () => {
  expect(isWithin(grantsOfRole('admin'), grantsOfRole('supervisor'))).toBe(false);
  expect(isWithin(grantsOfRole('operator'), grantsOfRole('supervisor'))).toBe(false);
  const everythingHere = resolveGrants([{ resource: '*', actions: ['*'], scope: 'CENTER', effect: 'ALLOW' }]);
  expect(isWithin(grantsOfRole('operator'), everythingHere)).toBe(true);
  expect(isWithin(grantsOfRole('admin'), everythingHere)).toBe(false);
});
