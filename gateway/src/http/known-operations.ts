import { OperationTypeNode } from 'graphql';
import { createBoundedCache } from '../common/bounded-cache.js';
import type { PreparedOperation } from '../execute/engine.js';
import type { Graph } from '../graph.js';
import type { CacheObserver } from '../observe/observer.js';

/** An operation with its variables, ready to run. */
export interface KnownOperation {
  readonly prepared: PreparedOperation;
  /** With defaults filled in. */
  readonly variables: Record<string, unknown>;
  /** Whether anybody may run it; see `PersistedDocuments`. */
  readonly isTrusted: boolean;
}

/** Queries by the very bytes that asked for them: who sends them again is spared parsing and looking up. */
export interface KnownOperations {
  /** `text`: the body as latin1, one character a byte. */
  get(graph: Graph, text: string): KnownOperation | undefined;
  /** To be told of each that was not known. */
  add(graph: Graph, text: string, operation: KnownOperation): void;
}

const KEPT_CHARACTERS = 4_000_000;
const LONGEST = 16_384;
const MOST_SEEN = 512;

export function createKnownOperations(observed: CacheObserver): KnownOperations {
  const empty = () => createBoundedCache<string, KnownOperation>(KEPT_CHARACTERS);
  let of: Graph | undefined;
  let known = empty();
  const seen = new Set<string>();

  /** Most variables come once only: what is kept of them would push out what does come again, and cost the collector. */
  function comesAgain(text: string): boolean {
    if (seen.delete(text)) return true;
    if (seen.size >= MOST_SEEN) seen.clear();
    seen.add(text);
    return false;
  }

  observed.watchSize(() => known.size);
  return {
    get(graph, text) {
      const operation = graph === of ? known.get(text) : undefined;
      (operation ? observed.hits : observed.misses).inc();
      return operation;
    },
    add(graph, text, operation) {
      const { operation: kind, variableDefinitions = [] } = operation.prepared.operation;
      // What changes something seldom comes twice, and may hold a password.
      if (kind !== OperationTypeNode.QUERY || text.length > LONGEST) return;
      if (variableDefinitions.length > 0 && !comesAgain(text)) return;
      if (graph !== of) [of, known] = [graph, empty()];
      known.set(text, operation, text.length);
    },
  };
}
