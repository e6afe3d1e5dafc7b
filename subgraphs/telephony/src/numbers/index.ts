export * from './phone-number.rules.js';
