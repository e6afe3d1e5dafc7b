import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { signingKeyFrom, type SigningKey } from '@vss/auth';
import { loadConfig, messageOf, portSetting, StartError, switchSetting, telemetrySettings } from '@vss/runtime';
import { DEFAULT_COST } from './guard/admission.js';
import { parseRates } from './guard/rate/parse-rates.js';
import { DEFAULT_RATES, type RateSettings } from './guard/rate/rate-limiter.js';
import { DEFAULT_SETTINGS } from './settings.js';
import { DEFAULT_RESILIENCE, type ResilienceSettings } from './sources/resilience.js';

const LOOPBACK = ['127.0.0.1', 'localhost', '::1'];

/** `telephony=http://10.0.0.2:4002/graphql,crm=http://10.0.0.4:4004/graphql` */
const addresses = z.string().transform((text, context) => {
  const map: Record<string, string> = {};
  for (const entry of text.split(',').map((part) => part.trim()).filter(Boolean)) {
    const at = entry.indexOf('=');
    const url = entry.slice(at + 1).trim();
    if (at < 1 || !URL.canParse(url)) context.addIssue({ code: 'custom', message: `"${entry}" is not name=address` });
    else map[entry.slice(0, at).trim()] = url;
  }
  return map;
});

const rates = z.string().transform((text, context): RateSettings | 'off' => {
  try {
    return text === 'off' ? text : parseRates(text);
  } catch (error) {
    context.addIssue({ code: 'custom', message: messageOf(error) });
    return z.NEVER;
  }
});

type Limits = Partial<Record<keyof ResilienceSettings, number>>;

/** `deadlineMs=3000,reviews.deadlineMs=800`: for all subgraphs, or for one. */
const subgraphLimits = z.string().transform((text, context) => {
  const all: Limits = {};
  const byName: Record<string, Limits> = {};
  for (const entry of text.split(',').map((part) => part.trim()).filter(Boolean)) {
    const [, name, key = '', value] = /^(?:([\w-]+)\.)?(\w+)=(\d+(?:\.\d+)?)$/.exec(entry) ?? [];
    if (!Object.hasOwn(DEFAULT_RESILIENCE, key) || !Number(value)) {
      context.addIssue({ code: 'custom', message: `"${entry}" is not [subgraph.]limit=number, where limit is one of ${Object.keys(DEFAULT_RESILIENCE).join(', ')}` });
    } else if (name === undefined) all[key as keyof ResilienceSettings] = Number(value);
    else byName[name] = { ...byName[name], [key]: Number(value) };
  }
  return { resilience: all, resilienceOf: byName };
});

