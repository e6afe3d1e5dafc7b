import type { CallControl } from './call-control.js';
import type { PhoneBridge } from './phone-bridge.js';
import type { RemoteHost } from './remote-host.js';
import type { SipRegistrar } from './sip-registrar.js';
import type { UsbPower } from './usb-power.js';

export type * from './call-control.js';
export type * from './phone-bridge.js';
export type * from './remote-host.js';
export type * from './sip-registrar.js';
export type * from './usb-power.js';

/** Everything beside a runner: the real servers and devices, or the simulated ones. */
export interface HubPorts {
  /** True when nothing here is real: then name, models and serials say SIMULATED too. */
  readonly simulated: boolean;
  /** Which tool serves which port, for people to read: `{ callControl: 'asterisk (ARI)' }`. */
  readonly adapters: Readonly<Record<string, string>>;
  readonly callControl: CallControl;
  readonly registrar: SipRegistrar;
  readonly phones: PhoneBridge;
  readonly usbPower: UsbPower;
  readonly remoteHost: RemoteHost;
  /** Connects; what is not reachable yet is tried again in the background. */
  open(): Promise<void>;
  /** True while the PBX and the registrar can be used. */
  isReady(): boolean;
  close(): Promise<void>;
}
