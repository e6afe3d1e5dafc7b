import { defineConfig } from '@graphql-hive/gateway';
import { unifiedGraphHandler } from '@graphql-hive/router-runtime';

// Its planner in Rust in place of the one in JavaScript.
export const gatewayConfig = defineConfig({ unifiedGraphHandler });
