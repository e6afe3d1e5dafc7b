import type { Logger } from '@vss/runtime';
import type { Observer } from '../observe/observer.js';
import type { SourceObserver } from '../observe/source-observer.js';
import type { Source } from '../sources/source.js';

export interface Subgraph {
  readonly source: Source;
  readonly observed: SourceObserver;
  /** The one that is told about the client's connection and may set cookies. */
  readonly isSession: boolean;
}

/** Whom plans may ask. */
export interface Subgraphs {
  readonly byName: ReadonlyMap<string, Subgraph>;
  /** How long one run of an operation may go on asking, however many fetches follow one another. */
  readonly operationMs: number;
  readonly logger: Logger;
}

export function createSubgraphs(options: { sources: readonly Source[]; sessionSource: string; operationMs: number; logger: Logger; observer: Observer }): Subgraphs {
  const { sources, sessionSource, operationMs, logger, observer } = options;
  const byName = new Map(sources.map((source) => [source.name, { source, observed: observer.source(source.name), isSession: source.name === sessionSource }]));
  return { byName, operationMs, logger };
}
