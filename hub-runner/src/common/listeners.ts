/** Those who want to be told. */
export function createListeners<Event>() {
  const listeners = new Set<(event: Event) => void>();
  return {
    add: (listener: (event: Event) => void): (() => void) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    tell: (event: Event): void => {
      for (const listener of listeners) listener(event);
    },
  };
}
