import DataLoader from 'dataloader';
import type { FilterQuery } from '@mikro-orm/core';
import type { Scope } from './scope.js';

/** Collects what the fields of one request ask for within a tick, and asks for it once. */
export interface Batcher {
  /** `name` tells apart loads that differ in anything but the key. */
  load<K, V>(name: string, key: K, loadAll: (keys: readonly K[]) => Promise<ReadonlyMap<K, V>>): Promise<V | undefined>;
  /** Forgets what was loaded: called before each mutation of a request. */
  clear(): void;
}

export function createBatcher(): Batcher {
  const loaders = new Map<string, DataLoader<unknown, unknown>>();
  return {
    load<K, V>(name: string, key: K, loadAll: (keys: readonly K[]) => Promise<ReadonlyMap<K, V>>): Promise<V | undefined> {
      let loader = loaders.get(name) as DataLoader<K, V | undefined> | undefined;
      if (!loader) {
        loader = new DataLoader<K, V | undefined>(async (keys) => {
          const found = await loadAll(keys);
          return keys.map((each) => found.get(each));
        });
        loaders.set(name, loader);
      }
      return loader.load(key);
    },
    clear: () => loaders.clear(),
  };
}

/**
 * Loads rows by id, all that a tick asks for in one statement. The scope's center filter applies; `where` narrows it to
 * what the actor may see, so that a stranger's row is null.
 */
export function batchById<T extends { id: string }>(scope: Scope, Entity: new () => T, where: FilterQuery<T> = {}): (id: string) => Promise<T | null> {
  const name = `${Entity.name} ${JSON.stringify(where)}`;
  return async (id) =>
    (await scope.batch.load(name, id, async (ids) => {
      const rows = await scope.em.find(Entity, { $and: [where, { id: { $in: [...ids] } }] });
      return new Map(rows.map((row) => [row.id, row]));
    })) ?? null;
}
