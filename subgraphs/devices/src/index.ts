export { createDevices, type Devices, type DevicesOptions, type DevicesSettings } from './app.js';
export { devicesConfig } from './config.js';
export { migrations } from './migrations.js';
