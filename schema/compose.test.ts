import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { compose } from './compose.ts';

const root = join(import.meta.dirname, '..');
const LINK = 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable", "@external", "@requires"])';

/** What is said of subgraphs that do not compose. */
function refusal(sdls: Record<string, string>): string {
  try {
    compose(Object.fromEntries(Object.entries(sdls).map(([name, sdl]) => [name, `${LINK} ${sdl}`])), root);
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error('They compose');
}

const query = 'type Query { version: Int }';
const call = (field: string): string => `type Call @key(fields: "id") { id: ID! ${field} }`;

describe('subgraphs that do not compose', () => {
  it.each([
    ['a field that two answer', query + call('status: String'), call('status: String'), 'INVALID_FIELD_SHARING at Call.status', /Let one subgraph alone answer it/],
    ['two types of a field', query + call('status: String @shareable'), call('status: Int @shareable'), 'FIELD_TYPE_MISMATCH at Call.status', /Declare the same type/],
    ['a key without its field', query + 'type Call @key(fields: "uid") { id: ID! }', call(''), 'KEY_INVALID_FIELDS at Call', /A @key names fields/],
    ['an external field that nobody owns', query + call('leadId: ID @external lead: String @requires(fields: "leadId")'), call(''), 'EXTERNAL_MISSING_ON_BASE at Call.leadId', /its owner declares it without/],
    ['a type that is not there', 'type Query { broken: Nothing }', call(''), 'INVALID_GRAPHQL', /Unknown type Nothing/],
    ['values of an enum that both ways use', 'type Query { one: E } enum E { A B }', 'type Query { two(e: E): E } enum E { A }', 'ENUM_VALUE_MISMATCH at E', /List the same values/],
    ['an argument that one leaves out, only hinted at', 'type Query { call(id: ID, at: Int): Int @shareable }', 'type Query { call(id: ID): Int @shareable }', 'INCONSISTENT_ARGUMENT_PRESENCE at Query.call(at:)', /Declare it alike/],
    ['an input field that one leaves out, only hinted at', 'type Query { a(i: I): Int } input I { x: Int y: Int }', 'type Query { b(i: I): Int } input I { x: Int }', 'INCONSISTENT_INPUT_OBJECT_FIELD at I.y', /Declare it alike/],
  ])('%s: what, where, and what to do', (_what, telephony, crm, headline, advice) => {
    const text = refusal({ telephony, crm });
    expect(text).toMatch(/^The subgraphs do not compose: one problem\.\n\n1\. /);
    expect(text).toContain(`\n1. ${headline}\n`);
    expect(text).toMatch(advice);
    expect(text).toMatch(/\n {3}telephony: subgraphs\/telephony\/src/);
  });

  it('a field that cannot be reached is told with the query that would need it', () => {
    const text = refusal({ telephony: 'type Query { call: Call } type Call { id: ID! @shareable status: Int }', crm: 'type Query { lead: Int } type Call { id: ID! @shareable notes: Int }' });
    expect(text).toContain('1. SATISFIABILITY_ERROR at Call.notes\n');
    expect(text).toContain('cannot find field "Call.notes"');
    expect(text).toContain('Give the type a @key');
  });

  it('names the file that declares the field, for a resolved field as for a column', () => {
    const text = refusal({ telephony: query + call('status: String'), crm: `${call('status: String')} type Lead @key(fields: "id") { id: ID! notes: Int }`, identity: 'type Lead @key(fields: "id") { id: ID! notes: Int }' });
    expect(text).toContain('   telephony: subgraphs/telephony/src/calls/call.entity.ts\n');
    expect(text).toContain('   crm: subgraphs/crm/src/stubs.ts\n');
    expect(text).toContain('   crm: subgraphs/crm/src/notes/note.resolver.ts\n');
  });

  it('are told of every problem at once', () => {
    const text = refusal({ telephony: query + call('status: String legs: Int @shareable'), crm: call('status: String legs: String @shareable') });
    expect(text).toMatch(/^The subgraphs do not compose: 2 problems\./);
    expect(text).toContain('INVALID_FIELD_SHARING at Call.status');
    expect(text).toContain('FIELD_TYPE_MISMATCH at Call.legs');
  });

  it('are named when what they print is no GraphQL', () => {
    expect(refusal({ telephony: 'type Query {' })).toMatch(/^The subgraph telephony prints what is no GraphQL: Syntax Error/);
  });
});
