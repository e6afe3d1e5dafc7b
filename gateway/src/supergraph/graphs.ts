import { createHash } from 'node:crypto';
import { messageOf, type Logger } from '@vss/runtime';
import type { CurrentGraph, Graph } from '../graph.js';
import type { Observer } from '../observe/observer.js';

/** Which supergraph is in use, and what came of the last one that is not. */
export interface SupergraphState {
  /** Of its text: equal texts have equal versions. */
  readonly version: string;
  readonly takenAt: Date;
  /** The last that was refused since; what is in use stayed. */
  readonly refused: { readonly version: string; readonly reason: string; readonly at: Date } | undefined;
}

export type Replacement = 'taken' | 'same' | 'refused';
export type ChangeListener = (next: Graph, previous: Graph) => void;

/** Holds the graph that new requests are answered by, and puts another in its place. */
export interface Graphs extends CurrentGraph {
  readonly state: SupergraphState;
  /** Told after each change. */
  onChange(listener: ChangeListener): void;
  /** Takes another supergraph if it can be used. Requests under way end by the graph that they began with. */
  replace(sdl: string): Promise<Replacement>;
}

export interface GraphsOptions {
  readonly sdl: string;
  /** Makes everything that hangs on a supergraph; throws where it cannot be used. */
  readonly build: (sdl: string) => Promise<Graph>;
  readonly observer: Observer;
  readonly logger: Logger;
}

export async function createGraphs({ sdl, build, observer, logger }: GraphsOptions): Promise<Graphs> {
  const listeners: ChangeListener[] = [];
  let current = await build(sdl);
  let state: SupergraphState = { version: versionOf(sdl), takenAt: new Date(), refused: undefined };
  observer.watchSupergraph(() => state);
  let last: Promise<unknown> = Promise.resolve();

  async function take(text: string): Promise<Replacement> {
    const version = versionOf(text);
    if (version === state.version) return 'same';
    // Said once: whoever watches may bring the same text again and again.
    if (version === state.refused?.version) return 'refused';
    const previous = current;
    try {
      current = await build(text);
    } catch (error) {
      state = { ...state, refused: { version, reason: messageOf(error), at: new Date() } };
      observer.supergraph('refused');
      logger.error({ version, kept: state.version }, `A new supergraph was refused, the one before it stays: ${messageOf(error)}`);
      return 'refused';
    }
    state = { version, takenAt: new Date(), refused: undefined };
    observer.supergraph('taken');
    logger.info({ version }, 'A new supergraph is in use');
    for (const listener of listeners) listener(current, previous);
    return 'taken';
  }

  return {
    get current() {
      return current;
    },
    get state() {
      return state;
    },
    onChange: (listener) => void listeners.push(listener),
    replace(text) {
      // One after the other, so that the last one given is the last one taken.
      const replacing = last.then(() => take(text));
      last = replacing;
      return replacing;
    },
  };
}

const versionOf = (sdl: string): string => createHash('sha256').update(sdl).digest('hex').slice(0, 12);
