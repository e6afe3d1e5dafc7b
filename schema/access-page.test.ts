import { buildASTSchema, parse } from 'graphql';
import { describe, expect, it } from 'vitest';
import type { PermissionEntry, SystemRole } from '@vss/auth';
import { accessPage } from './access-page.ts';

const SDL = `
  schema @link(url: "https://specs.vss.dev/access/v1.0", import: ["@access"]) { query: Query mutation: Mutation }
  directive @link(url: String, import: [String]) on SCHEMA
  directive @access(permission: String!, scope: access__Scope) repeatable on OBJECT | FIELD_DEFINITION
  enum access__Scope { OWN ASSIGNED TEAM CENTER ALL }
  type Query {
    slots: [Slot!] @access(permission: "slots:read")
    users: Int @access(permission: "users:read", scope: CENTER)
    me: Int @access(permission: "authenticated")
  }
  type Mutation { slotReserve: SlotPayload @access(permission: "slots:reserve") login: Int @access(permission: "public") }
  type Slot @access(permission: "slots:read") { id: ID! number: String call: Int @access(permission: "calls:read") @access(permission: "slots:read") }
  type SlotPayload @access(permission: "authenticated") { slot: Slot }
`;
const role = (name: string, ...grants: SystemRole['grants']): SystemRole => ({ name, description: '', grants });
const operator = role(
  'operator',
  { resource: 'slots', actions: ['read'], scope: 'CENTER', effect: 'ALLOW' },
  { resource: 'slots', actions: ['reserve'], scope: 'ASSIGNED', effect: 'ALLOW', conditions: { maxConcurrent: 5, maxDurationSec: 3600, protocols: ['VNC', 'SSH'] } },
  { resource: 'calls', actions: ['read'], scope: 'OWN', effect: 'ALLOW' },
  { resource: 'users', actions: ['read'], scope: 'TEAM', effect: 'ALLOW' },
);
const auditor = role('auditor', { resource: '*', actions: ['*'], scope: 'ALL', effect: 'ALLOW' }, { resource: 'slots', actions: ['*'], scope: 'ALL', effect: 'DENY' });

const right = (permission: string, description: string, more: Partial<PermissionEntry> = {}): PermissionEntry => ({ permission, resource: '', action: '', description, scopes: ['OWN', 'CENTER'], conditions: [], planned: false, ...more });
const RIGHTS = [right('slots:reserve', 'Take a slot', { conditions: ['maxConcurrent'] }), right('calls:hold', 'Hold a call', { planned: true })];

const page = accessPage({ supergraph: SDL, api: buildASTSchema(parse(SDL)), roles: [operator, auditor], permissions: RIGHTS });
const lines = page.split('\n');

describe('the page of rights', () => {
  it('says of each root field what it asks for and how far each role’s right reaches', () => {
    expect(lines).toContain('| field | right | nobody | operator | auditor |');
    expect(lines).toContain('| `slots` | `slots:read` | – | CENTER | – |');
    expect(lines).toContain('| `me` | `authenticated` | – | yes | yes |');
    expect(lines).toContain('| `login` | `public` | yes | yes | yes |');
  });

  it('counts a right that is too narrow for the rule as none', () => expect(lines).toContain('| `users` | `users:read CENTER` | – | – | ALL, override |'));

  it('tells the conditions of a right', () => expect(lines).toContain('| `slotReserve` | `slots:reserve` | – | ASSIGNED, by VNC SSH, at most 5, for 3600 s | – |'));

  it('has a line for all fields of a type that ask for the same, and one where several rules must hold', () => {
    expect(lines).toContain('| `Slot` | id, number | `slots:read` | – | CENTER | – |');
    expect(lines).toContain('| `Slot` | call | `calls:read` and `slots:read` | – | OWN, CENTER | – |');
  });

  it('lists every right with what it is for, where it means something, and who holds it', () => {
    expect(lines).toContain('| `slots:reserve` | Take a slot | OWN CENTER; by maxConcurrent | ASSIGNED, by VNC SSH, at most 5, for 3600 s | – |');
    expect(lines).toContain('| `calls:hold` * | Hold a call | OWN CENTER | – | ALL, override |');
  });

  it('only names types that ask for no right', () => expect(page).toMatch(/reached only through a field that has a rule: `SlotPayload`\./));
});
