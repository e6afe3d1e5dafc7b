export { createAsteriskCallControl, type AsteriskCallControl, type AsteriskSettings } from './call-control.js';
