import type { Logger } from '@vss/runtime';
import type { ResponseCache } from './cache/response-cache.js';
import { createDocuments, type Documents } from './execute/documents.js';
import { createEngine, type Engine } from './execute/engine.js';
import type { Presenter } from './execute/present-error.js';
import { createSubgraphs } from './execute/subgraphs.js';
import type { Admission } from './guard/admission.js';
import type { DenialReporter } from './guard/denial-reporter.js';
import type { Observer } from './observe/observer.js';
import type { GatewaySettings } from './settings.js';
import type { SourcePool, SourcesByName } from './sources/source-pool.js';
import { loadSupergraph, type LoadedSupergraph } from './supergraph/load-supergraph.js';

/** Everything that hangs on one supergraph. Immutable: another supergraph makes another graph. */
export interface Graph {
  readonly supergraph: LoadedSupergraph;
  readonly sources: SourcesByName;
  readonly documents: Documents;
  readonly engine: Engine;
}

/** The graph that new requests are answered by. Each takes it once and keeps it to its end, so that a swap breaks none. */
export interface CurrentGraph {
  readonly current: Graph;
}

/** What all graphs of a gateway have in common. */
export interface GraphBuilderDeps {
  readonly pool: SourcePool;
  readonly settings: Pick<GatewaySettings, 'sessionSource' | 'operationDeadlineMs' | 'isAuthenticated' | 'limits' | 'introspection'>;
  readonly presenter: Presenter;
  readonly denials: DenialReporter;
  readonly admission: Admission;
  readonly answers: ResponseCache;
  readonly observer: Observer;
  readonly logger: Logger;
}

/** Makes a graph of a supergraph's text; rejects where it cannot be used. */
export function createGraphBuilder({ pool, settings, presenter, denials, admission, answers, observer, logger }: GraphBuilderDeps): (sdl: string) => Promise<Graph> {
  const { sessionSource, operationDeadlineMs: operationMs, isAuthenticated: isGuarded, limits, introspection } = settings;
  return async (sdl) => {
    const supergraph = await loadSupergraph(sdl);
    const sources = pool.prepare(supergraph.subgraphs);
    const subgraphs = createSubgraphs({ sources: [...sources.values()], sessionSource, operationMs, logger, observer });
    return {
      supergraph,
      sources,
      engine: createEngine({ supergraph, subgraphs, isGuarded, presenter, denials, admission, answers, observer }),
      documents: createDocuments({ schema: supergraph.schema, limits, introspection, observer }),
    };
  };
}
