import { open, readFile } from 'node:fs/promises';
import { messageOf } from '@vss/runtime';
import type { PublicAuditKey } from './chain-key.js';
import { verifyExport } from './verify-export.js';

/** `npm run audit:verify -- audit.jsonl head.jws [key.json]`: proves an exported chain without the platform. */
const [linesPath, headPath, keyPath] = process.argv.slice(2);
try {
  if (!linesPath || !headPath) throw new Error('Usage: npm run audit:verify -- <lines.jsonl> <head.jws> [<published key, as JSON>]');
  const head = await readFile(headPath, 'utf8');
  const key = keyPath ? (JSON.parse(await readFile(keyPath, 'utf8')) as PublicAuditKey) : undefined;
  const file = await open(linesPath);
  const verdict = await verifyExport(file.readLines(), head, key);
  if (!verdict.intact) throw new Error(verdict.reason);
  const { checked, from, head: state } = verdict;
  process.stdout.write(`Intact: ${checked} entries of ${state.chain} from ${from} on, up to the head ${state.seq} of ${state.at}\n`);
  process.stdout.write(key ? 'Signed by the key given\n' : `Signed by the key ${verdict.key.kid}: compare it with the one that the platform publishes\n`);
} catch (error) {
  process.stderr.write(`${messageOf(error)}\n`);
  process.exitCode = 1;
}
