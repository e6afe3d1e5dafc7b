export { createKamailioRegistrar, type KamailioRegistrar } from './registrar.js';
export { createKamailioRpc, type KamailioRpc } from './rpc.js';
