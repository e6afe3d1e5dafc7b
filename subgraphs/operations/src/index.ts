export { createOperations, type Operations, type OperationsOptions, type OperationsSettings } from './app.js';
export { operationsConfig, type OperationsConfig } from './config.js';
export { migrations } from './migrations.js';
