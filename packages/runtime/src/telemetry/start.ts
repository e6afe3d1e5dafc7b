import { z } from 'zod';
import type { Lifecycle } from '../lifecycle.js';
import type { Logger } from '../logger.js';
import { useTracer } from './tracer.js';

/** Settings of every process that takes part in traces; `.env.example` says what each means. */
export const telemetrySettings = {
  OTEL_EXPORTER_OTLP_ENDPOINT: z.url({ protocol: /^https?$/, error: 'must be an http:// or https:// address' }).optional(),
  VSS_TRACE_RATIO: z.coerce.number().min(0).max(1).default(1),
};
export type TelemetrySettings = z.output<z.ZodObject<typeof telemetrySettings>>;

export interface TelemetryOptions {
  readonly settings: TelemetrySettings;
  readonly serviceName: string;
  /** Of the process: traces are what ends last. */
  readonly lifecycle: Lifecycle;
  readonly logger: Logger;
}

/** Begins to record traces where an address to send them to is given. Without one nothing is even loaded. */
export async function startTelemetry({ settings, serviceName, lifecycle, logger }: TelemetryOptions): Promise<void> {
  if (!settings.OTEL_EXPORTER_OTLP_ENDPOINT) return;
  const { createOpenTelemetry } = await import('./open-telemetry.js');
  const tracer = createOpenTelemetry({ endpoint: settings.OTEL_EXPORTER_OTLP_ENDPOINT, serviceName, ratio: settings.VSS_TRACE_RATIO, logger });
  useTracer(tracer);
  lifecycle.onStop('traces', async () => {
    useTracer(undefined);
    await tracer.stop();
  });
}
