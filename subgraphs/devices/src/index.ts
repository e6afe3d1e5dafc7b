export { createDevices, type Devices, type DevicesOptions, type DevicesSettings } from './app.js';
export { devicesConfig, type DevicesConfig } from './config.js';
export { migrations } from './migrations.js';
