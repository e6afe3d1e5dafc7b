import { z } from 'zod';
import { keyNamedIn, openHead, publicKeyFrom, type ChainHead, type PublicAuditKey } from './chain-key.js';
import { BEGINNING, createChainCheck, type ChainBreak, type ChainLine, type ChainPlace } from './chain.rules.js';

/** What an exported file comes to, without asking the platform. */
export type FileVerdict =
  | { readonly intact: true; readonly checked: number; readonly head: ChainHead; readonly key: PublicAuditKey; readonly from: number }
  | { readonly intact: false; readonly reason: string };

const line = z
  .object({ chain: z.string(), seq: z.number().int(), prevHash: z.string(), hash: z.string(), id: z.string() })
  .loose();

/** `trusted`: the platform's published key; without it the head's own is used, and whether it is the platform's is for the reader. */
export async function verifyExport(lines: AsyncIterable<string> | Iterable<string>, signedHead: string, trusted?: PublicAuditKey): Promise<FileVerdict> {
  const key = trusted ?? keyNamedIn(signedHead);
  const head = key && openHead(signedHead, publicKeyFrom(key));
  if (!key || !head) return { intact: false, reason: 'The head is not signed by this key' };
  let check: ReturnType<typeof createChainCheck> | undefined;
  let from = 1;
  let number = 0;
  for await (const text of lines) {
    number += 1;
    if (text === '') continue;
    const read = readLine(text);
    if (!read) return { intact: false, reason: `Line ${number} of the file is not a line of the audit` };
    if (read.chain !== head.chain) return { intact: false, reason: `Line ${number} of the file is of the chain ${read.chain}, the head of ${head.chain}` };
    if (!check) from = read.seq;
    check ??= createChainCheck(startBefore(read), [head]);
    const found = check.next(read);
    if (found) return { intact: false, reason: told(found) };
  }
  check ??= createChainCheck(BEGINNING, [head]);
  const found = check.end([head]);
  return found ? { intact: false, reason: told(found) } : { intact: true, checked: check.checked, head, key, from };
}

/** A file may begin in the middle, at what is still kept; then the line before is taken for good. */
const startBefore = ({ seq, prevHash }: ChainLine): ChainPlace => (seq === 1 ? BEGINNING : { seq: seq - 1, hash: prevHash });

function readLine(text: string): ChainLine | undefined {
  try {
    return line.safeParse(JSON.parse(text)).data as ChainLine | undefined;
  } catch {
    return undefined;
  }
}

const WORDS: Readonly<Record<ChainBreak['kind'], string>> = {
  CHANGED: 'was changed',
  REMOVED: 'was removed',
  INSERTED: 'was put in later',
  CUT: 'is missing, and all behind it: the head knows of them',
};

const told = ({ seq, kind }: ChainBreak): string => `Entry ${seq} ${WORDS[kind]}`;
