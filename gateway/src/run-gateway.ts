import { createLifecycle, createLogger, messageOf, startTelemetry, StartError, stopOnSignals } from '@vss/runtime';
import { openGateway } from './app.js';
import { loadGatewayConfig } from './config.js';
import { serveGateway } from './serve-gateway.js';

/** The gateway as a process of its own, until a signal ends it. */
export async function runGateway(host: NodeJS.Process): Promise<void> {
  try {
    const config = loadGatewayConfig(host.env);
    const logger = createLogger('gateway', config.logLevel);
    const lifecycle = createLifecycle({ logger, deadlineMs: 8_000 });
    await startTelemetry({ settings: config.telemetry, serviceName: 'vss-gateway', lifecycle, logger });
    const gateway = await openGateway({ config, lifecycle, logger });
    if (config.metrics) {
      const metrics = await gateway.metrics.serve(config.metrics);
      lifecycle.onStop('metrics', () => metrics.close());
    }
    const served = await serveGateway({ gateway, host: config.host, port: config.port, logger });
    lifecycle.onStop('gateway', () => served.close());
    stopOnSignals(lifecycle, logger, host);
    host.stdout.write(`Gateway ready at ${served.url}\n`);
  } catch (error) {
    host.stderr.write(`${error instanceof StartError ? error.message : (error as Error).stack ?? messageOf(error)}\n`);
    host.exit(1);
  }
}
