import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';

const root = join(import.meta.dirname, '..');
const pages = ['README.md', ...globSync('{gateway,bench,clients/*}/README.md', { cwd: root }), ...globSync('docs/**/*.md', { cwd: root })];

/** `path/to/file.ts` in backticks, from the root or from the page. */
const quoted = (text: string): string[] => [...text.matchAll(/`([\w.-]+\/[\w./-]+\.(?:tsx?|mjs|graphql|sh|sql|md|json))`/g)].map(([, path = '']) => path);
/** [text](path), from the page. */
const linked = (text: string): string[] => [...text.matchAll(/\]\(([^)#:]+)\)/g)].map(([, path = '']) => path);

it.each(pages)('%s names only files that are there', (page) => {
  const text = readFileSync(join(root, page), 'utf8');
  const missing = [...quoted(text).filter((path) => !existsSync(join(root, path)) && !existsSync(join(root, dirname(page), path))), ...linked(text).filter((path) => !existsSync(join(root, dirname(page), path)))];
  expect(missing).toEqual([]);
});
