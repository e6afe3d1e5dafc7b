import { runSubgraph } from '@vss/graphql';
import { createCrm } from './app.js';
import { crmConfig } from './config.js';
import { migrations } from './migrations.js';

await runSubgraph({ name: 'crm', config: crmConfig, migrations, open: (shared) => createCrm(shared) }, process);
