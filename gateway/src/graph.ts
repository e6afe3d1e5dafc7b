import type { Documents } from './execute/documents.js';
import type { Engine } from './execute/engine.js';
import type { SourcesByName } from './sources/source-pool.js';
import type { LoadedSupergraph } from './supergraph/load-supergraph.js';

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
