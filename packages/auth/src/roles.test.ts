import { expect, it } from 'vitest';
import { grantedScope, grantsOfRole } from './index.js';

it.each([
  // permission            admin  operator    seller      supervisor
  ['slots:read', 'ALL', 'CENTER', undefined, 'CENTER'],
  ['slots:monitor', 'ALL', undefined, undefined, 'CENTER'],
  ['slots:admin', 'ALL', undefined, undefined, undefined],
  ['calls:read', 'ALL', 'OWN', 'ASSIGNED', 'CENTER'],
  ['calls:start', 'ALL', 'OWN', undefined, undefined],
  ['cdrs:read', 'ALL', 'OWN', 'ASSIGNED', 'CENTER'],
  ['leads:read', 'ALL', 'ASSIGNED', 'OWN', 'CENTER'],
  ['leads:create', 'ALL', undefined, 'OWN', undefined],
  ['leads:update', 'ALL', 'ASSIGNED', 'OWN', undefined],
  ['notes:create', 'ALL', 'CENTER', 'OWN', undefined],
  ['notes:update', 'ALL', undefined, 'OWN', undefined],
  ['trunks:read', 'ALL', 'CENTER', undefined, 'CENTER'],
  ['trunks:create', 'ALL', undefined, undefined, undefined],
  ['devices:read', 'ALL', 'CENTER', undefined, 'CENTER'],
  ['suppressions:create', 'ALL', 'CENTER', undefined, undefined],
  ['suppressions:read', 'ALL', undefined, undefined, 'CENTER'],
  ['dashboard:read', 'ALL', 'OWN', 'OWN', 'CENTER'],
  ['directory:read', 'ALL', 'CENTER', 'CENTER', 'CENTER'],
  ['users:read', 'ALL', undefined, undefined, 'CENTER'],
  ['users:create', 'ALL', undefined, undefined, undefined],
  ['events:read', 'ALL', undefined, undefined, 'CENTER'],
  ['audit:read', 'ALL', undefined, undefined, undefined],
  ['messages:redrive', 'ALL', undefined, undefined, undefined],
] as const)('grants %s as the table of rights says', (permission, ...scopes) => {
  expect(['admin', 'operator', 'seller', 'supervisor'].map((role) => grantedScope(grantsOfRole(role), permission))).toEqual(scopes);
});

it('knows no other role', () => {
  expect(() => grantsOfRole('janitor')).toThrow('janitor');
});
