import { useSyncExternalStore } from 'react';
import { problemOf } from './parts/refusals.js';

export interface Versioned {
  id: string;
  version: number;
}

export interface FeedState<T> {
  readonly items: readonly T[];
  readonly isLoaded: boolean;
  /** Why it cannot be brought up to date now; it goes on trying. */
  readonly problem: string | undefined;
}

/** A list that is alive, shared by everything that shows it: one snapshot and one subscription for all. */
export interface Feed<T> {
  subscribe(listener: () => void): () => void;
  state(): FeedState<T>;
  /** Adds to items that are there; others are passed over. */
  patch(changes: readonly (Partial<T> & { id: string })[]): void;
  /** Takes a new snapshot. */
  reload(): void;
  close(): void;
}

export interface FeedOptions<T, Change> {
  load: () => Promise<{ items: readonly T[]; cursor: string | null }>;
  /** Every change behind the cursor. Its `return()` must end it at once, which an async generator's does not. */
  follow: (cursor: string | null) => AsyncIterableIterator<Change>;
  /** Null where it may not be seen. */
  itemOf: (change: Change) => T | null | undefined;
  order: (a: T, b: T) => number;
  /** How many are kept, by order. */
  limit?: number;
}

const TRY_AGAIN_MS = 2_000;
const DRAW_EVERY_MS = 100;
/** Going from page to page and back does not end the subscription. */
const LINGER_MS = 5_000;

export function createFeed<T extends Versioned, Change>({ load, follow, itemOf, order, limit = Infinity }: FeedOptions<T, Change>): Feed<T> {
  const listeners = new Set<() => void>();
  let byId = new Map<string, T>();
  let state: FeedState<T> = { items: [], isLoaded: false, problem: undefined };
  let running: AbortController | undefined;
  let linger: ReturnType<typeof setTimeout> | undefined;
  let drawing: ReturnType<typeof setTimeout> | undefined;
  let drawnAt = 0;

  /** However many events come, the page is drawn ten times a second. */
  function show(problem?: string): void {
    if (problem !== state.problem) state = { ...state, problem };
    drawing ??= setTimeout(draw, Math.max(0, drawnAt + DRAW_EVERY_MS - Date.now()));
  }
  function draw(): void {
    drawing = undefined;
    drawnAt = Date.now();
    const items = [...byId.values()].sort(order).slice(0, limit);
    if (items.length < byId.size) byId = new Map(items.map((item) => [item.id, item]));
    state = { ...state, items };
    for (const listener of listeners) listener();
  }

  /** A change older than what is shown is passed over: a late snapshot and an event that comes twice do no harm. */
  function merge(item: T): void {
    const shown = byId.get(item.id);
    if (!shown || shown.version <= item.version) byId.set(item.id, { ...shown, ...item });
  }

  async function run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      try {
        const { items, cursor } = await load();
        if (signal.aborted) return;
        byId = new Map(items.map((item) => [item.id, { ...byId.get(item.id), ...item }]));
        state = { ...state, isLoaded: true };
        show();
        const changes = follow(cursor);
        signal.addEventListener('abort', () => void changes.return?.(), { once: true });
        for await (const change of changes) {
          const item = itemOf(change);
          if (item) merge(item);
          show();
        }
      } catch (error) {
        if (!signal.aborted) show(problemOf(error));
      }
      await pause(TRY_AGAIN_MS, signal);
    }
  }

  function start(): void {
    running = new AbortController();
    void run(running.signal);
  }
  function stop(): void {
    running?.abort();
    running = undefined;
  }

  return {
    subscribe(listener) {
      listeners.add(listener);
      clearTimeout(linger);
      if (!running) start();
      return () => {
        listeners.delete(listener);
        if (listeners.size === 0) linger = setTimeout(stop, LINGER_MS);
      };
    },
    state: () => state,
    patch(changes) {
      for (const change of changes) {
        const item = byId.get(change.id);
        if (item) byId.set(change.id, { ...item, ...change });
      }
      show(state.problem);
    },
    reload() {
      if (!running) return;
      stop();
      start();
    },
    close() {
      clearTimeout(linger);
      stop();
    },
  };
}

const pause = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const timer = setTimeout(resolve, ms);
    signal.addEventListener(
      'abort',
      () => {
        clearTimeout(timer);
        resolve();
      },
      { once: true },
    );
  });

export const useFeed = <T>(feed: Feed<T>): FeedState<T> => useSyncExternalStore(feed.subscribe, feed.state);
