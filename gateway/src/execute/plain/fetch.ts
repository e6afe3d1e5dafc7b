import type { FetchNode } from '@apollo/query-planner';
import { GraphQLError, isObjectType, type GraphQLFormattedError } from 'graphql';
import { mergeInto, type Row } from './merge.js';
import { representationOf } from './representation.js';
import { applyRewrites } from './rewrites.js';
import type { Workspace } from './run-plan.js';
import { pathsOfTargets, type DataPath, type PlanPath } from './targets.js';

/** A fetch from the root: its answer is merged where it stands. */
export async function fetchRoot(fetch: FetchNode, path: PlanPath, workspace: Workspace): Promise<void> {
  const { data, errors } = await workspace.ask(fetch, variablesOf(fetch, workspace.variables));
  for (const error of errors ?? []) workspace.errors.push(subgraphError(fetch, error, error.path && [...path, ...error.path]));
  if (!data) return;
  applyRewrites(workspace.supergraphSchema, fetch.outputRewrites, data);
  mergeInto(workspace.root, data);
}

/** A fetch of what a subgraph adds to entities. Equal entities are asked for once, however often they stand in the data. */
export async function fetchEntities(fetch: FetchNode, path: PlanPath, targets: readonly Row[], workspace: Workspace): Promise<void> {
  const { supergraphSchema: schema } = workspace;
  const representations: Row[] = [];
  const indexByText = new Map<string, number>();
  /** Index of each target's representation; undefined for those that this fetch has nothing to say about. */
  const indexOf = targets.map((target) => {
    const representation = representationOf(schema, target, fetch.requires ?? []);
    if (!representation?.['__typename']) return undefined;
    applyRewrites(schema, fetch.inputRewrites, representation);
    const text = JSON.stringify(representation);
    const known = indexByText.get(text);
    if (known !== undefined) return known;
    indexByText.set(text, representations.length);
    return representations.push(representation) - 1;
  });
  if (representations.length === 0) return;

  const { data, errors } = await workspace.ask(fetch, { ...variablesOf(fetch, workspace.variables), representations });
  if (errors && errors.length > 0) workspace.errors.push(...entityErrors(fetch, errors, indexOf, pathsOfTargets(workspace.root, path)));
  const entities = data?.['_entities'];
  if (!Array.isArray(entities)) return;
  for (const [at, target] of targets.entries()) {
    const index = indexOf[at];
    const entity: unknown = index === undefined ? undefined : entities[index];
    if (typeof entity !== 'object' || entity === null) continue;
    // Rewrites look at the type, and the subgraph may not have been asked for it.
    if (fetch.outputRewrites) (entity as Row)['__typename'] ??= target['__typename'];
    applyRewrites(schema, fetch.outputRewrites, entity);
    mergeEntity(schema, target, entity as Row);
  }
}

/** An interface object calls itself by the interface's name; what the entity really is must not be lost by that. */
function mergeEntity(schema: Workspace['supergraphSchema'], target: Row, entity: Row): void {
  const typeName = target['__typename'];
  mergeInto(target, entity);
  const given = target['__typename'];
  if (typeof typeName === 'string' && given !== typeName && typeof given === 'string' && !isObjectTypeName(schema, given)) target['__typename'] = typeName;
}

const isObjectTypeName = (schema: Workspace['supergraphSchema'], name: string): boolean => isObjectType(schema.getType(name));

export function variablesOf({ variableUsages }: FetchNode, given: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const used: Record<string, unknown> = {};
  for (const name of variableUsages ?? []) if (Object.hasOwn(given, name) && given[name] !== undefined) used[name] = given[name];
  return used;
}

/** A failed fetch of many rows need not be told for each of them. */
const MAX_ERRORS = 100;

/** An error of an entity is an error at every place where that entity stands. */
function entityErrors(fetch: FetchNode, errors: readonly GraphQLFormattedError[], indexOf: readonly (number | undefined)[], places: readonly DataPath[]): GraphQLError[] {
  const told: GraphQLError[] = [];
  for (const error of errors) {
    const index = error.path?.[0] === '_entities' ? error.path[1] : undefined;
    if (typeof index !== 'number') {
      told.push(subgraphError(fetch, error, undefined));
      continue;
    }
    // An index of nothing that was asked for is no place, and the error still an error.
    if (!indexOf.includes(index)) told.push(subgraphError(fetch, error, undefined));
    for (const [at, place] of places.entries()) {
      if (told.length >= MAX_ERRORS) return told;
      if (indexOf[at] === index) told.push(subgraphError(fetch, error, [...place, ...(error.path ?? []).slice(2)]));
    }
  }
  return told;
}

function subgraphError({ serviceName }: FetchNode, error: GraphQLFormattedError, path: DataPath | undefined): GraphQLError {
  const extensions = { code: 'DOWNSTREAM_SERVICE_ERROR', ...error.extensions, serviceName };
  return new GraphQLError(error.message, { ...(path ? { path } : {}), extensions, ...(error instanceof Error ? { originalError: error } : {}) });
}
