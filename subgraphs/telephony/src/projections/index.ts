export * from './projection.consumer.js';
export * from './projection.entities.js';
export { untilArrived } from './arrival.js';
