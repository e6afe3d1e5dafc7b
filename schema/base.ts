import { execFileSync } from 'node:child_process';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Base, Graph } from './gate.ts';
import type { Files } from './generate.ts';
import { CHANGES, keyOf, parseChangeFile, type NamedChange } from './named-changes.ts';
import { Refusal } from './refusal.ts';

const SCHEMA = 'schema/schema.graphql';
const SUPERGRAPH = 'schema/supergraph.graphql';
/** Where clients' graph lives, the more reliable first. */
const MAIN_BRANCHES = ['origin/HEAD', 'origin/main', 'main'];

/** The graph of a set of generated files. */
export const graphOf = (files: Files): Graph => ({ schema: files[SCHEMA] ?? '', supergraph: files[SUPERGRAPH] ?? '' });

/** The change files of the working tree. */
export const loadNamedChanges = (root: string): NamedChange[] =>
  globSync(`${CHANGES}/*.json`, { cwd: root })
    .sort()
    .flatMap((file) => parseChangeFile(file, readFileSync(join(root, file), 'utf8')));

/**
 * What `now` is compared with, and its name: the commit that is given, or the one where the branch left the main branch. On
 * the main branch itself the last commit while something differs from it, then the one before, so that a commit is judged
 * also once it is made. Never the files of the working tree, where there are commits: a second run would accept
 * what the first wrote. Undefined where there has never been a graph.
 */
export function loadBase(root: string, now: Graph, given?: string): (Base & { readonly name: string }) | undefined {
  const git = createGit(root);
  if (given !== undefined && !git.graph(given)) throw new Refusal(`${given} is no commit with ${SCHEMA} in it`);
  const commit = given ?? branchPoint(git) ?? (git.graph('HEAD')?.schema === now.schema && git.graph('HEAD^') ? 'HEAD^' : 'HEAD');
  const graph = git.graph(commit);
  if (graph) return { ...graph, name: git.nameOf(commit), done: new Set(git.namedChanges(commit).map(keyOf)) };
  const [schema, supergraph] = [SCHEMA, SUPERGRAPH].map((file) => globSync(file, { cwd: root }).map((path) => readFileSync(join(root, path), 'utf8'))[0]);
  return schema && supergraph ? { schema, supergraph, name: 'the files (this is no checkout of a commit)', done: undefined } : undefined;
}

type Git = ReturnType<typeof createGit>;

function createGit(root: string) {
  // Answers nothing where there is no such commit, no repository, or no git.
  const ask = (...args: string[]): string | undefined => {
    try {
      return execFileSync('git', args, { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'], maxBuffer: 64_000_000 });
    } catch {
      return undefined;
    }
  };
  // With `./` paths count from the root, which may be a folder inside its repository.
  const show = (commit: string, file: string): string | undefined => ask('show', `${commit}:./${file}`);
  return {
    graph(commit: string): Graph | undefined {
      const [schema, supergraph] = [show(commit, SCHEMA), show(commit, SUPERGRAPH)];
      return schema && supergraph ? { schema, supergraph } : undefined;
    },
    namedChanges(commit: string): NamedChange[] {
      const files = (ask('ls-tree', '--name-only', commit, `${CHANGES}/`) ?? '').split('\n').filter((file) => file.endsWith('.json'));
      return files.flatMap((file) => parseChangeFile(file, show(commit, file) ?? ''));
    },
    mergeBase: (branch: string): string | undefined => ask('merge-base', 'HEAD', branch)?.trim(),
    idOf: (commit: string): string | undefined => ask('rev-parse', '--verify', `${commit}^{commit}`)?.trim(),
    nameOf: (commit: string): string => `commit ${ask('log', '-1', '--format=%h (%s)', commit)?.trim() ?? commit}`,
  };
}

/** Where the branch left the main branch; undefined on the main branch. */
function branchPoint(git: Git): string | undefined {
  const main = MAIN_BRANCHES.find((branch) => git.idOf(branch) !== undefined);
  const point = main && git.mergeBase(main);
  return point === git.idOf('HEAD') ? undefined : point;
}
