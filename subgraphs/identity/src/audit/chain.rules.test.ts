import { describe, expect, it } from 'vitest';
import { BEGINNING, canonicalJson, createChainCheck, hashOf, type ChainBreak, type ChainLine, type ChainPlace } from './chain.rules.js';

/** A chain of so many lines, whole. */
function aChain(count: number): ChainLine[] {
  const lines: ChainLine[] = [];
  for (let seq = 1; seq <= count; seq += 1) lines.push(linked({ ...aLine(seq), prevHash: lines.at(-1)?.hash ?? BEGINNING.hash }));
  return lines;
}

const linked = (line: Omit<ChainLine, 'hash'> & { hash?: string }): ChainLine => {
  const { hash: _, ...rest } = line;
  return { ...rest, hash: hashOf(rest) };
};

const aLine = (seq: number) => ({
  chain: 'ctr_1',
  seq,
  prevHash: '',
  id: `aud_${seq}`,
  at: '2026-11-26T04:00:00.000000Z',
  action: 'MUTATION',
  outcome: 'ALLOWED',
  actorId: 'usr_1',
  target: `lead_${seq}`,
  operation: 'leadUpdate',
  permission: 'leads:update',
  override: false,
  detail: { role: 'seller' },
  changes: [{ type: 'Lead', id: `lead_${seq}`, did: 'UPDATED', fields: { status: { before: 'NEW', after: 'WON' } } }],
  traceId: 'trace',
  sourceAddress: '192.0.2.1',
  sealedAt: '2026-11-26T04:00:01.000000Z',
});

function check(lines: readonly ChainLine[], { start = BEGINNING, reached = [], known = [] }: { start?: ChainPlace | undefined; reached?: ChainPlace[]; known?: ChainPlace[] } = {}): ChainBreak | undefined {
  const walk = createChainCheck(start, known);
  for (const line of lines) {
    const found = walk.next(line);
    if (found) return found;
  }
  return walk.end(reached);
}

const renumbered = (lines: readonly ChainLine[], from: number, by: number): ChainLine[] => lines.map((line) => (line.seq >= from ? { ...line, seq: line.seq + by } : line));
const relinkedFrom = (lines: readonly ChainLine[], seq: number): ChainLine[] => {
  const result: ChainLine[] = [];
  for (const line of lines) result.push(line.seq < seq ? line : linked({ ...line, prevHash: result.at(-1)?.hash ?? BEGINNING.hash }));
  return result;
};

describe('a chain of the audit', () => {
  const chain = aChain(6);

  it('holds when nothing was touched, also from a place in its middle', () => {
    expect(check(chain)).toBeUndefined();
    expect(check(chain.slice(3), { start: chain[2], reached: [chain[5] as ChainPlace] })).toBeUndefined();
  });

  it.each(['actorId', 'target', 'outcome', 'detail', 'changes', 'at', 'sealedAt', 'sourceAddress', 'traceId', 'permission', 'override'] as const)('shows a line whose %s was changed', (field) => {
    expect(check(chain.map((line) => (line.seq === 3 ? { ...line, [field]: 'another' } : line)))).toEqual({ seq: 3, kind: 'CHANGED' });
  });

  it('shows a line that was changed and given a hash to match', () => {
    expect(check(chain.map((line) => (line.seq === 3 ? linked({ ...line, target: 'another' }) : line)))).toEqual({ seq: 3, kind: 'CHANGED' });
  });

  it('shows the last line changed', () => {
    expect(check(chain.map((line) => (line.seq === 6 ? { ...line, target: 'another' } : line)))).toEqual({ seq: 6, kind: 'CHANGED' });
  });

  it('shows a removed line, also where those behind it were renumbered', () => {
    const without = chain.filter(({ seq }) => seq !== 3);
    expect(check(without)).toEqual({ seq: 3, kind: 'REMOVED' });
    expect(check(renumbered(without, 4, -1))).toEqual({ seq: 3, kind: 'REMOVED' });
    expect(check(chain.slice(1))).toEqual({ seq: 1, kind: 'REMOVED' });
  });

  it('shows an inserted line: beside another of its number, with those behind it renumbered, and with a hash of its own', () => {
    const [one, two, three] = chain as [ChainLine, ChainLine, ChainLine];
    const extra = linked({ ...aLine(3), id: 'aud_extra', prevHash: two.hash });
    expect(check([one, two, three, extra, ...chain.slice(3)])).toEqual({ seq: 3, kind: 'INSERTED' });
    expect(check([one, two, extra, ...renumbered(chain.slice(2), 3, 1)])).toEqual({ seq: 3, kind: 'INSERTED' });
    expect(check([one, two, { ...extra, hash: 'f'.repeat(64) }, ...renumbered(chain.slice(2), 3, 1)])).toEqual({ seq: 3, kind: 'INSERTED' });
  });

  it('shows a cut behind a place that is known to have been reached', () => {
    expect(check(chain.slice(0, 4), { reached: [chain[5] as ChainPlace] })).toEqual({ seq: 5, kind: 'CUT' });
  });

  it('shows by a known place that everything from a line on was rewritten', () => {
    const rewritten = relinkedFrom(chain.map((line) => (line.seq === 2 ? { ...line, target: 'another' } : line)), 2);
    expect(check(rewritten)).toBeUndefined();
    expect(check(rewritten, { known: [chain[4] as ChainPlace] })).toEqual({ seq: 5, kind: 'CHANGED' });
  });
});

it('hashes RFC 8785: the order of keys and the spelling of numbers play no part', () => {
  expect(canonicalJson({ b: [1.0, 1e21, 'é\n"'], 10: null, 9: true, a: undefined })).toBe('{"10":null,"9":true,"b":[1,1e+21,"é\\n\\""]}');
});
