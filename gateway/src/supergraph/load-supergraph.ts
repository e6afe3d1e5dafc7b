import { setImmediate } from 'node:timers/promises';
import { DEFAULT_SUPPORTED_SUPERGRAPH_FEATURES, Supergraph, type Schema } from '@apollo/federation-internals';
import { QueryPlanner } from '@apollo/query-planner';
import { parse, type GraphQLSchema } from 'graphql';
import { messageOf, StartError } from '@vss/runtime';
import { createHash } from 'node:crypto';
import { readCacheHints, type CacheHints } from '../cache/cache-hints.js';
import { readAccess, type AccessTable } from '../guard/access-table.js';
import { readCosts, type CostTable } from '../guard/cost/cost-table.js';
import { readForeignFields, type ForeignFields } from '../plan/foreign-fields.js';
import { markInterfaceObjects } from '../plan/interface-objects.js';
import { FOREIGN_ACCESS_FEATURES } from '../guard/foreign-rules.js';
import { readOverrideLabels } from '../plan/overrides.js';
import { readRequirements, type Requirements } from '../plan/requirements.js';
import { dropNonResolvableKeys } from '../plan/non-resolvable-keys.js';
import { refuseContexts } from './refuse-contexts.js';

/** Everything that is read off one supergraph file. Immutable: another file makes another one. */
export interface LoadedSupergraph {
  /** Equal for equal files. */
  readonly id: string;
  /** What clients see. */
  readonly schema: GraphQLSchema;
  readonly apiSchema: Schema;
  readonly supergraphSchema: GraphQLSchema;
  readonly planner: QueryPlanner;
  readonly access: AccessTable;
  readonly costs: CostTable;
  readonly cacheHints: CacheHints;
  readonly requirements: Requirements;
  readonly overrideLabels: readonly string[];
  readonly foreignFields: ForeignFields;
  readonly subgraphs: readonly { readonly name: string; readonly url: string }[];
}

// What says who may read what has nothing to do with planning: `readAccess` has the guard see to it.
const SUPPORTED = new Set([...DEFAULT_SUPPORTED_SUPERGRAPH_FEATURES, ...FOREIGN_ACCESS_FEATURES]);

/**
 * Rejects with a StartError where the supergraph cannot be used. The work takes a tenth of a second and more, so it
 * pauses between its steps: requests are answered meanwhile by the supergraph that is in use.
 */
export async function loadSupergraph(sdl: string): Promise<LoadedSupergraph> {
  try {
    const document = dropNonResolvableKeys(parse(sdl, { noLocation: true }));
    refuseContexts(document);
    const supergraph = await step(() => Supergraph.build(document, { supportedFeatures: SUPPORTED }));
    const apiSchema = await step(() => supergraph.apiSchema());
    const schema = await step(() => apiSchema.toGraphQLJSSchema());
    markInterfaceObjects(schema, document);
    const supergraphSchema = await step(() => supergraph.schema.toGraphQLJSSchema());
    const planner = await step(() => new QueryPlanner(supergraph));
    return {
      id: createHash('sha256').update(sdl).digest('base64url'),
      schema,
      apiSchema,
      supergraphSchema,
      planner,
      access: readAccess(document, schema),
      costs: readCosts(document),
      cacheHints: readCacheHints(document, schema),
      requirements: readRequirements(document),
      overrideLabels: readOverrideLabels(document),
    foreignFields: readForeignFields(document),
      subgraphs: supergraph.subgraphsMetadata(),
    };
  } catch (error) {
    throw new StartError(`The supergraph cannot be used: ${messageOf(error)}`, { cause: error });
  }
}

async function step<T>(work: () => T): Promise<T> {
  await setImmediate();
  return work();
}
