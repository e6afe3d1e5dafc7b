import { Supergraph, type Schema } from '@apollo/federation-internals';
import { QueryPlanner } from '@apollo/query-planner';
import { parse, type GraphQLSchema } from 'graphql';
import { messageOf, StartError } from '@vss/runtime';
import { readAccess, type AccessTable } from '../guard/access-table.js';
import { readCosts, type CostTable } from '../guard/cost/cost-table.js';
import { markInterfaceObjects } from '../plan/interface-objects.js';
import { readOverrideLabels } from '../plan/overrides.js';
import { readRequirements, type Requirements } from '../plan/requirements.js';
import { dropNonResolvableKeys } from '../plan/non-resolvable-keys.js';

/** Everything that is read off one supergraph file. Immutable: another file makes another one. */
export interface LoadedSupergraph {
  /** What clients see. */
  readonly schema: GraphQLSchema;
  readonly apiSchema: Schema;
  readonly supergraphSchema: GraphQLSchema;
  readonly planner: QueryPlanner;
  readonly access: AccessTable;
  readonly costs: CostTable;
  readonly requirements: Requirements;
  readonly overrideLabels: readonly string[];
  readonly subgraphs: readonly { readonly name: string; readonly url: string }[];
}

export function loadSupergraph(sdl: string): LoadedSupergraph {
  try {
    const document = dropNonResolvableKeys(parse(sdl, { noLocation: true }));
    const supergraph = Supergraph.build(document);
    const apiSchema = supergraph.apiSchema();
    const schema = apiSchema.toGraphQLJSSchema();
    markInterfaceObjects(schema, document);
    return {
      schema,
      apiSchema,
      supergraphSchema: supergraph.schema.toGraphQLJSSchema(),
      planner: new QueryPlanner(supergraph),
      access: readAccess(document, schema),
      costs: readCosts(document),
      requirements: readRequirements(document),
      overrideLabels: readOverrideLabels(document),
      subgraphs: supergraph.subgraphsMetadata(),
    };
  } catch (error) {
    throw new StartError(`The supergraph cannot be used: ${messageOf(error)}`, { cause: error });
  }
}
