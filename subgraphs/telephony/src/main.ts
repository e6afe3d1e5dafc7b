import { runSubgraph } from '@vss/graphql';
import { createTelephony } from './app.js';
import { telephonyConfig } from './config.js';
import { migrations } from './migrations.js';

/** telephony as a process of its own. */
await runSubgraph(
  {
    name: 'telephony',
    config: telephonyConfig,
    migrations,
    open: (shared, config) =>
      createTelephony({ ...shared, settings: { wrapUpMs: config.VSS_WRAP_UP_MS, ringTimeoutMs: config.VSS_RING_TIMEOUT_MS, blockedPrefixes: config.VSS_BLOCKED_PREFIXES } }),
  },
  process,
);
