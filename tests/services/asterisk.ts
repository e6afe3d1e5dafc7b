import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fillTemplates, findTool, freePort, libraryDir, NotInstalledError, randomSecret, type Service, serviceDir, servicesDir, startService } from './service.ts';

export interface Asterisk extends Service {
  /** `http://127.0.0.1:port/ari` */
  readonly ariUrl: string;
  readonly ariPort: number;
  readonly user: string;
  readonly password: string;
  /** The Stasis application that all calls are given to. */
  readonly app: string;
  /** `ws://…/ari/events` of the application, credentials inside. */
  readonly eventsUrl: string;
  readonly sipPort: number;
  /** Where recordings are written. */
  readonly recordingDir: string;
  /** One ARI request; throws on any status but 2xx. */
  ari(method: string, path: string, query?: Record<string, string>): Promise<unknown>;
}

export interface AsteriskOptions {
  /** Kamailio's, for `PJSIP/<slot>@kamailio`. */
  kamailioPort: number;
  /** The far end's, for `PJSIP/<number>@provider`. */
  providerPort: number;
  /** From where the far end calls us (`callIn`), when it does. */
  callerPort?: number;
  sipPort?: number;
}

export async function startAsterisk(options: AsteriskOptions): Promise<Asterisk> {
  const { command, args, root, modules } = program();
  const dir = await serviceDir('asterisk');
  const { sipPort = await freePort(), kamailioPort, providerPort, callerPort = await freePort() } = options;
  const [ariPort, rtpFirst] = [await freePort(), await freePort(100)];
  const [user, password, app] = ['vss', randomSecret(), 'vss'];
  const ariUrl = `http://127.0.0.1:${ariPort}/ari`;
  for (const folder of ['lib', 'run', 'logs', 'spool/recording']) await mkdir(join(dir, folder), { recursive: true });
  await fillTemplates(join(import.meta.dirname, 'asterisk'), dir, {
    DIR: dir,
    ROOT: root,
    MODULES: modules,
    ARI_PORT: ariPort,
    ARI_USER: user,
    ARI_PASSWORD: password,
    SIP_PORT: sipPort,
    KAMAILIO_PORT: kamailioPort,
    PROVIDER_PORT: providerPort,
    CALLER_PORT: callerPort,
    RTP_FIRST: rtpFirst,
    RTP_LAST: rtpFirst + 99,
  });

  async function ari(method: string, path: string, query: Record<string, string> = {}): Promise<unknown> {
    const response = await fetch(`${ariUrl}${path}?${new URLSearchParams(query)}`, {
      method,
      headers: { authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}` },
      signal: AbortSignal.timeout(5000),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
    return text ? JSON.parse(text) : undefined;
  }

  const service = await startService({
    name: 'asterisk',
    dir,
    command,
    args: [...args, '-f', '-n', '-C', join(dir, 'asterisk.conf')],
    // ARI answers before the SIP side is up.
    ready: async () => ((await ari('GET', '/asterisk/ping')) as { ping: string }).ping === 'pong' && (await endpointsKnown(ari)),
  });
  return Object.assign(service, {
    ariUrl,
    ariPort,
    user,
    password,
    app,
    eventsUrl: `ws://127.0.0.1:${ariPort}/ari/events?app=${app}&api_key=${user}:${password}`,
    sipPort,
    recordingDir: join(dir, 'spool/recording'),
    ari,
  });
}

async function endpointsKnown(ari: Asterisk['ari']): Promise<boolean> {
  const endpoints = (await ari('GET', '/endpoints/PJSIP')) as { resource: string }[];
  return ['kamailio', 'provider'].every((name) => endpoints.some(({ resource }) => resource === name));
}

/** The machine's own Asterisk, or the one that install.sh unpacked, which runs with its own loader and libraries. */
function program(): { command: string; args: string[]; root: string; modules: string } {
  const own = findTool('asterisk');
  if (own) return { command: own, args: [], root: '', modules: `${libraryDir()}/asterisk/modules` };
  const root = join(servicesDir, 'asterisk');
  const libraries = libraryDir(root);
  const loader = process.arch === 'arm64' ? `${root}/usr/lib/ld-linux-aarch64.so.1` : `${root}/usr/lib64/ld-linux-x86-64.so.2`;
  if (!existsSync(loader)) throw new NotInstalledError('Asterisk is not installed: run tests/services/install.sh asterisk');
  return {
    command: loader,
    args: ['--argv0', 'asterisk', '--library-path', libraries, `${root}/usr/sbin/asterisk`],
    root,
    modules: `${libraries}/asterisk/modules`,
  };
}
