/** What one run measured; everything in docs/benchmarks.md is computed from these rows. */
export interface RequestRow {
  readonly gateway: string;
  readonly workload: string;
  readonly mode: string;
  readonly round: number;
  /** Processor time, user and system, of the gateway's processes. */
  readonly cpuMs: number;
  readonly rps: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** Requests to subgraphs for one request; fewer where those in flight are shared. */
  readonly fetches: number;
  readonly rssMb: number;
  /** What was wrong: then the other figures are of no use. */
  readonly fault?: string | undefined;
}

export interface StartRow {
  readonly gateway: string;
  /** From the start of the process to its first right answer. */
  readonly coldMs: number;
  /** Processor time until that moment. */
  readonly cpuMs: number;
  /** Resident memory at that moment. */
  readonly rssMb: number;
}

export interface FanoutRow {
  readonly server: string;
  readonly clients: number;
  readonly events: number;
  readonly lastClientMs: number;
  readonly cpuMicrosPerDelivery: number;
  readonly kbPerConnection: number;
  /** Streams that the source of the events has open for all these clients. */
  readonly subscriptions: number;
  readonly entityFetchesPerEvent: number;
  readonly bytesPerDelivery: number;
}

/** What identity and a decision cost, in one round, on one core. */
export interface IdentityRow {
  readonly round: number;
  /** Of argon2, as the stored hash tells it. */
  readonly cost: string;
  readonly signInCpuMs: number;
  readonly refreshCpuMs: number;
  readonly verifyMicros: number;
  /** Of a permission that is held, of one that is not, and of one on a row. */
  readonly allowedNanos: number;
  readonly deniedNanos: number;
  readonly rowNanos: number;
}

/** W2 with a rule on everything it asks for, with authentication and without. */
export interface AccessShareRow {
  readonly round: number;
  readonly mode: string;
  readonly withCpuMs: number;
  readonly withoutCpuMs: number;
}

export interface Results {
  readonly requests: RequestRow[];
  readonly growth: RequestRow[];
  readonly starts: StartRow[];
  readonly fanout: FanoutRow[];
  readonly identity: IdentityRow[];
  readonly accessShares: AccessShareRow[];
  /** What could not be measured, and why. */
  readonly missing: string[];
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? (sorted[middle] ?? Number.NaN) : ((sorted[middle - 1] ?? Number.NaN) + (sorted[middle] ?? Number.NaN)) / 2;
}

/** Medians over the rounds; undefined where nothing right was measured. */
export function summary(rows: readonly RequestRow[], gateway: string, workload: string, mode: string): Omit<RequestRow, 'round'> | undefined {
  const all = rows.filter((row) => row.gateway === gateway && row.workload === workload && row.mode === mode && row.fault === undefined);
  if (all.length === 0) return undefined;
  const of = (figure: 'cpuMs' | 'rps' | 'p50Ms' | 'p99Ms' | 'fetches' | 'rssMb'): number => median(all.map((row) => row[figure]));
  return { gateway, workload, mode, cpuMs: of('cpuMs'), rps: of('rps'), p50Ms: of('p50Ms'), p99Ms: of('p99Ms'), fetches: of('fetches'), rssMb: of('rssMb') };
}
