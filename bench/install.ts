import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import process from 'node:process';
import { isInstalled, peerFolder, ROOT, type Gateway } from './gateways.ts';

/** Puts wrk and the peers in place; a peer that cannot be had is left out, and that is said. */
export function install(gateways: readonly Gateway[], missing: string[], say: (line: string) => void): readonly Gateway[] {
  const tool = spawnSync('sh', [join(ROOT, 'tests/services/install.sh'), 'wrk'], { stdio: ['ignore', 'inherit', 'pipe'], encoding: 'utf8' });
  if (tool.status !== 0) throw new Error(`wrk, the load generator, is missing. ${tool.stderr.trim().split('\n').at(-1) ?? ''}`);
  return gateways.filter((gateway) => {
    const cwd = peerFolder(gateway);
    if (!cwd || isInstalled(gateway)) return true;
    say(`Installing ${gateway.title}`);
    // Its own folder and nothing of ours: a peer is no dependency of the platform.
    const npm = spawnSync('npm', ['install', '--no-audit', '--no-fund', '--no-package-lock', '--ignore-scripts'], { cwd, stdio: ['ignore', 'ignore', 'pipe'], encoding: 'utf8', env: process.env });
    if (npm.status === 0) return true;
    missing.push(`${gateway.name} could not be installed: ${npm.stderr.trim().split('\n')[0] ?? ''}`);
    return false;
  });
}
