import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { VssClient } from '@vss/sdk';
import { ROOT, startProcess, type RunningProcess } from './process.js';

export const PASSWORD = 'correct horse battery staple';

export interface Platform extends RunningProcess {
  /** `http://127.0.0.1:PORT`. */
  readonly origin: string;
  readonly dataDir: string;
  /** A client signed in as one of the demo users. */
  as(username: string, password?: string): Promise<VssClient>;
  /** Sends any operation; answers the whole result. */
  ask(query: string, variables?: Record<string, unknown>, token?: string): Promise<GraphqlAnswer>;
}

export interface GraphqlAnswer {
  status: number;
  data?: Record<string, never> | null;
  errors?: { message: string; path?: (string | number)[]; extensions?: Record<string, unknown> }[];
}

/** The built platform as a process of its own, as `npm start` runs it, on a free port and a data folder of its own. */
export async function startPlatform(env: Record<string, string | undefined> = {}): Promise<Platform> {
  const dataDir = env['VSS_DATA_DIR'] ?? (await mkdtemp(join(tmpdir(), 'vss-e2e-')));
  const running = startProcess(process.execPath, ['--enable-source-maps', join(ROOT, 'standalone/dist/main.js')], {
    VSS_PORT: '0',
    VSS_DEMO_PASSWORD: PASSWORD,
    VSS_DEMO_TRAFFIC: 'off',
    VSS_SIM_SPEED: '5',
    ...env,
    VSS_DATA_DIR: dataDir,
  });
  const [, origin = ''] = await running.printed(/GraphQL\s+(http:\/\/\S+)\/graphql/, 60_000);
  const url = `${origin}/graphql`;
  return {
    ...running,
    origin,
    dataDir,
    async as(username, password = PASSWORD) {
      const client = new VssClient({ url });
      await client.login(username, password);
      return client;
    },
    ask: askOver(url),
  };
}

/** Sends operations as any client may, without the SDK: what comes back is shown as it is. */
export const askOver =
  (url: string): Platform['ask'] =>
  async (query, variables = {}, token) => {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) },
      body: JSON.stringify({ query, variables }),
    });
    return { status: response.status, ...((await response.json()) as Omit<GraphqlAnswer, 'status'>) };
  };

/** Ends the platform and removes what it kept. */
export async function removePlatform(platform: Platform): Promise<void> {
  await platform.stop();
  await rm(platform.dataDir, { recursive: true, force: true });
}
