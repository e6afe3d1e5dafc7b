export { createOperations, type Operations, type OperationsOptions, type OperationsSettings } from './app.js';
export { operationsConfig } from './config.js';
export { migrations } from './migrations.js';
