export { createCallTracker, type CallSettings, type CallTracker } from './tracker.js';
