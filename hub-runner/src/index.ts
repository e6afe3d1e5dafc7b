export { parseDeviceFile, type ListedDevice } from './adapters/static-phones/index.js';
export { createHubRunner, type HubRunner, type HubRunnerOptions, type Intervals } from './app.js';
export type * from './ports/index.js';
// `createRealHub` is in `@vss/hub-runner/real`: its clients are slow to load, and a simulated hub needs none of them.
export type { RealHubOptions } from './real-hub.js';
export { createSimulatedHub, type SimulatedHubOptions } from './simulated/hub.js';
export { sipPasswordOf } from './slots/sip-password.js';
