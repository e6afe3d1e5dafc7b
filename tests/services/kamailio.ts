import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { fillTemplates, freePort, libraryDir, needTool, randomSecret, type Service, serviceDir, startService } from './service.ts';

/** What digests are computed over; kamailio.cfg asks for the same. */
export const sipRealm = 'vss';

/** The form in which Kamailio keeps a slot's password. */
export function ha1(slot: string, password: string): string {
  return createHash('md5').update(`${slot}:${sipRealm}:${password}`).digest('hex');
}

export interface Kamailio extends Service {
  readonly sipPort: number;
  /** `sip:127.0.0.1:port` */
  readonly sipUri: string;
  readonly realm: string;
  /** `http://127.0.0.1:port/RPC`, with header `X-Rpc-Token` */
  readonly rpcUrl: string;
  readonly rpcToken: string;
  /** One JSON-RPC call; a JSON-RPC error is thrown. */
  rpc(method: string, params?: (string | number)[]): Promise<unknown>;
  /** Lets a slot register. */
  addSlot(slot: string, password: string): Promise<void>;
}

export interface KamailioOptions {
  sipPort?: number;
  /** Where the PBXs listen: calls from there go to slots, calls from slots go there. */
  pbxPorts?: number[];
}

export async function startKamailio(options: KamailioOptions = {}): Promise<Kamailio> {
  const command = needTool('kamailio');
  const dir = await serviceDir('kamailio');
  const { sipPort = await freePort(), pbxPorts = [] } = options;
  const [rpcPort, rpcToken] = [await freePort(), randomSecret()];
  const rpcUrl = `http://127.0.0.1:${rpcPort}/RPC`;
  await fillTemplates(join(import.meta.dirname, 'kamailio'), dir, {
    DIR: dir,
    MODULES: `${libraryDir()}/kamailio/modules`,
    SIP_PORT: sipPort,
    RPC_PORT: rpcPort,
    RPC_TOKEN: rpcToken,
    NONCE_SECRET: randomSecret(),
    PBXS: pbxPorts.map((port) => `1 sip:127.0.0.1:${port} 0`).join('\n'),
  });

  async function rpc(method: string, params: (string | number)[] = []): Promise<unknown> {
    const response = await fetch(rpcUrl, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-rpc-token': rpcToken },
      body: JSON.stringify({ jsonrpc: '2.0', id: 1, method, params }),
      signal: AbortSignal.timeout(5000),
    });
    const answer = (await response.json()) as { result?: unknown; error?: { code: number; message: string } };
    if (answer.error) throw new Error(`${method}: ${answer.error.code} ${answer.error.message}`);
    return answer.result;
  }

  const service = await startService({
    name: 'kamailio',
    dir,
    command,
    args: ['-DD', '-E', '-f', join(dir, 'kamailio.cfg'), '-Y', dir, '-w', dir, '-m', '64', '-M', '8'],
    ready: async () => Boolean(await rpc('core.uptime')),
  });
  return Object.assign(service, {
    sipPort,
    sipUri: `sip:127.0.0.1:${sipPort}`,
    realm: sipRealm,
    rpcUrl,
    rpcToken,
    rpc,
    addSlot: async (slot: string, password: string) => {
      await rpc('htable.sets', ['credentials', slot, ha1(slot, password)]);
    },
  });
}
