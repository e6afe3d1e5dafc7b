import { expect, it } from 'vitest';
import { grantedScope, grantsOfRole, heldRight, isOverride } from './index.js';

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
  ['users:read-contact', 'ALL', undefined, undefined, undefined],
  ['teams:read', 'ALL', undefined, undefined, 'CENTER'],
  ['teams:update', 'ALL', undefined, undefined, undefined],
  ['users:create', 'ALL', undefined, undefined, undefined],
  ['events:read', 'ALL', undefined, undefined, 'CENTER'],
  ['audit:read', 'ALL', undefined, undefined, undefined],
  ['messages:redrive', 'ALL', undefined, undefined, undefined],
  ['roles:read', 'ALL', undefined, undefined, 'CENTER'],
  ['roles:update', 'ALL', undefined, undefined, undefined],
  ['permissions:explain', 'ALL', undefined, undefined, 'CENTER'],
  ['temporary-grants:request', 'ALL', 'OWN', undefined, 'CENTER'],
  ['temporary-grants:approve', 'ALL', undefined, undefined, undefined],
  ['calls:hold', 'ALL', 'OWN', undefined, undefined],
  ['calls:whisper', 'ALL', undefined, undefined, undefined],
  ['scripts:run', 'ALL', 'ASSIGNED', undefined, undefined],
  ['recordings:play', 'ALL', undefined, 'OWN', undefined],
  ['remote-sessions:open', 'ALL', 'ASSIGNED', undefined, undefined],
  ['remote-sessions:join', 'ALL', undefined, undefined, 'CENTER'],
  ['reports:generate', 'ALL', undefined, undefined, 'CENTER'],
  ['campaigns:halt', 'ALL', undefined, undefined, 'CENTER'],
  ['system:restart', 'ALL', undefined, undefined, undefined],
  ['centers:create', 'ALL', undefined, undefined, undefined],
] as const)('grants %s as the table of rights says', (permission, ...scopes) => {
  expect(['admin', 'operator', 'seller', 'supervisor'].map((role) => grantedScope(grantsOfRole(role), permission))).toEqual(scopes);
});

it('knows no other role', () => {
  expect(() => grantsOfRole('janitor')).toThrow('janitor');
});

it('lets an operator connect to his slots within limits (R-141, X-45, X-46)', () => {
  expect(heldRight(grantsOfRole('operator'), 'remote-sessions:open')).toEqual({ scope: 'ASSIGNED', conditions: { protocols: ['RDP', 'VNC', 'SSH'], maxConcurrent: 5, maxDurationSec: 3600 } });
});

it('takes connections away from a seller, also those that a line of another time would give (R-156, X-17)', () => {
  const { allow, deny } = grantsOfRole('seller');
  expect(grantedScope({ allow: { ...allow, 'remote-sessions:open': 'ALL' }, deny }, 'remote-sessions:open')).toBeUndefined();
});

it.each([
  // permission        for an administrator
  ['calls:start', true],
  ['calls:end', true],
  ['slots:reserve', true],
  ['recordings:play', true],
  ['calls:monitor', false],
  ['users:create', false],
  ['slots:admin', false],
  ['leads:update', false],
  ['pipelines:run', false],
] as const)('tells whether %s is what an administrator is for (X-25): override %s', (permission, expected) => {
  expect(isOverride(grantsOfRole('admin'), permission)).toBe(expected);
  expect(isOverride(grantsOfRole('operator'), permission)).toBe(false);
});
