import { describe, expect, it } from 'vitest';
import { judge, type Base, type Graph } from './gate.ts';
import { keyOf, parseChangeFile, type NamedChange } from './named-changes.ts';

const TODAY = '2026-11-26';

const graph = (schema: string, supergraph = schema): Graph => ({ schema, supergraph });
const base = (schema: string, supergraph = schema): Base => ({ ...graph(schema, supergraph), done: new Set() });
const entry = (type: string, coordinate: string, given: Partial<NamedChange> = {}): NamedChange => ({
  file: 'schema/changes/2026-11-26-test.json',
  type,
  coordinate,
  reason: 'Not needed.',
  ...(given.removal ? {} : { withoutNotice: 'Nobody uses it.' }),
  ...given,
});
const problemsOf = async (before: string, after: string, named: NamedChange[] = []): Promise<readonly string[]> =>
  (await judge({ base: base(before), now: graph(after), named, today: TODAY })).problems;

/** Type of the change, where, the graph before, and after. */
const BREAKING: readonly [type: string, coordinate: string, before: string, after: string][] = [
  ['FIELD_REMOVED', 'Query.b', 'type Query { a: Int b: Int }', 'type Query { a: Int }'],
  ['FIELD_REMOVED', 'Subscription.b', 'type Query { a: Int } type Subscription { a: Int b: Int }', 'type Query { a: Int } type Subscription { a: Int }'],
  ['FIELD_TYPE_CHANGED', 'Query.a', 'type Query { a: Int }', 'type Query { a: Float }'],
  ['FIELD_TYPE_CHANGED', 'Query.a', 'type Query { a: Int! }', 'type Query { a: Int }'],
  ['FIELD_TYPE_CHANGED', 'Query.a', 'type Query { a: [Int!] }', 'type Query { a: [Int] }'],
  ['FIELD_ARGUMENT_REMOVED', 'Query.a(x:)', 'type Query { a(x: Int): Int }', 'type Query { a: Int }'],
  ['FIELD_ARGUMENT_ADDED', 'Query.a(x:)', 'type Query { a: Int }', 'type Query { a(x: Int!): Int }'],
  ['FIELD_ARGUMENT_TYPE_CHANGED', 'Query.a(x:)', 'type Query { a(x: Int): Int }', 'type Query { a(x: Int!): Int }'],
  ['FIELD_ARGUMENT_DEFAULT_CHANGED', 'Query.a(x:)', 'type Query { a(x: Int! = 1): Int }', 'type Query { a(x: Int!): Int }'],
  ['TYPE_REMOVED', 'T', 'type Query { a: Int } type T { a: Int }', 'type Query { a: Int }'],
  ['TYPE_KIND_CHANGED', 'T', 'type Query { a: T } scalar T', 'type Query { a: T } enum T { A }'],
  ['ENUM_VALUE_REMOVED', 'E.B', 'type Query { a: E } enum E { A B }', 'type Query { a: E } enum E { A }'],
  ['INPUT_FIELD_REMOVED', 'I.b', 'type Query { a(i: I): Int } input I { a: Int b: Int }', 'type Query { a(i: I): Int } input I { a: Int }'],
  ['INPUT_FIELD_ADDED', 'I.b', 'type Query { a(i: I): Int } input I { a: Int }', 'type Query { a(i: I): Int } input I { a: Int b: Int! }'],
  ['INPUT_FIELD_TYPE_CHANGED', 'I.a', 'type Query { a(i: I): Int } input I { a: Int }', 'type Query { a(i: I): Int } input I { a: Int! }'],
  ['INPUT_FIELD_DEFAULT_VALUE_CHANGED', 'I.a', 'type Query { a(i: I): Int } input I { a: Int! = 1 }', 'type Query { a(i: I): Int } input I { a: Int! }'],
  ['DIRECTIVE_USAGE_INPUT_OBJECT_ADDED', 'I', 'type Query { a(i: I): Int } input I { a: Int }', 'type Query { a(i: I): Int } input I @oneOf { a: Int }'],
  ['OBJECT_TYPE_INTERFACE_REMOVED', 'T & N', 'type Query { a: T } interface N { a: Int } type T implements N { a: Int }', 'type Query { a: T } interface N { a: Int } type T { a: Int }'],
  ['UNION_MEMBER_REMOVED', 'U | B', 'type Query { a: U } type A { a: Int } type B { a: Int } union U = A | B', 'type Query { a: U } type A { a: Int } type B { a: Int } union U = A'],
  ['DIRECTIVE_REMOVED', '@d', 'type Query { a: Int } directive @d on FIELD', 'type Query { a: Int }'],
  ['DIRECTIVE_LOCATION_REMOVED', '@d', 'type Query { a: Int } directive @d on FIELD | QUERY', 'type Query { a: Int } directive @d on FIELD'],
];

