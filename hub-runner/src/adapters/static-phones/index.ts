export { parseDeviceFile, type ListedDevice } from './device-file.js';
export { createStaticPhones } from './phone-bridge.js';
