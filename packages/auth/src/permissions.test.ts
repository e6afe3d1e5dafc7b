import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { AUTHENTICATED, grantProblems, PERMISSIONS, PUBLIC, SYSTEM_ROLES } from './index.js';

const root = join(import.meta.dirname, '../../..');
const sources = globSync(['subgraphs/*/src/**/*.ts', 'gateway/src/**/*.ts', 'packages/graphql/src/**/*.ts'], { cwd: root, exclude: ['**/*.test.ts', '**/source-role.rules.ts'] });
const code = new Map(sources.map((file) => [file, readFileSync(join(root, file), 'utf8')]));
/** What the walls between client and row ask for, as the composed graph declares it. */
const declared = new Set([...readFileSync(join(root, 'schema/supergraph.graphql'), 'utf8').matchAll(/@access\w*\(permission: "([^"]+)"/g)].map(([, permission = '']) => permission));
/** What a service asks for about a row: the literal second argument of the functions that decide. */
const asked = new Map([...code].flatMap(([file, text]) => [...text.matchAll(/\b(?:assertAllowed|isAllowed|scopeOf|denial)\(\s*[\w.]+,\s*'([^']+)'/g)].map(([, permission = '']) => [permission, file] as const)));
const isNamed = (permission: string): boolean => declared.has(permission) || [...code.values()].some((text) => text.includes(`'${permission}'`));

describe('the catalogue of permissions', () => {
  it('holds every right that the graph or a service asks for', () => {
    expect(declared.size).toBeGreaterThan(20);
    expect(asked.size).toBeGreaterThan(10);
    const unknown = [...declared, ...asked.keys()].filter((permission) => permission !== PUBLIC && permission !== AUTHENTICATED && !PERMISSIONS.has(permission));
    expect(unknown).toEqual([]);
  });

  it('holds nothing that no wall asks for, but what is marked as planned', () => {
    expect([...PERMISSIONS.values()].filter(({ permission, planned }) => !planned && !isNamed(permission)).map(({ permission }) => permission)).toEqual([]);
  });

  it('marks nothing as planned that is asked for', () => {
    expect([...PERMISSIONS.values()].filter(({ permission, planned }) => planned && isNamed(permission)).map(({ permission }) => permission)).toEqual([]);
  });

  it.each([...PERMISSIONS.values()])('says of $permission what it lets one do, and how far', ({ description, scopes, conditions, permission, action }) => {
    expect(description).toMatch(/^[A-Z].{6,}[^.]$/);
    expect(scopes.length).toBeGreaterThan(0);
    expect(permission).toMatch(/^[a-z][a-z-]*:[a-z][a-z-]*$/);
    expect(conditions.includes('fields') && action !== 'read').toBe(false);
  });

  it.each([...SYSTEM_ROLES])('takes the grants of the role $name', ({ grants }) => expect(grantProblems(grants)).toEqual([]));
});
