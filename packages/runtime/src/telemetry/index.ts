export * from './trace-context.js';
export * from './tracer.js';
export * from './start.js';
