const POLL_MS = 10;

/**
 * Asks until the answer is truthy and returns it. For what sends no event that a test could await; the deadline
 * names what did not come.
 */
export async function waitFor<T>(condition: () => T | Promise<T>, deadlineMs = 5_000, what = 'the condition'): Promise<NonNullable<T>> {
  const until = performance.now() + deadlineMs;
  for (;;) {
    const value = await condition();
    if (value) return value;
    if (performance.now() > until) throw new Error(`${what} did not come within ${deadlineMs} ms`);
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}

/** Rejects, naming what was awaited, when it has not come by then. */
export async function within<T>(deadlineMs: number, what: string, coming: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`${what} did not come within ${deadlineMs} ms`)), deadlineMs);
  });
  try {
    return await Promise.race([coming, late]);
  } finally {
    clearTimeout(timer);
  }
}
