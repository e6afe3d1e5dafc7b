#!/usr/bin/env node
import { createLifecycle, createLogger, messageOf, startTelemetry, StartError, stopOnSignals } from '@vss/runtime';
import { openGateway } from './app.js';
import { loadGatewayConfig } from './config.js';
import { serveGateway } from './serve-gateway.js';

try {
  const config = loadGatewayConfig(process.env);
  const logger = createLogger('gateway', config.logLevel);
  const lifecycle = createLifecycle({ logger, deadlineMs: 8_000 });
  await startTelemetry({ settings: config.telemetry, serviceName: 'vss-gateway', lifecycle, logger });
  const gateway = await openGateway({ config, lifecycle, logger });
  const served = await serveGateway({ gateway, host: config.host, port: config.port, logger });
  lifecycle.onStop('gateway', () => served.close());
  stopOnSignals(lifecycle, logger, process);
  process.stdout.write(`Gateway ready at ${served.url}\n`);
} catch (error) {
  process.stderr.write(`${error instanceof StartError ? error.message : (error as Error).stack ?? messageOf(error)}\n`);
  process.exit(1);
}
