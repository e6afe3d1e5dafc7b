import type { Rate } from './live/token-bucket.js';
import { DEFAULT_COST, type CostSettings } from './guard/admission.js';
import { DEFAULT_LIMITS, type Limits } from './guard/limits.js';
import { DEFAULT_RESILIENCE, type ResilienceSettings } from './sources/resilience.js';
import type { Manifest } from './guard/persisted/manifest.js';
import type { PersistedMode } from './guard/persisted/persisted-documents.js';
import { DEFAULT_RATES, type RateSettings } from './guard/rate/rate-limiter.js';

/** What may be set about a gateway; every value has a default that fits production. */
export interface GatewaySettings {
  /** Off only for a foreign supergraph on the loopback address: nobody is asked who he is, and no rule holds. */
  readonly isAuthenticated: boolean;
  readonly introspection: boolean;
  readonly limits: Limits;
  /** What one request may cost. */
  readonly cost: CostSettings;
  /** What one user, session or address may take in a minute; undefined: as much as he likes. */
  readonly rates: RateSettings | undefined;
  /** Whether answers are kept for as long as the schema's `@cacheControl` allows. */
  readonly keepsAnswers: boolean;
  readonly persistedDocuments: { readonly mode: PersistedMode; readonly manifest: Manifest };
  readonly maxBodyBytes: number;
  /** How long one operation may go on asking subgraphs, however many fetches follow one another. */
  readonly operationDeadlineMs: number;
  /** How subgraphs are treated that are slow or fail, and what is different for some of them. */
  readonly resilience: ResilienceSettings;
  readonly resilienceOf: Readonly<Record<string, Partial<ResilienceSettings>>>;
  /** Denials of the same right on the same field to the same user are told to the audit together, this often. */
  readonly denialWindowMs: number;
  /** The subgraph that is told the client's address and may set cookies. */
  readonly sessionSource: string;
  /** Operations that take longer are logged with what each subgraph took of it; 0: none. */
  readonly slowOperationMs: number;
  /** A log line for each operation. */
  readonly accessLog: boolean;
  /** The address of the client is what our own proxy noted in `x-forwarded-for`. */
  readonly trustProxy: boolean;
  /** Folder with the built dashboard. */
  readonly dashboardDir: string | undefined;
  /** Folder with the built GraphiQL, for developers; served at /graphiql. */
  readonly graphiqlDir: string | undefined;
  readonly socket: {
    readonly initMs: number;
    readonly heartbeatMs: number;
    /** Operations at once on one connection. */
    readonly operations: number;
    /** Operations that one connection may begin. */
    readonly operationRate: Rate;
    readonly maxMessageBytes: number;
    /** Events that wait for one slow client before the oldest are dropped, and about how many bytes they may be. */
    readonly queuedEvents: number;
    readonly queuedBytes: number;
    readonly connectionsPerUser: number;
    /** A whole site may be behind one address. */
    readonly connectionsPerAddress: number;
  };
  /** Of HTTP connections. */
  readonly connection: {
    /** Until the head of a request is there. */
    readonly headersMs: number;
    /** Until the whole request is there. */
    readonly requestMs: number;
    /** Without any request. */
    readonly idleMs: number;
    /** For the client to take what was written. */
    readonly slowReaderMs: number;
  };
  /** How long running requests may take when the gateway stops. */
  readonly drainMs: number;
}

/** What is not given has its default. */
export type GivenSettings = Partial<Omit<GatewaySettings, 'socket' | 'resilience'>> & {
  readonly socket?: Partial<GatewaySettings['socket']>;
  readonly resilience?: Partial<ResilienceSettings>;
};

export const DEFAULT_SETTINGS: GatewaySettings = {
  isAuthenticated: true,
  introspection: true,
  limits: DEFAULT_LIMITS,
  cost: DEFAULT_COST,
  rates: DEFAULT_RATES,
  keepsAnswers: true,
  persistedDocuments: { mode: 'apq', manifest: new Map() },
  maxBodyBytes: 2 * 1024 * 1024,
  resilience: DEFAULT_RESILIENCE,
  resilienceOf: {},
  operationDeadlineMs: 15_000,
  denialWindowMs: 10_000,
  sessionSource: 'identity',
  slowOperationMs: 1_000,
  accessLog: false,
  trustProxy: false,
  dashboardDir: undefined,
  graphiqlDir: undefined,
  socket: { initMs: 5_000, heartbeatMs: 15_000, operations: 100, operationRate: { burst: 500, perSecond: 100 }, maxMessageBytes: 512 * 1024, queuedEvents: 256, queuedBytes: 1024 * 1024, connectionsPerUser: 100, connectionsPerAddress: 10_000 },
  connection: { headersMs: 10_000, requestMs: 30_000, idleMs: 65_000, slowReaderMs: 30_000 },
  drainMs: 3_500,
};
