export * from './actor.js';
export * from './ask.js';
export * from './wait.js';
export * from './database.js';
export * from './message.js';
export * from './statements.js';
export * from './broker-contract.js';
export * from './child.js';
