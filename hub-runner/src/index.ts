export { parseDeviceFile, type ListedDevice } from './adapters/static-phones/index.js';
export { createHubRunner, type HubRunner, type HubRunnerOptions, type Intervals } from './app.js';
export type * from './ports/index.js';
export { createRealHub, type RealHubOptions } from './real-hub.js';
export { createSimulatedHub, type SimulatedHubOptions } from './simulated/hub.js';
export { sipPasswordOf } from './slots/sip-password.js';