describe.each(BREAKING)('%s %s', (type, coordinate, before, after) => {
  it('is refused with its name and the entry that would let it pass', async () => {
    const problems = await problemsOf(before, after);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(new RegExp(`^${type} `));
    expect(problems[0]).toContain(`${type} ${coordinate} breaks clients: `);
    expect(problems[0]).toContain(JSON.stringify({ type, coordinate, reason: '…', withoutNotice: '…' }));
  });

  it('passes when it is named', async () => {
    expect(await problemsOf(before, after, [entry(type, coordinate)])).toEqual([]);
  });
});

it('the loss of a root type is refused, as the type and as a part of the schema', async () => {
  const problems = await problemsOf('type Query { a: Int } type Subscription { a: Int }', 'type Query { a: Int }');
  expect(problems.map((text) => text.split(' breaks')[0])).toEqual(['SCHEMA_SUBSCRIPTION_TYPE_CHANGED schema', 'TYPE_REMOVED Subscription']);
});

it('what no client notices, or may be surprised by, is reported and passes', async () => {
  const before = 'type Query { a(x: Int = 1): E } enum E { A } type T { a: Int }';
  const after = '"Words." type Query { a(x: Int = 2, y: Int): E b: Int } enum E { A B } type T { a: Int! }';
  const { report, problems } = await judge({ base: base(before), now: graph(after), named: [], today: TODAY });
  expect(problems).toEqual([]);
  expect(report.map((line) => line.split(':')[0])).toEqual([
    'SAFE      FIELD_ADDED Query.b',
    'DANGEROUS FIELD_ARGUMENT_ADDED Query.a(y',
    'DANGEROUS FIELD_ARGUMENT_DEFAULT_CHANGED Query.a(x',
    'DANGEROUS ENUM_VALUE_ADDED E.B',
    'SAFE      FIELD_TYPE_CHANGED T.a',
  ]);
});

describe('a change file', () => {
  const [before, after] = ['type Query { a: Int b: Int c: Int }', 'type Query { a: Int c: Int }'];

  it('lets pass what it names and nothing else', async () => {
    const problems = await problemsOf(before, 'type Query { a: Int }', [entry('FIELD_REMOVED', 'Query.b')]);
    expect(problems.map((text) => text.split(' breaks')[0])).toEqual(['FIELD_REMOVED Query.c']);
  });

  it('is refused where it names what did not change, or another kind of change', async () => {
    expect(await problemsOf(before, before, [entry('FIELD_REMOVED', 'Query.b')])).toEqual([expect.stringContaining('FIELD_REMOVED Query.b names a change that there is not')]);
    expect(await problemsOf(before, after, [entry('FIELD_TYPE_CHANGED', 'Query.b')])).toHaveLength(2);
    expect(await problemsOf(before, after, [entry('FIELD_REMOVED', 'Query.b'), entry('FIELD_REMOVED', 'Query.b')])).toHaveLength(1);
  });

  it('that has done its work is neither stale nor of use a second time', async () => {
    const landed = entry('FIELD_REMOVED', 'Query.b');
    const after1 = { ...base(before), done: new Set([keyOf(landed)]) };
    expect((await judge({ base: after1, now: graph(before), named: [landed], today: TODAY })).problems).toEqual([]);
    expect((await judge({ base: after1, now: graph(after), named: [landed], today: TODAY })).problems).toHaveLength(1);
  });

  it('is not called stale where no history tells', async () => {
    const { problems } = await judge({ base: { ...base(before), done: undefined }, now: graph(before), named: [entry('FIELD_REMOVED', 'Query.b')], today: TODAY });
    expect(problems).toEqual([]);
  });

  it.each([
    ['no JSON', '[', /a\.json is no JSON/],
    ['no list', '{}', /expected array/],
    ['without a reason', '[{ "type": "FIELD_REMOVED", "coordinate": "Query.b", "withoutNotice": "x" }]', /reason/],
    ['without a day or an excuse', '[{ "type": "FIELD_REMOVED", "coordinate": "Query.b", "reason": "x" }]', /either "removal" or "withoutNotice"/],
    ['with a day that is none', '[{ "type": "FIELD_REMOVED", "coordinate": "Query.b", "reason": "x", "removal": "soon" }]', /removal/],
    ['with a word that means nothing', '[{ "type": "FIELD_REMOVED", "coordinate": "Query.b", "reason": "x", "removal": "2026-01-01", "force": true }]', /force/],
  ])('%s is refused', (_what, text, message) => {
    expect(() => parseChangeFile('schema/changes/a.json', text)).toThrow(message);
  });
});

