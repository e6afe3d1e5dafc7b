import type { FetchNode, PlanNode } from '@apollo/query-planner';
import type { GraphQLError, GraphQLSchema } from 'graphql';
import { fetchEntities, fetchRoot } from './fetch.js';
import { mergeInto, type Row } from './merge.js';
import { collectTargets, type PlanPath } from './targets.js';
import type { SourceAnswer } from '../../sources/source.js';

/** Asks the subgraph of a fetch. Never rejects: what went wrong is in the answer's errors. */
export type Ask = (fetch: FetchNode, variables: Readonly<Record<string, unknown>>) => Promise<SourceAnswer>;

export interface PlanRun {
  /** With every type of every subgraph; not what clients see. */
  readonly supergraphSchema: GraphQLSchema;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly ask: Ask;
}

/** What the subgraphs answered, merged under the keys of the plan: not yet what the client asked for. */
export interface Gathered {
  readonly data: Row;
  readonly errors: readonly GraphQLError[];
}

/**
 * Runs a planned operation, part by part, by walking its plans. This is what a plan means: it handles everything that
 * the planner can make, and the compiled path answers exactly as it does.
 */
export async function runPlan(parts: readonly (PlanNode | undefined)[], run: PlanRun): Promise<Gathered> {
  const gathered = await Promise.all(parts.map((part) => gather(part, run)));
  const [first] = gathered;
  if (gathered.length === 1 && first) return first;
  const data: Row = {};
  for (const part of gathered) mergeInto(data, part.data);
  return { data, errors: gathered.flatMap(({ errors }) => errors) };
}

/** What the nodes of one running plan work on. */
export interface Workspace extends PlanRun {
  readonly root: Row;
  readonly errors: GraphQLError[];
}

async function gather(part: PlanNode | undefined, run: PlanRun): Promise<Gathered> {
  const workspace: Workspace = { ...run, root: {}, errors: [] };
  if (part) await runNode(part, [], workspace);
  return { data: workspace.root, errors: workspace.errors };
}

async function runNode(node: PlanNode, path: PlanPath, workspace: Workspace): Promise<void> {
  switch (node.kind) {
    case 'Sequence':
      for (const child of node.nodes) await runNode(child, path, workspace);
      return;
    case 'Parallel':
      await Promise.all(node.nodes.map((child) => runNode(child, path, workspace)));
      return;
    case 'Flatten':
      return runNode(node.node, [...path, ...node.path], workspace);
    case 'Fetch': {
      if (!node.requires) return fetchRoot(node, path, workspace);
      const targets = collectTargets(workspace.root, path);
      return targets.length > 0 ? fetchEntities(node, path, targets, workspace) : undefined;
    }
    case 'Condition':
    case 'Defer':
      // Conditions are resolved before anything is planned, and the planner is not asked for `@defer`.
      throw new Error(`A plan may not hold a ${node.kind} node`);
  }
}
