export { createUhubctl } from './usb-power.js';
