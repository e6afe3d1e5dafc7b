import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { composeGraph } from '../../testing/graph.js';

const CHURN = fileURLToPath(new URL('../../testing/churn.mjs', import.meta.url));

it('500 clients that came and went leave no stream, and the last 250 less than a megabyte', async () => {
  const { supergraphSdl } = composeGraph([{ name: 'words', sdl: 'type Query { count: Int } type Subscription { said: Said! } type Said { n: Int }', resolvers: {} }], { access: false });
  const child = spawn(process.execPath, ['--expose-gc', CHURN, JSON.stringify({ supergraphSdl })], { stdio: ['ignore', 'pipe', 'inherit'] });
  const { grownBytes, streams, live } = JSON.parse(await text(child.stdout)) as { grownBytes: number; streams: number; live: object };
  expect([streams, live]).toMatchObject([0, { upstreams: 0, clients: 0, connections: 0 }]);
  expect(grownBytes).toBeLessThan(1_000_000);
}, 60_000);
