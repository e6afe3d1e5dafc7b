import { StartError } from '@vss/runtime';
import type { Observer } from '../observe/observer.js';
import { resilient, type ResilienceSettings, type ResilientSource } from './resilience.js';
import type { Source } from './source.js';

export interface SubgraphAddress {
  readonly name: string;
  /** As the supergraph says; may be empty. */
  readonly url: string;
}

/** Those that there are, or how one is made for a subgraph; that throws a StartError where it cannot be. */
export type GivenSources = readonly Source[] | ((subgraph: SubgraphAddress) => Source);

export type SourcesByName = ReadonlyMap<string, ResilientSource>;

/** The sources of the supergraphs that come one after the other. Whose subgraph has not changed stays as it is. */
export interface SourcePool {
  /** One for each subgraph. Nothing is changed yet: the supergraph may still be refused. */
  prepare(subgraphs: readonly SubgraphAddress[]): SourcesByName;
  /** These are in use from now on. The others are closed when those who still use them have had time to end. */
  adopt(sources: SourcesByName): void;
  close(): Promise<void>;
}

export interface SourcePoolOptions {
  readonly given: GivenSources;
  readonly settingsOf: (name: string) => ResilienceSettings;
  readonly sessionSource: string;
  readonly observer: Observer;
  /** How long a source that is no longer in use stays. Asked later it opens connections anew, so nothing breaks. */
  readonly retireMs: number;
}

export function createSourcePool({ given, settingsOf, sessionSource, observer, retireMs }: SourcePoolOptions): SourcePool {
  const addresses = new WeakMap<ResilientSource, string>();
  const retired = new Map<ResilientSource, NodeJS.Timeout>();
  let current: SourcesByName = new Map();

  function make(subgraph: SubgraphAddress): ResilientSource {
    const { name, url } = subgraph;
    const source = typeof given === 'function' ? given(subgraph) : given.find((one) => one.name === name);
    if (!source) throw new StartError(`The supergraph has a subgraph without a source: ${name}`);
    const { shared, retried } = observer.source(name);
    const made = resilient(source, { settings: settingsOf(name), isSession: name === sessionSource, observed: { shared, retried } });
    addresses.set(made, url);
    return made;
  }

  function retire(source: ResilientSource): void {
    const close = (): void => {
      retired.delete(source);
      void source.close?.();
    };
    retired.set(source, setTimeout(close, retireMs).unref());
  }

  return {
    prepare: (subgraphs) =>
      new Map(
        subgraphs.map((subgraph) => {
          const known = current.get(subgraph.name);
          return [subgraph.name, known && addresses.get(known) === subgraph.url ? known : make(subgraph)];
        }),
      ),
    adopt(sources) {
      const gone = [...current].filter(([name, source]) => sources.get(name) !== source);
      current = sources;
      for (const [name, source] of current) observer.source(name).watchBreaker(() => source.state.breaker);
      // What was given ready-made is not ours to close: another supergraph may name it again.
      if (typeof given === 'function') for (const [, source] of gone) retire(source);
    },
    async close() {
      for (const timer of retired.values()) clearTimeout(timer);
      const all = typeof given === 'function' ? [...current.values(), ...retired.keys()] : given;
      retired.clear();
      await Promise.allSettled(all.map(async (source) => source.close?.()));
    },
  };
}
