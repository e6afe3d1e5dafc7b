import { describe, expect, it } from 'vitest';
import { aUser, grants } from '../../testing/serve.js';
import { createChangedRights } from './changed-rights.js';

const NOON = Date.UTC(2026, 10, 26, 12);
const at = (seconds: number): Date => new Date(NOON + seconds * 1_000);
const toSeller = { userId: 'u1', role: 'seller', permissionVersion: 1, grants: grants({ 'leads:read': 'OWN' }) };

/** The role of a token that identity dates so, where the gateway heard of another role when its own clock showed this. */
function roleOf(issued: Date, heard: Date): string {
  const rights = createChangedRights();
  rights.take(toSeller, heard);
  return rights.actorOf({ actor: aUser({ role: 'operator' }), issuedAt: issued, expiresAt: at(600) }).role;
}

describe('another role', () => {
  it('counts for a token from before it, also where the gateway\'s clock is a minute behind', () => {
    expect(roleOf(at(-30), at(0))).toBe('seller');
    expect(roleOf(at(-30), at(-60))).toBe('seller');
    expect(roleOf(at(-1), at(-60))).toBe('seller');
  });

  it('does not count for a token that surely came after it', () => expect(roleOf(at(61), at(0))).toBe('operator'));
});
