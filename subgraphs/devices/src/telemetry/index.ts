export { Telemetry } from './telemetry.entity.js';
export { forgetHistory, HISTORY_HOURS, historyOf, recordReadings } from './telemetry.queries.js';
export { latestReading, TelemetryResolver } from './telemetry.resolver.js';
