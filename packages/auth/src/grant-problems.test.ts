import { expect, it } from 'vitest';
import { grantProblems, type Grant } from './index.js';

const line = (more: Partial<Grant> = {}): Grant => ({ resource: 'calls', actions: ['read'], scope: 'CENTER', effect: 'ALLOW', ...more });
const reserve = (conditions: object): Grant => line({ resource: 'slots', actions: ['reserve'], conditions: conditions });

it.each<[string, Grant]>([
  ['a wildcard of actions', line({ actions: ['*'] })],
  ['a wildcard of resources', line({ resource: '*', actions: ['read'] })],
  ['a denial of everything of a resource', line({ actions: ['*'], effect: 'DENY', scope: 'ALL' })],
  ['conditions that are kept', reserve({ maxConcurrent: 1, maxDurationSec: 86_400 })],
  ['fields', line({ conditions: { fields: ['id', '__typename'] } })],
])('takes %s', (_what, grant) => expect(grantProblems([grant])).toEqual([]));

it.each<[string, Grant, string, RegExp]>([
  ['an unknown resource', line({ resource: 'callz' }), 'resource', /no resource "callz"/],
  ['no action', line({ actions: [] }), 'actions', /1 to 50/],
  ['an action of another resource', line({ actions: ['read', 'power'] }), 'actions', /calls knows no action "power"/],
  ['an action that no resource has', line({ resource: '*', actions: ['fly'] }), 'actions', /knows no action "fly"/],
  ['a scope that means nothing', line({ resource: 'users', actions: ['create'], scope: 'OWN' }), 'scope', /users:create means nothing in OWN: choose CENTER, ALL/],
  ['a denial that is narrower than everything', line({ effect: 'DENY', scope: 'OWN' }), 'scope', /takes the right away altogether, so its scope is ALL/],
  ['a denial under a condition', line({ effect: 'DENY', scope: 'ALL', conditions: { fields: ['id'] } }), 'conditions', /no conditions/],
  ['a condition that nobody keeps', line({ actions: ['start'], conditions: { maxConcurrent: 2 } }), 'conditions', /Nothing keeps maxConcurrent for calls:start: it takes no condition/],
  ['another condition than those that are kept', reserve({ protocols: ['SSH'] }), 'conditions', /it takes only maxConcurrent, maxDurationSec/],
  ['a condition on several rights at once', line({ actions: ['*'], conditions: { fields: ['id'] } }), 'conditions', /names each/],
  ['a number that is none', reserve({ maxConcurrent: 0.5 }), 'conditions', /whole number from 1 to 1000/],
  ['a length of time without end', reserve({ maxDurationSec: 86_401 }), 'conditions', /1 to 86400/],
  ['a name that no field has', line({ conditions: { fields: ['a b'] } }), 'conditions', /names of fields/],
  ['an empty list', line({ conditions: { fields: [] } }), 'conditions', /names of fields/],
])('refuses %s', (_what, grant, field, message) => expect(grantProblems([grant])).toEqual([{ line: 0, field, message: expect.stringMatching(message) }]));

it('tells which line it means', () => expect(grantProblems([line(), line({ resource: 'nothing' })])).toMatchObject([{ line: 1 }]));

it('refuses a right that two lines give under different conditions', () => {
  const conditional = line({ conditions: { fields: ['id'] } });
  expect(grantProblems([line(), conditional])).toMatchObject([{ line: 1, field: 'conditions', message: expect.stringContaining('calls:read stands in an earlier line') }]);
  expect(grantProblems([conditional, line({ scope: 'ALL' })])).toHaveLength(1);
  expect(grantProblems([line(), line({ scope: 'ALL' })])).toEqual([]);
});

it('keeps what was typed short and on one line', () => {
  const [problem] = grantProblems([line({ resource: `a\nb${'x'.repeat(1_000)}` })]);
  expect(problem?.message).toMatch(/^.{1,150}$/);
});