describe('a deprecation', () => {
  const deprecated = (reason: string): string => `type Query { a: Int b: Int @deprecated(reason: "${reason}") }`;

  it.each([
    ['without a day', 'Use a.', /without the day of its removal.*"Removal: 2027-02-24"/],
    ['with a day too near', 'Use a. Removal: 2027-02-23.', /clients need 90 days, so not before 2027-02-24/],
  ])('%s is refused', async (_what, reason, message) => {
    expect(await problemsOf('type Query { a: Int b: Int }', deprecated(reason))).toEqual([expect.stringMatching(message)]);
  });

  it('with a day 90 days away passes, also of an argument, an input field and an enum value', async () => {
    const at = '@deprecated(reason: "Use a. Removal: 2027-02-24.")';
    const before = 'type Query { a(x: Int, i: I): E } input I { a: Int } enum E { A }';
    expect(await problemsOf(before, `type Query { a(x: Int ${at}, i: I): E } input I { a: Int ${at} } enum E { A ${at} }`)).toEqual([]);
    expect(await problemsOf(before, 'type Query { a(x: Int @deprecated, i: I): E } input I { a: Int @deprecated } enum E { A @deprecated }')).toHaveLength(3);
  });

  it('may be put off, not brought forward', async () => {
    const before = deprecated('Removal: 2026-12-24');
    expect(await problemsOf(before, deprecated('Removal: 2026-12-31'))).toEqual([]);
    expect(await problemsOf(before, deprecated('Removal: 2026-12-01'))).toHaveLength(1);
  });

  it.each([
    ['before its day', '2026-12-24', '2026-12-24', /may not go before 2026-12-24/],
    ['before the day promised, by an entry of another day', '2026-12-24', '2026-11-01', /promised that it stays until 2026-12-24/],
  ])('is no leave to remove %s', async (_what, promised, removal, message) => {
    expect(await problemsOf(deprecated(`Removal: ${promised}`), 'type Query { a: Int }', [entry('FIELD_REMOVED', 'Query.b', { removal })])).toEqual([expect.stringMatching(message)]);
  });

  it('that was never made is missed by an entry with a day', async () => {
    const named = [entry('FIELD_REMOVED', 'Query.b', { removal: '2026-11-01' })];
    expect(await problemsOf('type Query { a: Int b: Int }', 'type Query { a: Int }', named)).toEqual([expect.stringContaining('clients were never told')]);
  });

  it('lets the field go on its day, by an entry', async () => {
    const named = [entry('FIELD_REMOVED', 'Query.b', { removal: '2026-11-26' })];
    expect(await problemsOf(deprecated('Use a. Removal: 2026-11-26.'), 'type Query { a: Int }', named)).toEqual([]);
    expect(await problemsOf(deprecated('Use a. Removal: 2026-11-26.'), 'type Query { a: Int }')).toHaveLength(1);
  });
});

describe('rights', () => {
  const directive = 'directive @access(permission: String!, scope: Scope) on OBJECT | FIELD_DEFINITION enum Scope { OWN ASSIGNED TEAM CENTER ALL }';
  const lines = async (before: string, after: string): Promise<readonly string[]> => {
    const schema = 'type Query { a: Int b: Int }';
    return (await judge({ base: base(schema, `${directive} ${before}`), now: graph(schema, `${directive} ${after}`), named: [], today: TODAY })).report;
  };

  it.each([
    ['a wider scope asked for', '@access(permission: "calls:read")', '@access(permission: "calls:read", scope: CENTER)', 'ACCESS_NARROWED Query.a: calls:read → calls:read CENTER'],
    ['a narrower scope asked for', '@access(permission: "calls:read", scope: ALL)', '@access(permission: "calls:read")', 'ACCESS_WIDENED Query.a: calls:read ALL → calls:read'],
    ['a permission in place of a name', '@access(permission: "authenticated")', '@access(permission: "calls:read")', 'ACCESS_NARROWED Query.a: authenticated → calls:read'],
    ['nothing asked for any more', '@access(permission: "authenticated")', '@access(permission: "public")', 'ACCESS_WIDENED Query.a: authenticated → public'],
    ['another permission', '@access(permission: "calls:read")', '@access(permission: "leads:read")', 'ACCESS_CHANGED Query.a: calls:read → leads:read'],
    ['a rule that is gone', '@access(permission: "calls:read")', '', 'ACCESS_CHANGED Query.a: calls:read → no rule'],
  ])('%s: a line in the report', async (_what, before, after, line) => {
    expect(await lines(`type Query { a: Int ${before} b: Int }`, `type Query { a: Int ${after} b: Int }`)).toEqual([line]);
  });

  it("a type's rule is told once, and a field that leaves it by itself", async () => {
    const before = 'type Query @access(permission: "a:read") { a: Int b: Int }';
    expect(await lines(before, 'type Query @access(permission: "a:read", scope: ALL) { a: Int b: Int }')).toEqual(['ACCESS_NARROWED Query: a:read → a:read ALL']);
    expect(await lines(before, 'type Query @access(permission: "a:read") { a: Int @access(permission: "public") b: Int }')).toEqual(['ACCESS_WIDENED Query.a: a:read → public']);
    expect(await lines('type Query @access(permission: "a:read") { a: Int @access(permission: "public") b: Int }', before)).toEqual(['ACCESS_NARROWED Query.a: public → a:read']);
  });
});
