import { runSubgraph } from '@vss/graphql';
import { createDevices } from './app.js';
import { devicesConfig } from './config.js';
import { migrations } from './migrations.js';

await runSubgraph(
  {
    name: 'devices',
    config: devicesConfig,
    migrations,
    open: (shared, config) => createDevices({ ...shared, settings: { defaultCenterId: config.VSS_CENTER_ID, heartbeatMs: config.VSS_HEARTBEAT_MS } }),
  },
  process,
);
