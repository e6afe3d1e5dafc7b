import { describe, expect, it } from 'vitest';
import { nearestRole, type May } from './rights.js';

const mayOnly =
  (...held: string[]): May =>
  (permission) =>
    held.includes(permission);

describe('the panels of a role', () => {
  it.each(['admin', 'operator', 'seller', 'supervisor'] as const)('are its own for %s, whatever it may', (role) => {
    expect(nearestRole(role, mayOnly())).toBe(role);
  });

  it.each([
    ['an operator’s for who may start calls', ['calls:start', 'leads:create'], 'operator'],
    ['a seller’s for who may make leads', ['leads:create', 'slots:read'], 'seller'],
    ['a supervisor’s for who may look at slots', ['slots:read'], 'supervisor'],
    ['those with the least for everybody else', [], 'seller'],
  ] as const)('of another name are %s', (_, held, role) => {
    expect(nearestRole('telesales', mayOnly(...held))).toBe(role);
  });
});
