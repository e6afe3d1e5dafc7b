import { describe, expect, it } from 'vitest';
import type { LeadStatus } from '../leads/index.js';
import { leadToLink } from './matching.rules.js';

const aLead = (id: string, assignedOperatorId: string | null, status: LeadStatus = 'NEW', day = 1) => ({ id, assignedOperatorId, status, updatedAt: new Date(Date.UTC(2026, 0, day)) });

describe('a call without a lead', () => {
  it('is linked to the operator\'s own lead before one of the pool', () => {
    expect(leadToLink('op_1', [aLead('pool', null, 'NEW', 9), aLead('own', 'op_1')])?.id).toBe('own');
  });
  it('is linked to one of the pool', () => expect(leadToLink('op_1', [aLead('pool', null)])?.id).toBe('pool'));
  it('is never linked to another operator\'s lead', () => expect(leadToLink('op_1', [aLead('foreign', 'op_2')])).toBeUndefined());
  it('prefers a lead that is still to be won, then the one touched last', () => {
    expect(leadToLink('op_1', [aLead('won', null, 'WON', 9), aLead('old', null, 'NEW', 1), aLead('new', null, 'CONTACTED', 2)])?.id).toBe('new');
  });
  it('stays without one when no lead has its number', () => expect(leadToLink('op_1', [])).toBeUndefined());
});
