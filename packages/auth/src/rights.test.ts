import { describe, expect, it } from 'vitest';
import { grantsOfRole, heldRight, isWithin, resolveGrants, rightChanges, rightsBeyond, SYSTEM_ROLES, type Grant, type ResolvedGrants } from './index.js';

const line = (text: string, scope: Grant['scope'], more: Partial<Grant> = {}): Grant => {
  const [resource = '', actions = ''] = text.split(':');
  return { resource, actions: actions.split(','), scope, effect: 'ALLOW', ...more };
};
const grants = (...lines: Grant[]): ResolvedGrants => resolveGrants(lines);

describe('what somebody may hand out', () => {
  it.each(SYSTEM_ROLES)('lets an administrator give the role $name', ({ name }) => expect(isWithin(grantsOfRole(name), grantsOfRole('admin'))).toBe(true));

  it.each(SYSTEM_ROLES)('lets the role $name give what it is itself', ({ name }) => expect(isWithin(grantsOfRole(name), grantsOfRole(name))).toBe(true));

  it.each([
    ['another role', grantsOfRole('operator'), grantsOfRole('supervisor')],
    ['everything', grantsOfRole('admin'), grantsOfRole('supervisor')],
    ['a wider scope', grants(line('calls:read', 'CENTER')), grants(line('calls:read', 'TEAM'))],
    ['everything everywhere, of everything in one center', grants(line('*:*', 'ALL')), grants(line('*:*', 'CENTER'))],
    ['a wildcard of what is held one by one', grants(line('notes:*', 'OWN')), grants(line('notes:read,create,update', 'ALL'))],
    ['what is denied to oneself', grants(line('calls:start', 'OWN')), grants(line('*:*', 'ALL'), line('calls:start', 'ALL', { effect: 'DENY' }))],
    ['a wildcard that holds what is denied to oneself', grants(line('calls:*', 'OWN')), grants(line('*:*', 'ALL'), line('calls:start', 'ALL', { effect: 'DENY' }))],
    ['everything, without the denial of one\u2019s own', grants(line('*:*', 'ALL')), grants(line('*:*', 'ALL'), line('calls:start', 'ALL', { effect: 'DENY' }))],
    ['more at a time', grants(line('slots:reserve', 'ASSIGNED', { conditions: { maxConcurrent: 3 } })), grants(line('slots:reserve', 'ASSIGNED', { conditions: { maxConcurrent: 2 } }))],
    ['without a condition', grants(line('slots:reserve', 'ASSIGNED')), grants(line('slots:reserve', 'CENTER', { conditions: { maxDurationSec: 60 } }))],
    ['another protocol', grants(line('remote-sessions:open', 'ASSIGNED', { conditions: { protocols: ['SSH', 'TELNET'] } })), grants(line('remote-sessions:open', 'ASSIGNED', { conditions: { protocols: ['SSH'] } }))],
    ['another field', grants(line('calls:read', 'OWN', { conditions: { fields: ['id', 'caller'] } })), grants(line('calls:read', 'ALL', { conditions: { fields: ['id'] } }))],
  ])('lets nobody give %s', (_what, given, giver) => expect(isWithin(given, giver)).toBe(false));

  it.each([
    ['less far', grants(line('calls:read', 'OWN')), grants(line('calls:read', 'TEAM'))],
    ['a stricter condition', grants(line('slots:reserve', 'ASSIGNED', { conditions: { maxConcurrent: 1, maxDurationSec: 60 } })), grants(line('slots:reserve', 'ASSIGNED', { conditions: { maxConcurrent: 2 } }))],
    ['everything, with a denial that holds more than one\u2019s own', grants(line('*:*', 'ALL'), line('calls:*', 'ALL', { effect: 'DENY' })), grants(line('*:*', 'ALL'), line('calls:start', 'ALL', { effect: 'DENY' }))],
  ])('lets one give %s', (_what, given, giver) => expect(rightsBeyond(given, giver)).toEqual([]));

  it('names what is beyond the giver', () => {
    expect(rightsBeyond(grants(line('calls:read,start', 'OWN'), line('notes:read', 'ALL')), grants(line('calls:read', 'OWN'), line('notes:read', 'CENTER')))).toEqual(['calls:start', 'notes:read']);
  });
});

describe('a right that several lines give', () => {
  it('reaches as far as the widest, with the conditions of that one', () => {
    const held = grants(line('slots:*', 'ASSIGNED'), line('slots:reserve', 'CENTER', { conditions: { maxConcurrent: 1 } }));
    expect(heldRight(held, 'slots:reserve')).toEqual({ scope: 'CENTER', conditions: { maxConcurrent: 1 } });
    expect(heldRight(held, 'slots:read')).toEqual({ scope: 'ASSIGNED' });
  });

  it.each([[true], [false]])('asks for no condition where one of two as wide has none (the other first: %s)', (isFirst) => {
    const lines = [line('slots:reserve', 'CENTER', { conditions: { maxConcurrent: 1 } }), line('slots:reserve', 'CENTER')];
    expect(heldRight(grants(...(isFirst ? lines : lines.toReversed())), 'slots:reserve')).toEqual({ scope: 'CENTER' });
    expect(heldRight(grants(...lines.slice(0, 1), line('slots:*', 'CENTER')), 'slots:reserve')).toEqual({ scope: 'CENTER' });
  });

  it('is gone where one denies it', () => expect(heldRight(grants(line('*:*', 'ALL'), line('slots:*', 'ALL', { effect: 'DENY' })), 'slots:read')).toBeUndefined());
});

describe('what a change of grants gives and takes', () => {
  it('writes wildcards and denials out', () => {
    const { gained, lost } = rightChanges(grants(line('notes:*', 'CENTER')), grants(line('notes:read', 'ALL'), line('cdrs:read', 'OWN')));
    expect(gained).toEqual([
      { permission: 'cdrs:read', after: { scope: 'OWN' } },
      { permission: 'notes:read', before: { scope: 'CENTER' }, after: { scope: 'ALL' } },
    ]);
    expect(lost.map(({ permission }) => permission)).toEqual(['notes:create', 'notes:update']);
  });

  it('tells a farther reach under a new condition as both', () => {
    const { gained, lost } = rightChanges(grants(line('slots:reserve', 'ASSIGNED')), grants(line('slots:reserve', 'CENTER', { conditions: { maxConcurrent: 1 } })));
    expect([gained, lost].map((changes) => changes.map(({ permission }) => permission))).toEqual([['slots:reserve'], ['slots:reserve']]);
  });

  it('tells of none where none is', () => expect(rightChanges(grants(line('notes:*', 'OWN')), grants(line('notes:create,read,update', 'OWN')))).toEqual({ gained: [], lost: [] }));
});
