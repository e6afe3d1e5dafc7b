/**
 * A bounded queue between a stream and one reader. When the reader is too slow the oldest entry goes, and the loss is
 * counted. `return()` ends a waiting `next()` at once: an async generator would not, and every closed client would stay.
 */
export interface BoundedQueue<T> extends AsyncIterableIterator<T> {
  push(value: T): void;
  /** Ends after what is queued; with an error, the last `next()` rejects. */
  end(error?: Error): void;
  return(): Promise<IteratorResult<T>>;
  /** Forgets what is queued, and gives the first of it. */
  clear(): T | undefined;
  /** How many entries were lost since this was last asked. */
  takeDropped(): number;
}

export interface QueueOptions<T> {
  /** Entries that wait. */
  readonly limit: number;
  /** What they may be together, by a measure of their size. */
  readonly most?: { readonly size: number; readonly of: (value: T) => number };
  readonly onReturn?: () => void;
  readonly onDrop?: () => void;
}

export function createBoundedQueue<T>({ limit, most, onReturn, onDrop }: QueueOptions<T>): BoundedQueue<T> {
  const queue: T[] = [];
  const mostSize = most?.size ?? Infinity;
  let size = 0;
  const waiting: PromiseWithResolvers<IteratorResult<T>>[] = [];
  const done: IteratorResult<T> = { done: true, value: undefined };
  let dropped = 0;
  let state: { ended: false } | { ended: true; error: Error | undefined } = { ended: false };
  const take = (): T | undefined => {
    const value = queue.shift();
    if (value !== undefined) size -= most?.of(value) ?? 0;
    return value;
  };
  // The newest stays, however large.
  const isOverfull = (): boolean => queue.length > 1 && (queue.length > limit || size > mostSize);
  return {
    push(value) {
      if (state.ended) return;
      const reader = waiting.shift();
      if (reader) return reader.resolve({ done: false, value });
      queue.push(value);
      size += most?.of(value) ?? 0;
      while (isOverfull()) {
        take();
        dropped++;
        onDrop?.();
      }
    },
    end(error) {
      if (state.ended) return;
      state = { ended: true, error };
      const [first, ...others] = waiting.splice(0);
      if (first && error) {
        state = { ended: true, error: undefined };
        first.reject(error);
      } else first?.resolve(done);
      for (const reader of others) reader.resolve(done);
    },
    next() {
      const value = take();
      if (value !== undefined) return Promise.resolve({ done: false, value });
      if (state.ended) {
        const { error } = state;
        state = { ended: true, error: undefined };
        return error ? Promise.reject(error) : Promise.resolve(done);
      }
      const reader = Promise.withResolvers<IteratorResult<T>>();
      waiting.push(reader);
      return reader.promise;
    },
    return() {
      queue.length = 0;
      size = 0;
      state = { ended: true, error: undefined };
      for (const reader of waiting.splice(0)) reader.resolve(done);
      onReturn?.();
      return Promise.resolve(done);
    },
    clear() {
      const [first] = queue;
      queue.length = 0;
      size = 0;
      return first;
    },
    takeDropped() {
      const lost = dropped;
      dropped = 0;
      return lost;
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}
