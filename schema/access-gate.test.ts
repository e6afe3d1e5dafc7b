import { describe, expect, it } from 'vitest';
import { assertRuled } from './access-gate.ts';
import { compose } from './compose.ts';
import { Refusal } from './refusal.ts';

const LINK = `extend schema
  @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@composeDirective"])
  @link(url: "https://specs.vss.dev/access/v1.0", import: ["@access"])
  @composeDirective(name: "@access")
directive @access(permission: String!, scope: access__Scope) on OBJECT | FIELD_DEFINITION
enum access__Scope { OWN ASSIGNED TEAM CENTER ALL }
`;
const composed = (...sdls: string[]): string => compose(Object.fromEntries(sdls.map((sdl, index) => [`subgraph${index}`, LINK + sdl])), import.meta.dirname);

const QUERY = 'type Query { call: Call @access(permission: "calls:read") }';
const RULED = `${QUERY} type Call @key(fields: "id") { id: ID! @access(permission: "calls:read") status: String @access(permission: "calls:read") }`;

const RIGHTS = new Set(['calls:read', 'notes:read']);

describe('R-217: a graph with a field that has no rule is not built', () => {
  it('passes where every field has one, its own or its type’s, in whichever subgraph', () => {
    const notes = 'type Call @key(fields: "id") { id: ID! notes: [Note] @access(permission: "notes:read") } type Note @access(permission: "notes:read") { text: String }';
    expect(() => assertRuled(composed(RULED, notes), RIGHTS)).not.toThrow();
  });

  it.each([
    ['a root field', `${RULED} extend type Query { open: Int }`, 'Query.open'],
    ['a mutation', `${RULED} type Mutation { callEnd: Int }`, 'Mutation.callEnd'],
    ['a field of a type', `${QUERY} type Call { status: String @access(permission: "calls:read") secret: String }`, 'Call.secret'],
    ['every field of a type', `${QUERY} type Call { status: String notes: String }`, 'Call.status, Call.notes'],
  ])('names %s', (_what, sdl, missing) => {
    expect(() => assertRuled(composed(sdl), RIGHTS)).toThrow(new Refusal(`No access rule is declared for ${missing}.\nPut @Access(…) on the field or on its type: who may see it?`));
  });

  it('names what a subgraph adds to another’s type', () => {
    expect(() => assertRuled(composed(RULED, 'type Call @key(fields: "id") { id: ID! recording: String }'), RIGHTS)).toThrow('Call.recording');
  });

  it('names a right that there is not, with where it is asked for', () => {
    expect(() => assertRuled(composed(`${RULED} extend type Query { calls: Int @access(permission: "calls:raed") }`), RIGHTS)).toThrow('calls:raed at Query.calls');
  });
});
