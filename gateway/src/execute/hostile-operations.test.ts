import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { openEcho } from '../../testing/echo.js';
import { serveTestGateway, type GraphqlBody, type Served } from '../../testing/serve.js';

let served: Served;
let closeEcho: () => Promise<void>;
beforeAll(async () => {
  const { close, ...echo } = await openEcho();
  closeEcho = close;
  served = await serveTestGateway({ ...echo, settings: { isAuthenticated: false, rates: undefined } });
});
afterAll(async () => {
  await served.close();
  await closeEcho();
});
// Whatever was sent, the next one is served.
afterEach(async () => {
  expect(await served.query('{ thing { id own } }')).toEqual({ data: { thing: { id: 't1', own: 'own' } } });
  expect(Object.keys(Object.prototype)).toEqual([]);
});

/** Sends the body as it is three times: when it is unknown, known, and compiled. Gives the answer, which must be the same. */
async function send(body: string): Promise<GraphqlBody> {
  const texts = new Set<string>();
  for (let i = 0; i < 3; i++) {
    const response = await fetch(served.url, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
    expect(response.status).toBe(200);
    texts.add((await response.text()).replaceAll(/"traceId":"\w+"/g, '"traceId":""'));
  }
  expect([...texts]).toHaveLength(1);
  return JSON.parse([...texts].join('')) as GraphqlBody;
}

const request = (query: string, variables = '{}', operationName?: string): string =>
  `{"query":${JSON.stringify(query)},"variables":${variables}${operationName ? `,"operationName":"${operationName}"` : ''}}`;
const nested = (levels: number, open: string, close: string, inner: string): string => open.repeat(levels) + inner + close.repeat(levels);
const many = (count: number, text: (index: number) => string): string => Array.from({ length: count }, (_one, index) => text(index)).join(' ');

describe('names that every object knows', () => {
  /** As JSON, since an own `__proto__` is not for literals. */
  it.each([
    ['aliases', '{ __proto__: thing { __proto__: own then: own toJSON: id } constructor: echo hasOwnProperty: echo }', '{"__proto__":{"__proto__":"own","then":"own","toJSON":"t1"},"constructor":"{}","hasOwnProperty":"{}"}'],
    ['fields of another subgraph', '{ thing { constructor toString valueOf { own toString } hasOwnProperty(call: "x") { id own } } }', '{"thing":{"constructor":"a constructor","toString":"a string","valueOf":{"own":"own","toString":"a string"},"hasOwnProperty":[{"id":"t1","own":"own"}]}}'],
    ['aliases of such fields', '{ thing { __proto__: constructor valueOf: toString constructor: id } }', '{"thing":{"__proto__":"a constructor","valueOf":"a string","constructor":"t1"}}'],
    ['fragments', '{ thing { ...__proto__ ...constructor } } fragment __proto__ on Thing { own } fragment constructor on Thing { constructor }', '{"thing":{"own":"own","constructor":"a constructor"}}'],
    ['an operation', 'query constructor { echo }', '{"echo":"{}"}'],
  ])('are but names for %s', async (_what, query, data) => {
    expect(JSON.stringify((await send(request(query))).data)).toBe(data);
  });

  it.each([
    ['absent', 'query($constructor: String, $toString: JSON) { echo(text: $constructor, any: $toString) }', '{}', {}],
    ['given', 'query($__proto__: String) { echo(text: $__proto__) }', '{"__proto__":"x"}', { text: 'x' }],
    ['given inside a value', 'query($a: JSON) { echo(any: $a) }', '{"a":{"constructor":{"prototype":1},"toString":null}}', { any: { constructor: { prototype: 1 }, toString: null } }],
    ['given and not asked for', '{ echo }', '{"__proto__":{"text":"x"},"constructor":1}', {}],
  ])('are but names for variables, %s', async (_what, query, variables, asked) => {
    expect(JSON.parse(String((await send(request(query, variables))).data.echo))).toEqual(asked);
  });

  it.each([
    ['a required variable', request('query($constructor: String!) { echo(text: $constructor) }'), 'BAD_USER_INPUT'],
    ['a required variable named __proto__', request('query($__proto__: String!) { echo(text: $__proto__) }', '{"constructor":"x"}'), 'BAD_USER_INPUT'],
    ['an operation', request('query A { echo }', '{}', 'constructor'), 'OPERATION_RESOLUTION_FAILURE'],
    ['an operation named __proto__', request('query A { echo }', '{}', '__proto__'), 'OPERATION_RESOLUTION_FAILURE'],
    ['a fragment', request('{ thing { ...toString } }'), 'GRAPHQL_VALIDATION_FAILED'],
    ['an argument', request('{ echo(constructor: 1) }'), 'GRAPHQL_VALIDATION_FAILED'],
    ['a directive', request('{ echo @constructor }'), 'GRAPHQL_VALIDATION_FAILED'],
    ['a type', request('query($a: constructor) { echo(any: $a) }'), 'GRAPHQL_VALIDATION_FAILED'],
  ])('stand for nothing where there is no such %s', async (_what, body, code) => {
    expect((await send(body)).errors?.[0]).toMatchObject({ message: expect.any(String), extensions: { code } });
  });
});

describe('variables', () => {
  const ALL = 'query($text: String, $id: ID, $int: Int, $float: Float, $flag: Boolean, $kind: Kind, $list: [Int!], $box: Box, $any: JSON) { echo(text: $text, id: $id, int: $int, float: $float, flag: $flag, kind: $kind, list: $list, box: $box, any: $any) }';

  it.each([
    ['a number for a text', '{"text":5}'],
    ['an object for a text', '{"text":{"toString":"x"}}'],
    ['a broken number for an id', '{"id":1.5}'],
    ['a text for an integer', '{"int":"1"}'],
    ['half an integer', '{"int":1.5}'],
    ['an integer of 33 bits', '{"int":2147483648}'],
    ['an integer without end', '{"int":1e400}'],
    ['a list for an integer', '{"int":[[1]]}'],
    ['a float without end', '{"float":-1e400}'],
    ['a number for a boolean', '{"flag":1}'],
    ['an unknown value of an enum', '{"kind":"MIDDLE"}'],
    ['a value of an enum that objects know', '{"kind":"constructor"}'],
    ['null in a list that has none', '{"list":[1,null]}'],
    ['an unknown field', '{"box":{"colour":"red"}}'],
    ['a field that objects know', '{"box":{"constructor":{}}}'],
    ['a field named __proto__', '{"box":{"__proto__":{"count":1}}}'],
    ['null for a field that must be there', '{"box":{"count":null}}'],
    ['a wrong value deep inside', '{"box":{"boxes":[{"box":{"boxes":[{"count":"x"}]}}]}}'],
    ['65 levels of an input', `{"box":${nested(64, '{"box":', '}', '{}')}}`],
    ['10,000 levels of an input', `{"box":${nested(10_000, '{"box":', '}', '{}')}}`],
    ['10,000 levels of a list', `{"any":${nested(10_000, '[', ']', '1')}}`],
    ['100,000 levels of an object', `{"any":${nested(100_000, '{"a":', '}', '1')}}`],
    ['100,000 levels where nobody asked', `{"none":${nested(100_000, '[', ']', '1')}}`],
  ])('with %s are refused', async (_what, variables) => {
    const { data, errors } = await send(request(ALL, variables));
    expect(data).toBeUndefined();
    expect(errors?.map(({ extensions }) => extensions['code'])).toEqual(['BAD_USER_INPUT']);
    expect(errors?.[0]?.message).not.toContain('call stack');
  });

  it('with 100,000 wrong values are refused in few words', async () => {
    const { errors = [] } = await send(request(ALL, `{"list":[${many(100_000, () => '"x"').replaceAll(' ', ',')}]}`));
    expect(errors[0]?.extensions['code']).toBe('BAD_USER_INPUT');
    expect(JSON.stringify(errors).length).toBeLessThan(20_000);
  });

  it.each([
    ['100,000 values', `{"list":[${many(100_000, String).replaceAll(' ', ',')}]}`],
    ['a megabyte of text', `{"text":"${'ä'.repeat(500_000)}"}`],
    ['a lone surrogate', '{"text":"\\ud800"}'],
    ['signs that JSON knows', '{"text":"\\u0000\\"\\\\\\u2028\\n"}'],
    ['64 levels', `{"any":${nested(63, '[', ']', '1')}}`],
    ['the least and the greatest integer', '{"list":[-2147483648,2147483647]}'],
  ])('with %s arrive as they are', async (_what, variables) => {
    expect(JSON.parse(String((await send(request(ALL, variables))).data.echo))).toEqual(JSON.parse(variables));
  });
});

describe('a document', () => {
  const TOO_LARGE = 'OPERATION_TOO_LARGE';
  const INVALID = 'GRAPHQL_VALIDATION_FAILED';
  const UNREADABLE = 'GRAPHQL_PARSE_FAILED';
  it.each([
    ['10,000 levels of fields', nested(10_000, '{ thing ', '}', '{ id }'), `${TOO_LARGE}|${UNREADABLE}`],
    ['16 levels of fields', `{ thing ${nested(14, '{ valueOf ', '}', '{ id }')} }`, TOO_LARGE],
    ['10,000 levels of a list', `{ echo(any: ${nested(10_000, '[', ']', '')}) }`, `${TOO_LARGE}|${UNREADABLE}`],
    ['10,000 levels of a type', `query($a: ${nested(10_000, '[', ']', 'Int')}) { echo(any: $a) }`, `${TOO_LARGE}|${UNREADABLE}`],
    ['10,000 levels of fragments', `{ ${nested(10_000, '... { ', '}', 'echo')} }`, `${TOO_LARGE}|${UNREADABLE}`],
    ['10,000 aliases', `{ ${many(10_000, (index) => `a${index}: echo`)} }`, TOO_LARGE],
    ['101 aliases', `{ thing { ${many(101, (index) => `a${index}: id`)} } }`, TOO_LARGE],
    ['10,000 directives', `{ echo ${many(10_000, () => '@skip(if: false)')} }`, TOO_LARGE],
    ['700 directives of one kind', `{ echo ${many(700, () => '@skip(if: false)')} }`, INVALID],
    ['10,000 variables', `query(${many(10_000, (index) => `$v${index}: Int`)}) { echo }`, TOO_LARGE],
    ['1,500 arguments of one name', `{ echo(${many(1_500, () => 'int: 1')}) }`, INVALID],
    ['10,000 operations', many(10_000, (index) => `query Q${index} { echo }`), TOO_LARGE],
    ['a fragment within itself', '{ thing { ...F } } fragment F on Thing { ...F }', INVALID],
    ['a circle of 500 fragments', `{ thing { ...F0 } } ${many(500, (index) => `fragment F${index} on Thing { ...F${(index + 1) % 500} }`)}`, INVALID],
    ['a circle that nobody enters', '{ echo } fragment A on Thing { valueOf { ...B } } fragment B on Thing { valueOf { ...A } }', INVALID],
    ['600 fragments that nobody uses', `{ echo } ${many(600, (index) => `fragment F${index} on Thing { id }`)}`, INVALID],
    ['introspection of introspection', `{ __schema { types ${nested(5, '{ fields { type ', '} }', '{ name }')} } }`, INVALID],
    ['an integer of 100,000 digits', `{ echo(int: ${'9'.repeat(100_000)}) }`, INVALID],
    ['a text without an end', '{ echo(text: "', UNREADABLE],
    ['a sign beyond Unicode', '{ echo(text: "\\u{110000}") }', UNREADABLE],
    ['half a sign', '{ echo(text: "\\ud800") }', UNREADABLE],
    ['a zero byte', '{ echo }\u0000', UNREADABLE],
    ['nothing but a comment', '# nothing', UNREADABLE],
    ['a schema', 'type Query { echo: Int }', INVALID],
    ['a schema beside an operation', '{ echo } extend type Query { more: Int }', INVALID],
    ['two operations of one name', 'query A { echo } query A { echo }', INVALID],
    ['two without a name', '{ echo } { echo }', INVALID],
  ])('with %s is refused', async (_what, query, codes) => {
    const { data, errors } = await send(request(query));
    expect(data ?? null).toBeNull();
    expect(errors?.[0]?.extensions['code']).toMatch(new RegExp(`^(${codes})$`));
    expect(JSON.stringify(errors).length).toBeLessThan(250_000);
  });

  it.each([
    ['a chain of 500 fragments', `{ thing { ...F0 } } ${many(500, (index) => `fragment F${index} on Thing { ${index < 499 ? `...F${index + 1}` : 'id'} }`)}`, { thing: { id: 't1' } }],
    ['1,000 levels of fragments', `{ ${nested(1_000, '... { ', '}', 'echo')} }`, { echo: '{}' }],
    ['40 times the same', `{ ${many(40, () => 'thing { valueOf { valueOf { id own } } }')} }`, { thing: { valueOf: { valueOf: { id: 't1', own: 'own' } } } }],
    ['a megabyte of comment', `{ echo } #${'a'.repeat(1_000_000)}`, { echo: '{}' }],
    ['a million commas', `{ echo ${','.repeat(1_000_000)} }`, { echo: '{}' }],
    ['a megabyte of text', `{ echo(text: "${'a'.repeat(1_000_000)}") }`, { echo: JSON.stringify({ text: 'a'.repeat(1_000_000) }) }],
    ['a name of a megabyte', `{ ${'a'.repeat(1_000_000)}: echo }`, { ['a'.repeat(1_000_000)]: '{}' }],
  ])('with %s is answered', async (_what, query, data) => {
    expect((await send(request(query))).data).toEqual(data);
  });
});
