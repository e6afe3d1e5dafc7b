import type { GraphQLSchema } from 'graphql';
import type { PlannedOperation } from '../../plan/plan-operation.js';
import type { Shape } from '../shape.js';
import type { Subgraphs } from '../subgraphs.js';
import { generate, generateCheck, isWhollyShown } from './generate.js';
import { createPassingProgram, createSplicingProgram, sendingOf, type Program, type Sending } from './program.js';
import { NotCompilable } from './selection.js';
import { readSteps } from './steps.js';

export interface CompileOptions {
  readonly supergraphSchema: GraphQLSchema;
  readonly planned: PlannedOperation;
  readonly shape: Shape;
  readonly subgraphs: Subgraphs;
}

/**
 * A planned operation as code, or undefined where the plain path runs it: abstract types, denied fields, introspection,
 * rewrites, subgraphs in this process. docs/compiled-execution.md explains how it works.
 */
export function compile({ supergraphSchema, planned: { parts, subscription }, shape, subgraphs }: CompileOptions): Program | undefined {
  const [plan] = parts;
  if (parts.length !== 1 || !plan || subscription) return undefined;
  try {
    const { steps, fetches } = readSteps(supergraphSchema, plan);
    const sendings: Sending[] = [];
    for (const fetch of fetches) {
      const subgraph = subgraphs.byName.get(fetch.node.serviceName);
      if (!subgraph?.source.send) return undefined;
      sendings.push(sendingOf(fetch, subgraph, subgraphs.operationMs));
    }
    const [first, ...others] = fetches;
    if (first && others.length === 0 && sendings[0] && isWhollyShown(shape, first.selection)) return createPassingProgram(sendings[0], generateCheck(first));
    return createSplicingProgram(steps, sendings, generate(shape, fetches));
  } catch (error) {
    if (error instanceof NotCompilable) return undefined;
    throw error;
  }
}
