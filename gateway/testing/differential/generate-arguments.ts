import type { ArgumentModel } from './model.ts';

const argument = (name: string, sdl: string, literals: readonly string[]): ArgumentModel => ({ name, sdl, literals, isRequired: sdl.endsWith('!') });

const ARGUMENTS: readonly (readonly ArgumentModel[])[] = [
  [argument('n', 'Int = 3', ['1', '2', 'null'])],
  [argument('s', 'String', ['"x"', '"é\\"\\n"', 'null'])],
  [argument('color', 'Color = RED', ['BLUE', 'RED', 'null'])],
  [argument('list', '[Int!]', ['[1, 2]', '[]', '3', 'null'])],
  [argument('filter', 'Filter = { s: "d" }', ['{ n: 2 }', '{ s: "x", inner: { colors: [RED, GREEN] } }', '{ n: null }', '{}', 'null'])],
  [argument('n', 'Int! = 2', ['1', '4']), argument('s', 'String = "x"', ['"y"', 'null'])],
  [argument('flag', 'Boolean!', ['true', 'false']), argument('secret', 'Int = 9 @inaccessible', [])],
  [argument('ids', '[[ID]]', ['[["a"], [null, "b"]]', '[]', '"c"', 'null']), argument('f', 'Float = 1.5', ['2', '2.5', 'null'])],
];

/** Half of the fields have none. */
export const argumentsOf = (choice: number): readonly ArgumentModel[] => (choice < 8 ? [] : (ARGUMENTS[choice - 8] ?? []));
