export * from './definition.js';
export * from './identity.js';
export * from './telephony.js';
export * from './devices.js';
export * from './crm.js';
export * from './operations.js';
export * from './commands.js';
export * from './runner.js';
