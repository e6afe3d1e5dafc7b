import { expect, it } from 'vitest';
import { stableJson } from './index.js';

it('is the same whatever the order of keys, and whether a field is absent or undefined', () => {
  expect(stableJson({ b: [{ d: 1, c: new Date(0) }], a: undefined })).toBe(stableJson({ b: [{ c: new Date(0), d: 1 }] }));
});
it('tells null from absent and one order of a list from another', () => {
  expect(stableJson({ a: null })).not.toBe(stableJson({}));
  expect(stableJson([1, 2])).not.toBe(stableJson([2, 1]));
  expect(stableJson(undefined)).toBe('null');
});
