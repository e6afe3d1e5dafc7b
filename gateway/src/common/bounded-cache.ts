/** Keeps what was used last, as long as the weights together stay within the bound. */
export interface BoundedCache<K, V> {
  get(key: K): V | undefined;
  set(key: K, value: V, weight?: number): void;
  delete(key: K): void;
  readonly size: number;
}

export function createBoundedCache<K, V>(maxWeight: number): BoundedCache<K, V> {
  const entries = new Map<K, { value: V; weight: number }>();
  let total = 0;
  const drop = (key: K): void => {
    total -= entries.get(key)?.weight ?? 0;
    entries.delete(key);
  };
  return {
    get(key) {
      const entry = entries.get(key);
      if (!entry) return undefined;
      // A Map keeps the order of insertion: the first key is the one not used for longest.
      entries.delete(key);
      entries.set(key, entry);
      return entry.value;
    },
    set(key, value, weight = 1) {
      drop(key);
      if (weight > maxWeight) return;
      entries.set(key, { value, weight });
      total += weight;
      for (const oldest of entries.keys()) {
        if (total <= maxWeight) break;
        drop(oldest);
      }
    },
    delete: drop,
    get size() {
      return entries.size;
    },
  };
}
