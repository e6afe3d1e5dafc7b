import { AppError, systemNow, type Logger, type Now } from '@vss/runtime';
import { createAsteriskCallControl, type AsteriskSettings } from './adapters/asterisk/index.js';
import { createKamailioRegistrar, createKamailioRpc } from './adapters/kamailio/index.js';
import { exec } from './adapters/spawn.js';
import { createSshHost, type SshSettings } from './adapters/ssh/index.js';
import { createStaticPhones, type ListedDevice } from './adapters/static-phones/index.js';
import { createUhubctl } from './adapters/uhubctl/index.js';
import type { HubPorts, RemoteHost } from './ports/index.js';

export interface RealHubOptions {
  asterisk: AsteriskSettings;
  kamailio: { rpcUrl: string; token: string; realm: string };
  devices: readonly ListedDevice[];
  /** The host whose scripts serve LOCAL SCRIPT slots; absent: there is none. */
  ssh?: SshSettings;
  logger: Logger;
  now?: Now;
}

/** A hub with real servers and devices. */
export function createRealHub({ asterisk, kamailio, devices, ssh, logger, now = systemNow }: RealHubOptions): HubPorts {
  const callControl = createAsteriskCallControl({ settings: asterisk, logger, now });
  const rpc = createKamailioRpc({ url: kamailio.rpcUrl, token: kamailio.token });
  const registrar = createKamailioRegistrar({ rpc, realm: kamailio.realm, logger, now });
  const phones = createStaticPhones({ devices, registrar });
  const host = ssh && createSshHost(ssh);
  return {
    simulated: false,
    adapters: {
      callControl: 'Asterisk (ARI)',
      registrar: 'Kamailio (JSON-RPC)',
      phones: 'device list',
      usbPower: 'uhubctl',
      remoteHost: ssh ? 'SSH' : 'none',
    },
    callControl,
    registrar,
    phones,
    usbPower: createUhubctl({ exec }),
    remoteHost: host ?? noHost,
    async open() {
      await Promise.all([callControl.open(), registrar.open()]);
    },
    isReady: () => callControl.isUp() && registrar.isUp(),
    async close() {
      phones.close();
      host?.close();
      await Promise.all([callControl.close(), registrar.close()]);
    },
  };
}

const noHost: RemoteHost = {
  run: async () => {
    throw new AppError('UNAVAILABLE', 'This hub has no remote host');
  },
};