export const gatewaySettings = z
  .object({
    VSS_PORT: portSetting.optional().describe('Port of the gateway; 4000 where nothing is said'),
    PORT: portSetting.optional().describe('Taken where VSS_PORT is absent'),
    VSS_HOST: z.string().default('127.0.0.1').describe('Address to listen on'),
    VSS_SUPERGRAPH: z.string().optional().describe('File or http(s) address of the supergraph SDL'),
    SUPERGRAPH: z.string().optional().describe('Taken where VSS_SUPERGRAPH is absent'),
    VSS_AUTH: switchSetting.default(true).describe('off: nobody is asked who he is; only on a loopback address'),
    VSS_JWKS_URL: z.url().default('http://127.0.0.1:4001/.well-known/jwks.json').describe("Identity's public keys"),
    VSS_GATEWAY_KEY_FILE: z.string().optional().describe('Private Ed25519 key (JWK) that signs actor tokens; made for the run where absent'),
    VSS_SUBGRAPH_URLS: addresses.optional().describe('name=address,… in place of the addresses in the supergraph'),
    VSS_SUPERGRAPH_POLL_MS: z.coerce.number().int().min(100).default(10_000).describe('How often the supergraph is looked at; a file tells of its changes at once'),
    VSS_SUBGRAPH_LIMITS: subgraphLimits.optional().describe('limit=number,subgraph.limit=number: deadlineMs, concurrency, queue, failuresInARow, openMs …'),
    VSS_DASHBOARD_DIR: z.string().optional().describe('Folder with the built dashboard, served at /'),
    VSS_GRAPHIQL: switchSetting.default(false).describe('on: GraphiQL at /graphiql, for developers'),
    AMQP_URL: z.url({ protocol: /^amqps?$/, error: 'must be an amqp:// address' }).optional().describe('RabbitMQ: denials are told to the audit, and ended sessions heard of'),
    VSS_INTROSPECTION: switchSetting.default(true).describe('off: the schema is not told'),
    VSS_MAX_COST: z.coerce.number().int().positive().default(DEFAULT_COST.maxCost).describe('Points that one operation may cost'),
    VSS_MAX_PAGE: z.coerce.number().int().positive().default(DEFAULT_COST.maxPage).describe('Rows that a client may ask for in one page'),
    VSS_LIST_SIZE: z.coerce.number().int().positive().default(DEFAULT_COST.assumedList).describe('How long a list is taken to be where the schema does not say'),
    VSS_CONNECTIONS_PER_USER: z.coerce.number().int().positive().default(DEFAULT_SETTINGS.socket.connectionsPerUser).describe('WebSocket connections that one user may have open'),
    VSS_RATE_LIMITS: rates.optional().describe('role=points/requests,… a minute, or off'),
    VSS_PERSISTED_DOCUMENTS: z.enum(['off', 'apq', 'safelist']).default('apq').describe('Documents by their hash; safelist: those of the manifest alone, but for who has the right documents:open'),
    VSS_DOCUMENT_MANIFEST: z.string().optional().describe('File with known documents: {"hash": "document"} or an Apollo manifest'),
    VSS_RESPONSE_CACHE: switchSetting.default(true).describe('off: no answer is kept, whatever the schema allows'),
    VSS_REDIS_URL: z.url({ protocol: /^rediss?$/, error: 'must be a redis:// address' }).optional().describe('Cache that gateways share'),
    VSS_TRUST_PROXY: switchSetting.default(false).describe('on: the client address is the last one in x-forwarded-for'),
    VSS_SLOW_OPERATION_MS: z.coerce.number().int().min(0).default(1_000).describe('Operations that take longer are logged; 0: none'),
    VSS_ACCESS_LOG: switchSetting.default(false).describe('on: a log line for each operation'),
    VSS_METRICS_PORT: portSetting.optional().describe('Port of its own for /metrics; where absent, callers on this machine find it at the gateway'),
    VSS_METRICS_HOST: z.string().default('127.0.0.1').describe('Address of VSS_METRICS_PORT'),
    ...telemetrySettings,
    VSS_LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info').describe('Least severity that is logged'),
  })
  .superRefine((given, context) => {
    if (!given.VSS_SUPERGRAPH && !given.SUPERGRAPH) context.addIssue({ code: 'custom', path: ['VSS_SUPERGRAPH'], message: 'which supergraph? Give a file or an address' });
    if (given.VSS_PERSISTED_DOCUMENTS === 'safelist' && !given.VSS_DOCUMENT_MANIFEST) context.addIssue({ code: 'custom', path: ['VSS_DOCUMENT_MANIFEST'], message: 'a safelist needs its documents' });
    if (!given.VSS_AUTH && !LOOPBACK.includes(given.VSS_HOST))
      context.addIssue({ code: 'custom', path: ['VSS_AUTH'], message: `off is refused on ${given.VSS_HOST}: only on a loopback address` });
  });

export type GatewayConfig = ReturnType<typeof loadGatewayConfig>;

export function loadGatewayConfig(env: Readonly<Record<string, string | undefined>>) {
  const given = loadConfig(gatewaySettings, env);
  return {
    port: given.VSS_PORT ?? given.PORT ?? 4000,
    host: given.VSS_HOST,
    supergraph: given.VSS_SUPERGRAPH ?? given.SUPERGRAPH ?? '',
    isAuthenticated: given.VSS_AUTH,
    jwksUrl: given.VSS_JWKS_URL,
    keyFile: given.VSS_GATEWAY_KEY_FILE,
    supergraphPollMs: given.VSS_SUPERGRAPH_POLL_MS,
    subgraphLimits: given.VSS_SUBGRAPH_LIMITS ?? {},
    subgraphUrls: given.VSS_SUBGRAPH_URLS ?? {},
    dashboardDir: given.VSS_DASHBOARD_DIR,
    hasGraphiql: given.VSS_GRAPHIQL,
    amqpUrl: given.AMQP_URL,
    introspection: given.VSS_INTROSPECTION,
    cost: { maxCost: given.VSS_MAX_COST, maxPage: given.VSS_MAX_PAGE, assumedList: given.VSS_LIST_SIZE },
    connectionsPerUser: given.VSS_CONNECTIONS_PER_USER,
    rates: given.VSS_RATE_LIMITS === 'off' ? undefined : (given.VSS_RATE_LIMITS ?? DEFAULT_RATES),
    persistedDocuments: given.VSS_PERSISTED_DOCUMENTS,
    documentManifest: given.VSS_DOCUMENT_MANIFEST,
    keepsAnswers: given.VSS_RESPONSE_CACHE,
    redisUrl: given.VSS_REDIS_URL,
    trustProxy: given.VSS_TRUST_PROXY,
    slowOperationMs: given.VSS_SLOW_OPERATION_MS,
    accessLog: given.VSS_ACCESS_LOG,
    metrics: given.VSS_METRICS_PORT === undefined ? undefined : { host: given.VSS_METRICS_HOST, port: given.VSS_METRICS_PORT },
    telemetry: given,
    logLevel: given.VSS_LOG_LEVEL,
  };
}

export async function readSigningKey(file: string): Promise<SigningKey> {
  try {
    return signingKeyFrom(JSON.parse(await readFile(file, 'utf8')));
  } catch (error) {
    throw new StartError(`The key in ${file} cannot be used: ${messageOf(error)}`, { cause: error });
  }
}
