/** Whether something that requests need is there. */
export type Check = () => boolean | Promise<boolean>;

export interface Readiness {
  readonly status: 'ready' | 'not ready' | 'stopping';
  /** What is not there, where that is why. */
  readonly missing?: readonly string[];
}

interface ReadinessOptions {
  readonly isStopping: () => boolean;
  readonly checks: Readonly<Record<string, Check>>;
  /** What is told besides. */
  readonly about: () => object;
}

/** Whether requests are welcome, and if not, for want of what. Subgraphs do not count: without one the others answer. */
export function createReadiness({ isStopping, checks, about }: ReadinessOptions): () => Promise<Readiness> {
  return async () => {
    if (isStopping()) return { status: 'stopping' };
    const names = Object.keys(checks);
    const found = await Promise.all(names.map(async (name) => checks[name]?.() ?? true));
    const missing = names.filter((_, index) => !found[index]);
    return missing.length === 0 ? { status: 'ready', ...about() } : { status: 'not ready', missing, ...about() };
  };
}
