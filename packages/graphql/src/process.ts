import { z } from 'zod';
import { createTokenVerifier, GATEWAY_ISSUER, subgraphAudience } from '@vss/auth';
import { migrate, type DatabaseTarget, type SubgraphMigrations } from '@vss/db';
import { createRabbitBroker, type Broker } from '@vss/events';
import { createLifecycle, createLogger, loadConfig, messageOf, portSetting, startTelemetry, StartError, stopOnSignals, telemetrySettings, type Logger } from '@vss/runtime';
import { serveSubgraph } from './serve.js';
import type { Subgraph } from './subgraph.js';

/** Settings that every subgraph's process has; `.env.example` says what each means. */
export const subgraphSettings = {
  VSS_HOST: z.string().default('127.0.0.1'),
  VSS_GATEWAY_JWKS_URL: z.url({ protocol: /^https?$/, error: 'must be an http:// address' }).default('http://127.0.0.1:4000/.well-known/gateway-jwks.json'),
  VSS_LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info'),
  ...telemetrySettings,
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/, error: 'must be a postgresql:// address' }),
  AMQP_URL: z.url({ protocol: /^amqps?$/, error: 'must be an amqp:// address' }),
};

/** The settings of one subgraph's process: those of all, its own port, and what it alone knows. */
export const subgraphConfig = <Own extends z.ZodRawShape>(port: number, own: Own) => z.object({ VSS_PORT: portSetting.default(port), ...subgraphSettings, ...own });

const commonConfig = z.object({ VSS_PORT: portSetting, ...subgraphSettings });
type CommonConfig = z.output<typeof commonConfig>;

export interface SubgraphProcess<Config extends CommonConfig, S extends Subgraph> {
  readonly name: string;
  readonly config: z.ZodType<Config>;
  readonly migrations: SubgraphMigrations;
  open(shared: { target: DatabaseTarget; broker: Broker; logger: Logger }, config: Config): Promise<S>;
  /** Served beside the graph, without a token. */
  readonly documents?: (subgraph: S) => Readonly<Record<string, () => object | Promise<object>>>;
}

/** Runs a subgraph as a process of its own until it is told to stop: the whole of its `main.ts`. */
export async function runSubgraph<Config extends CommonConfig, S extends Subgraph>(options: SubgraphProcess<Config, S>, host: NodeJS.Process): Promise<void> {
  const { name } = options;
  try {
    const config = loadConfig(options.config, host.env);
    const logger = createLogger(name, config.VSS_LOG_LEVEL);
    const lifecycle = createLifecycle({ logger });
    stopOnSignals(lifecycle, logger, host);
    await startTelemetry({ settings: config, serviceName: `vss-${name}`, lifecycle, logger });
    const target = { url: config.DATABASE_URL };
    await migrate({ target, migrations: [options.migrations], logger });
    const broker = await createRabbitBroker({ url: config.AMQP_URL, logger });
    lifecycle.onStop('broker', () => broker.close());
    const subgraph = await options.open({ target, broker, logger }, config);
    lifecycle.onStop(name, () => subgraph.stop());
    await subgraph.start();
    const verifier = createTokenVerifier({ keys: { url: config.VSS_GATEWAY_JWKS_URL }, issuer: GATEWAY_ISSUER, audience: subgraphAudience(name) });
    const documents = options.documents?.(subgraph) ?? {};
    const server = await serveSubgraph({ subgraph, host: config.VSS_HOST, port: config.VSS_PORT, verifier, logger, documents });
    lifecycle.onStop('server', () => server.close());
    host.stdout.write(`Subgraph ${name} ready at ${server.url}\n`);
  } catch (error) {
    host.stderr.write(`${error instanceof StartError ? error.message : `${name} failed to start: ${messageOf(error)}`}\n`);
    host.exit(1);
  }
}
