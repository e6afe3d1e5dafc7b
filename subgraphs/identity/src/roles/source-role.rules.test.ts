import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { grantedScope, grantProblems, grantsOfRole, PERMISSIONS, resolveGrants, rightsBeyond, type ResolvedGrants } from '@vss/auth';
import { grantsFromSource, parseSourceRights, parseSourceRoles, SOURCE_RESOURCES, SOURCE_VERBS } from './source-role.rules.js';

/** The rights of the four roles, as the source document has them. */
const DOCUMENT = {
  admin: {
    all: true,
    permissions: {
      users: ['create', 'read', 'update', 'delete'],
      roles: ['create', 'read', 'update', 'delete'],
      slots: ['create', 'read', 'update', 'delete', 'admin'],
      trunks: ['create', 'read', 'update', 'delete'],
      calls: ['read', 'monitor', 'record'],
      archonts: ['create', 'read', 'update', 'delete'],
      system: ['configure', 'monitor', 'restart'],
      crm: ['read', 'write', 'admin'],
      reports: ['read', 'generate'],
      pipelines: ['run', 'stop', 'create'],
    },
  },
  operator: { permissions: { calls: true, slots: true, crm: ['read', 'write'], notes: ['create', 'read'] } },
  seller: { permissions: { crm: true, leads: true, calls: ['read'], notes: ['create', 'read', 'update'] } },
  supervisor: { permissions: { read: true, report: true, monitor: true, calls: ['read', 'monitor'], users: ['read'], slots: ['read', 'monitor'], crm: ['read'] } },
};

const resolved = (rights: object): ResolvedGrants => resolveGrants(grantsFromSource(parseSourceRights(JSON.stringify(rights))));

describe('the roles of the source document', () => {
  it.each(Object.entries(DOCUMENT))('%s comes to nothing that the seeded role does not have', (name, rights) => {
    expect(rightsBeyond(resolved(rights), grantsOfRole(name))).toEqual([]);
    expect(grantProblems(grantsFromSource(parseSourceRights(JSON.stringify(rights))))).toEqual([]);
  });

  it.each([
    ['operator', { 'calls:start': 'OWN', 'calls:read': 'OWN', 'slots:reserve': 'ASSIGNED', 'leads:read': 'ASSIGNED', 'leads:update': 'ASSIGNED', 'notes:create': 'CENTER', 'notes:read': 'ASSIGNED' }],
    ['seller', { 'leads:read': 'OWN', 'leads:create': 'OWN', 'leads:update': 'OWN', 'calls:read': 'ASSIGNED', 'notes:update': 'OWN' }],
    ['supervisor', { 'users:read': 'CENTER', 'calls:monitor': 'CENTER', 'reports:generate': 'CENTER', 'system:monitor': 'CENTER', 'leads:read': 'CENTER', 'events:read': 'CENTER' }],
    ['admin', { 'users:delete': 'ALL', 'roles:update': 'ALL', 'centers:create': 'ALL', 'leads:update': 'ALL', 'calls:start': 'ALL', '*:*': 'ALL' }],
  ] as const)('%s keeps what the document names', (name, expected) => {
    const grants = resolved(DOCUMENT[name]);
    expect(Object.fromEntries(Object.keys(expected).map((permission) => [permission, grantedScope(grants, permission)]))).toEqual(expected);
  });

  it('do not get a right from a word that is false', () => expect(grantedScope(resolved({ permissions: { calls: false } }), 'calls:read')).toBeUndefined());
});

it.each([
  ['no JSON', '{', 'This is no JSON'],
  ['another shape', '[]', 'expected object'],
  ['a key beside those of the document', '{"permissions": {}, "admin": true}', 'admin'],
  ['a word that it does not know', '{"permissions": {"teleport": true}}', 'knows no right "teleport": only users'],
  ['a word that every object knows', '{"permissions": {"constructor": true}}', 'knows no right "constructor"'],
  ['an action that it does not know', '{"permissions": {"calls": ["read", "fly"]}}', 'calls knows no action "fly": only read'],
  ['a verb with actions', '{"permissions": {"monitor": ["calls"]}}', 'knows no right "monitor"'],
  ['a very long text', `"${'x'.repeat(100_001)}"`, 'longer than'],
])('refuses %s', (_what, json, message) => {
  expect(() => grantsFromSource(parseSourceRights(json))).toThrow(expect.objectContaining({ code: 'SOURCE_INVALID', message: expect.stringContaining(message) }));
});

it('reads several roles by their names, up to fifty', () => {
  expect(parseSourceRoles(JSON.stringify(DOCUMENT)).map(([name]) => name)).toEqual(Object.keys(DOCUMENT));
  const many = Object.fromEntries(Array.from({ length: 51 }, (_, n) => [`r${n}`, {}]));
  expect(() => parseSourceRoles(JSON.stringify(many))).toThrow('at most 50 roles');
});

describe('docs/role-migration.md', () => {
  const page = readFileSync(join(import.meta.dirname, '../../../../docs/role-migration.md'), 'utf8');
  const rows = new Map([...page.matchAll(/^\| `([a-z]+)` \| (`true`|`[a-z]+`) \| (.+) \|$/gm)].map(([, word = '', action = '', lines = '']) => [`${word} ${action.replaceAll('`', '')}`, [...lines.matchAll(/`([^`]+)`/g)].map(([, each]) => each)]));
  const table = [
    ...Object.entries(SOURCE_RESOURCES).flatMap(([word, { all, actions }]) => [[`${word} true`, all] as const, ...Object.entries(actions).map(([action, lines]) => [`${word} ${action}`, lines] as const)]),
    ...Object.entries(SOURCE_VERBS).map(([word, lines]) => [`${word} true`, lines] as const),
  ];

  it('holds the table that is used, row by row', () => expect(Object.fromEntries(rows)).toEqual(Object.fromEntries(table)));

  it('leads to rights that there are', () => {
    const named = table.flatMap(([, lines]) => lines).flatMap((text) => text.split(':')[1]?.split(',').map((action) => `${text.split(':')[0]}:${action}`) ?? []);
    expect(named.filter((permission) => !PERMISSIONS.has(permission))).toEqual([]);
  });
});
