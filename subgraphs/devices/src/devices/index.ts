export { Device, DeviceConnection, DeviceEdge } from './device.entity.js';
export { deviceRoutes } from './device.consumer.js';
export { DeviceResolver, HubDevicesResolver, SlotDeviceResolver } from './device.resolver.js';
export { createDeviceService, type DeviceService } from './device.service.js';
