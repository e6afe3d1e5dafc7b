import { runSubgraph } from '@vss/graphql';
import { createOperations } from './app.js';
import { operationsConfig } from './config.js';
import { migrations } from './migrations.js';

await runSubgraph(
  {
    name: 'operations',
    config: operationsConfig,
    migrations,
    async open(shared, config) {
      const operations = await createOperations({ ...shared, settings: { retentionDays: config.VSS_LOG_RETENTION_DAYS } });
      await operations.ensureDefaultCenter({ name: config.VSS_CENTER_NAME, timeZone: config.VSS_CENTER_TIME_ZONE });
      return operations;
    },
  },
  process,
);
