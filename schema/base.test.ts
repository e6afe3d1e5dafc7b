import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadBase, loadNamedChanges } from './base.ts';
import type { Graph } from './gate.ts';

const ENTRY = [{ type: 'FIELD_REMOVED', coordinate: 'Query.b', reason: 'Not needed.', withoutNotice: 'Nobody uses it.' }];
const graph = (fields: string): Graph => ({ schema: `type Query { ${fields} }`, supergraph: `type Query { ${fields} } # supergraph` });

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'vss-schema-'));
});
afterEach(() => rmSync(root, { recursive: true }));

/** What a developer's `git` does in the folder, whatever his own settings say. */
const git = (...args: string[]): string =>
  execFileSync('git', args, {
    cwd: root,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: process.env['PATH'], HOME: root, GIT_CONFIG_NOSYSTEM: '1', GIT_AUTHOR_NAME: 'a', GIT_AUTHOR_EMAIL: 'a@localhost', GIT_COMMITTER_NAME: 'a', GIT_COMMITTER_EMAIL: 'a@localhost' },
  });
function hasGit(): boolean {
  try {
    return git('--version').startsWith('git');
  } catch {
    return false;
  }
}

function write(now: Graph, changes?: object): void {
  mkdirSync(join(root, 'schema/changes'), { recursive: true });
  writeFileSync(join(root, 'schema/schema.graphql'), now.schema);
  writeFileSync(join(root, 'schema/supergraph.graphql'), now.supergraph);
  if (changes) writeFileSync(join(root, 'schema/changes/2026-11-26-b.json'), JSON.stringify(changes));
}
function commit(now: Graph, changes?: object): void {
  write(now, changes);
  git('add', '.');
  git('commit', '--quiet', '--allow-empty', '-m', now.schema);
}
const both = graph('a: Int b: Int');
const one = graph('a: Int');

it('files without a commit are compared with themselves, and nothing is known of what was done', () => {
  expect(loadBase(root, one)).toBeUndefined();
  write(both, ENTRY);
  expect(loadBase(root, one)).toMatchObject({ ...both, done: undefined });
  expect(loadNamedChanges(root)).toEqual([{ ...ENTRY[0], file: 'schema/changes/2026-11-26-b.json' }]);
});

describe('in a checkout', () => {
  beforeEach((context) => {
    // Nothing but Linux, Node and npm is asked of who runs the tests.
    if (!hasGit()) context.skip('git is not installed');
    git('init', '--quiet', '--initial-branch=main');
    commit(both);
  });

  it('the base is the last commit, also when the files were written already', () => {
    expect(loadBase(root, one)).toMatchObject(both);
    write(one);
    expect(loadBase(root, one)).toMatchObject(both);
  });

  it('a commit is judged by the one before it, with the entries that it brought', () => {
    commit(one, ENTRY);
    expect(loadBase(root, one)).toMatchObject({ ...both, done: new Set() });
    commit(one);
    expect(loadBase(root, one)).toMatchObject({ ...one, done: new Set(['schema/changes/2026-11-26-b.json: FIELD_REMOVED Query.b']) });
  });

  it('a branch is judged from where it left the main branch, however many commits it has', () => {
    git('checkout', '--quiet', '-b', 'feature');
    commit(one, ENTRY);
    commit(graph('a: Int c: Int'));
    expect(loadBase(root, graph('a: Int c: Int'))).toMatchObject({ ...both, done: new Set() });
    git('checkout', '--quiet', 'main');
    commit(graph('a: Int b: Int d: Int'));
    git('checkout', '--quiet', 'feature');
    expect(loadBase(root, one)).toMatchObject(both);
  });

  it('a commit can be named, and must have a graph', () => {
    commit(one);
    git('tag', 'v1');
    commit(graph('a: Int e: Int'));
    expect(loadBase(root, one, 'v1')).toMatchObject(one);
    expect(() => loadBase(root, one, 'v2')).toThrow('v2 is no commit with schema/schema.graphql in it');
  });

  it('a clone without history is compared with its own commit', () => {
    const shallow = join(root, 'clone');
    commit(one, ENTRY);
    git('clone', '--quiet', '--depth', '1', '--no-local', `file://${root}`, shallow);
    git('-C', shallow, 'checkout', '--quiet', '--detach');
    expect(loadBase(shallow, one)).toMatchObject({ ...one, done: new Set(['schema/changes/2026-11-26-b.json: FIELD_REMOVED Query.b']) });
  });

  it('works in a folder inside its repository', () => {
    git('mv', 'schema', 'moved');
    mkdirSync(join(root, 'platform'));
    git('mv', 'moved', 'platform/schema');
    git('commit', '--quiet', '-m', 'moved');
    expect(loadBase(join(root, 'platform'), one)).toMatchObject(both);
  });
});
