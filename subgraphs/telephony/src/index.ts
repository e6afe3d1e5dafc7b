export { createTelephony, type Telephony, type TelephonyOptions } from './app.js';
export { telephonyConfig } from './config.js';
export { migrations } from './migrations.js';
export { DEFAULT_SETTINGS, type TelephonySettings } from './settings.js';
