import { createHash } from 'node:crypto';

/** Name of the chain of what concerns no center. */
export const PLATFORM_CHAIN = 'platform';

/** What the first link of a chain follows. */
export const NOTHING_BEFORE = '0'.repeat(64);

/** A line of the audit as its hash covers it: all of it, and its place. */
export interface SealedLine {
  readonly chain: string;
  readonly seq: number;
  readonly prevHash: string;
  readonly id: string;
  readonly at: string;
  readonly action: string;
  readonly outcome: string;
  readonly actorId: string | null;
  readonly target: string | null;
  readonly operation: string | null;
  readonly permission: string | null;
  readonly override: boolean;
  readonly detail: unknown;
  readonly changes: unknown;
  readonly traceId: string;
  readonly sourceAddress: string;
  readonly sealedAt: string;
}

/** A line with the hash that stands beside it. */
export type ChainLine = SealedLine & { readonly hash: string };

/** A state of a chain: its last link. */
export interface ChainPlace {
  readonly seq: number;
  readonly hash: string;
}

export const BEGINNING: ChainPlace = { seq: 0, hash: NOTHING_BEFORE };

/** SHA-256 of the line as canonical JSON (RFC 8785), in hexadecimal digits. */
export const hashOf = (line: SealedLine): string => createHash('sha256').update(canonicalJson(line)).digest('hex');

/** RFC 8785: keys in the order of their UTF-16 units, no spaces, numbers as ECMAScript writes them. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const fields = Object.entries(value)
    .filter(([, inner]) => inner !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${fields.map(([key, inner]) => `${JSON.stringify(key)}:${canonicalJson(inner)}`).join(',')}}`;
}

export type BreakKind = 'CHANGED' | 'REMOVED' | 'INSERTED' | 'CUT';

/** The first place at which a chain does not hold. */
export interface ChainBreak {
  readonly seq: number;
  readonly kind: BreakKind;
}

export interface ChainCheck {
  /** The next line, in order; gives the break once it is sure of one. */
  next(line: ChainLine): ChainBreak | undefined;
  /** There are no more lines. `reached`: places that the chain is known to have reached. */
  end(reached?: readonly ChainPlace[]): ChainBreak | undefined;
  readonly checked: number;
  readonly last: ChainPlace;
}

/** Walks along a chain from a place that is taken for good. `known`: places that it must pass through unchanged. */
export function createChainCheck(start: ChainPlace, known: readonly ChainPlace[] = []): ChainCheck {
  let before: ChainPlace = start;
  let earlier: ChainPlace | undefined;
  let checked = 0;
  // Its hash is not its own: changed, or put in, which the next line tells.
  let suspect: ChainLine | undefined;

  function breakAt({ hash, ...line }: ChainLine): ChainBreak | undefined {
    const expected = before.seq + 1;
    if (line.seq < expected) return { seq: line.seq, kind: 'INSERTED' };
    if (line.seq > expected) return { seq: expected, kind: 'REMOVED' };
    if (hashOf(line) !== hash) return foreignHash(line, hash);
    if (line.prevHash === before.hash) return known.some((place) => place.seq === line.seq && place.hash !== hash) ? { seq: line.seq, kind: 'CHANGED' } : undefined;
    // It follows the one before the last: the last was put between them. Else the last was rewritten, with a hash to match.
    if (line.prevHash === earlier?.hash) return { seq: before.seq, kind: 'INSERTED' };
    return { seq: earlier ? before.seq : line.seq, kind: 'CHANGED' };
  }

  return {
    next(line) {
      if (suspect) return { seq: suspect.seq, kind: isRenumbered(line, -1) ? 'INSERTED' : 'CHANGED' };
      const found = breakAt(line);
      if (found?.kind === 'CHANGED' && found.seq === line.seq) {
        suspect = line;
        return undefined;
      }
      if (found) return found;
      earlier = before;
      before = { seq: line.seq, hash: line.hash };
      checked += 1;
      return undefined;
    },
    end(reached = []) {
      if (suspect) return { seq: suspect.seq, kind: 'CHANGED' };
      return reached.some(({ seq }) => seq > before.seq) ? { seq: before.seq + 1, kind: 'CUT' } : undefined;
    },
    get checked() {
      return checked;
    },
    get last() {
      return before;
    },
  };
}

/** A hash that was made for another number tells that lines were renumbered, to hide a gap or to make one. */
function foreignHash(line: SealedLine, hash: string): ChainBreak {
  if (isRenumbered({ ...line, hash }, 1)) return { seq: line.seq, kind: 'REMOVED' };
  if (isRenumbered({ ...line, hash }, -1)) return { seq: line.seq - 1, kind: 'INSERTED' };
  return { seq: line.seq, kind: 'CHANGED' };
}

const isRenumbered = ({ hash, ...line }: ChainLine, by: 1 | -1): boolean => hashOf({ ...line, seq: line.seq + by }) === hash;
