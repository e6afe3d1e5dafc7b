import { readFile, writeFile } from 'node:fs/promises';
import { parse } from 'graphql';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Actor } from '@vss/auth';
import { VssClient } from '@vss/sdk';
import { anActor, startChild } from '@vss/testing';
import { startGatewayProcess, type GatewayProcess } from '../../gateway/testing/process.js';
import { startWords, type Words } from './support/words.js';

const CLIENTS = 196;
const SDK_CLIENTS = 4;
const WORDS = 10_000;
const BATCH = 250;
/** How far ahead of the slowest client the words may be said: more than waits for one, so that some lose and resume. */
const AHEAD = 1_000;
const SAID = 'subscription($after: Cursor) { said(after: $after) { cursor n } }';

let words: Words;
let gateway: GatewayProcess;
let env: Record<string, string>;
let seed = 20_261_126;

/** The same numbers in every run: https://en.wikipedia.org/wiki/Linear_congruential_generator */
function below(limit: number): number {
  seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31;
  return Math.floor((seed / 2 ** 31) * limit);
}

beforeAll(async () => {
  words = await startWords();
  env = { VSS_SUPERGRAPH: words.supergraphFile, VSS_PORT: '0', VSS_JWKS_URL: words.jwksUrl, VSS_GATEWAY_KEY_FILE: words.gatewayKeyFile, VSS_RATE_LIMITS: 'off' };
  gateway = startGatewayProcess(env);
  env = { ...env, VSS_PORT: new URL(await gateway.ready).port };
});
afterAll(async () => {
  gateway?.child.kill('SIGKILL');
  await gateway?.ended;
  await words?.stop();
});

async function killGateway(): Promise<void> {
  gateway.child.kill('SIGKILL');
  await gateway.ended;
  gateway = startGatewayProcess(env);
  await gateway.ready;
}

async function restartSubgraph(): Promise<void> {
  await words.stopSubgraph();
  await words.startSubgraph();
}

/** Another supergraph with the same source for the words. */
async function changeSupergraph(): Promise<void> {
  const sdl = await readFile(words.supergraphFile, 'utf8');
  await writeFile(words.supergraphFile, sdl.replace(/^( *)remark: String/m, '$1tone: String @join__field(graph: REMARKS) @access(permission: "words:read")\n$1remark: String'));
}

/** A client of the SDK that reads everything. */
async function followBySdk(url: string, token: string, after: string): Promise<number[]> {
  const session = { accessToken: token, refreshToken: 'r', expiresAt: new Date(Date.now() + 3_600_000).toISOString(), user: { id: 'u' }, userErrors: [] };
  const client = new VssClient({ url, fetch: async () => Response.json({ data: { login: session } }) });
  await client.login('u', 'p');
  const heard: number[] = [];
  for await (const { said } of client.subscribe<{ said: { n: number } }, { after: string }>(parse(SAID), { after })) {
    heard.push(said.n);
    if (said.n === WORDS) break;
  }
  return heard;
}

it('brings every event to every client once and in order, across lost connections, killed gateways, a restarted subgraph and a new supergraph', async () => {
  const readers: Actor[] = [1, 2, 3, 4].map(() => anActor({ grants: [{ resource: 'words', actions: ['read'], scope: 'ALL', effect: 'ALLOW' }] }));
  const tokens = await Promise.all(readers.map((reader) => words.token(reader)));
  const tokenOf = (client: number): string => tokens[client % tokens.length] ?? '';
  const url = `http://127.0.0.1:${env['VSS_PORT']}/graphql`;
  const after = Buffer.from('words.said@0').toString('base64url');
  const disconnects = Array.from({ length: 20 }, () => ({ client: below(CLIENTS), at: 1 + below(WORDS - 1) }));
  const faults = new Map([
    [5 + below(3), killGateway],
    [12 + below(3), restartSubgraph],
    [18 + below(3), changeSupergraph],
    [25 + below(3), killGateway],
    [32 + below(3), killGateway],
  ]);
  const bySdk = Array.from({ length: SDK_CLIENTS }, (_, i) => followBySdk(url, tokenOf(i), after));
  const clients = startChild(new URL('live.child.ts', import.meta.url), { url: url.replace('http', 'ws'), tokens: Array.from({ length: CLIENTS }, (_, i) => tokenOf(i)), query: SAID, after, last: WORDS, disconnects });
  try {
    let slowest = 0;
    for (let batch = 0; batch * BATCH < WORDS; batch++) {
      while (batch * BATCH - slowest > AHEAD) slowest = await clients.line<number>('slowest');
      await words.say(batch * BATCH + 1, (batch + 1) * BATCH);
      await faults.get(batch)?.();
    }
    const { faults: told, resumed } = await clients.line<{ faults: string[]; resumed: number }>('done');
    expect(told).toEqual([]);
    // Three kills reach everybody, and twenty lost their connection besides.
    expect(resumed).toBeGreaterThan(3 * CLIENTS);
  } finally {
    await clients.kill();
  }
  const all = Array.from({ length: WORDS }, (_, i) => i + 1);
  for (const heard of await Promise.all(bySdk)) expect(heard).toEqual(all);
}, 600_000);
