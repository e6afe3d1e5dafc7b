export * from './command.consumer.js';
export * from './command.entity.js';
export * from './command.service.js';
