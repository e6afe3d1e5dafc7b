/** A value as it stands in a document and as it stands in the variables. */
export type Literal = readonly [text: string, value: unknown];

const LITERALS: Record<string, readonly Literal[]> = {
  Int: [['1', 1], ['-7', -7], ['0', 0]],
  Float: [['2', 2], ['2.5', 2.5], ['-1e3', -1000]],
  String: [['"x"', 'x'], ['""', ''], ['"é\\"\\\\ 😀\\n"', 'é"\\ 😀\n'], ['"""block"""', 'block']],
  Boolean: [['true', true], ['false', false]],
  ID: [['"a"', 'a'], ['7', 7]],
  Color: [['RED', 'RED'], ['BLUE', 'BLUE']],
  Filter: [['{}', {}], ['{ s: "y" }', { s: 'y' }], ['{ n: null, colors: [GREEN] }', { n: null, colors: ['GREEN'] }], ['{ inner: { inner: { n: 5 } } }', { inner: { inner: { n: 5 } } }]],
};

/** Values for an input type, null among them where it is allowed. */
export function literalsOf(type: string): readonly Literal[] {
  if (type.endsWith('!')) return bare(type.slice(0, -1));
  return [...bare(type), ['null', null]];
}

function bare(type: string): readonly Literal[] {
  if (!type.startsWith('[')) return LITERALS[type] ?? [];
  const items = literalsOf(type.slice(1, -1));
  const some = items.slice(0, 2);
  return [
    [`[${items.map(([text]) => text).join(', ')}]`, items.map(([, value]) => value)],
    ['[]', []],
    // A single value stands for a list of one.
    some[0] ?? ['[]', []],
    [`[${some.map(([text]) => text).join(' ')}]`, some.map(([, value]) => value)],
  ];
}
