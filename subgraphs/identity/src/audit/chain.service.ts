import type { EntityManager } from '@vss/db';
import { UserError, type Now } from '@vss/runtime';
import type { AuditKey, ChainHead, PublicAuditKey } from './chain-key.js';
import { firstSince, loadCheckpoints, loadLines, loadLinesOf, loadPlaces, type Checkpoint } from './chain.queries.js';
import { BEGINNING, createChainCheck, type ChainBreak, type ChainCheck, type ChainLine, type ChainPlace } from './chain.rules.js';
import type { Chainer } from './chainer.js';

const PAGE = 1_000;
const LAST_SEQ = 2 ** 31 - 1;
/** Lines that one request checks: some seconds' work. */
export const MOST_CHECKED = 100_000;

/** A state of a chain, with the signature that lets it be proved later. */
export interface SignedHead extends ChainHead {
  readonly signed: string;
  readonly publicKey: PublicAuditKey;
}

export interface VerifyRequest {
  readonly chain: string;
  /** Begins here, taking the line before for good; by default at the beginning of what is kept. An instant is one of sealing. */
  readonly from?: number | Date | undefined;
  readonly to?: number | Date | undefined;
  /** A head that was exported before: the chain must still lead to it. */
  readonly head?: string | undefined;
}

export interface Verification {
  readonly intact: boolean;
  readonly checked: number;
  readonly firstBreak: ChainBreak | null;
  /** Where to go on from; null when the end of what was asked for was reached. */
  readonly nextSeq: number | null;
  readonly head: SignedHead;
}

export interface ExportRequest {
  readonly chain: string;
  readonly fromSeq: number;
  readonly limit: number;
  /** Ids of the lines that are wanted, of those from a number on, in order; all where absent. */
  readonly select?: ((em: EntityManager) => Promise<readonly string[]>) | undefined;
}

export interface ExportPage {
  readonly lines: readonly ChainLine[];
  readonly head: SignedHead;
}

interface Deps {
  readonly openEm: () => EntityManager;
  readonly key: AuditKey;
  readonly chainer: Chainer;
  readonly now: Now;
}

export type ChainService = ReturnType<typeof createChainService>;

/** Proves that a chain is whole, and signs what it has come to. */
export function createChainService({ openEm, key, chainer, now }: Deps) {
  async function head(chain: string): Promise<SignedHead> {
    await chainer.seal();
    return headOf(chain, await endOf(openEm(), chain));
  }

  function headOf(chain: string, place: ChainPlace): SignedHead {
    const state: ChainHead = { chain, ...place, at: now().toISOString() };
    return { ...state, signed: key.sign(state), publicKey: key.publicKey };
  }

  async function verify({ chain, from, to, head: signed }: VerifyRequest): Promise<Verification> {
    const exported = signed === undefined ? [] : [openExported(key, chain, signed)];
    await chainer.seal();
    const em = openEm();
    // What the platform itself says of the end is read before the lines: those that come meanwhile are no break.
    const end = await endOf(em, chain);
    const checkpoints = (await loadCheckpoints(em, chain)).filter((checkpoint) => isSigned(key, chain, checkpoint));
    const start = await startOf(em, chain, from instanceof Date ? await firstSince(em, chain, from) : from, checkpoints);
    const told = { head: headOf(chain, end) };
    if ('kind' in start) return { intact: false, checked: 0, firstBreak: start, nextSeq: null, ...told };
    const until = (to instanceof Date ? (await firstSince(em, chain, to)) - 1 : to) ?? LAST_SEQ;
    const last = Math.min(until, start.seq + MOST_CHECKED);
    const places = [...checkpoints, ...exported, end];
    const check = createChainCheck(start, places);
    const firstBreak = (await walk(em, chain, check, last)) ?? check.end(places.map((place) => ({ ...place, seq: Math.min(place.seq, last) }))) ?? (await beyondEnd(em, chain, check));
    const hasMore = !firstBreak && check.last.seq === last && last < until;
    return { intact: !firstBreak, checked: check.checked, firstBreak: firstBreak ?? null, nextSeq: hasMore ? last + 1 : null, ...told };
  }

  /** The head is read before the lines, so that the last page leads to it, whatever is added meanwhile. */
  async function exported({ chain, fromSeq, limit, select }: ExportRequest): Promise<ExportPage> {
    const state = await head(chain);
    const em = openEm();
    const lines = select ? await loadLinesOf(em, await select(em)) : await loadLines(em, chain, { from: fromSeq, to: LAST_SEQ, limit });
    return { lines, head: state };
  }

  return { head, verify, exported };
}

const endOf = async (em: EntityManager, chain: string): Promise<ChainPlace> => (await loadPlaces(em, [chain])).get(chain) ?? BEGINNING;

async function walk(em: EntityManager, chain: string, check: ChainCheck, last: number): Promise<ChainBreak | undefined> {
  for (let from = check.last.seq + 1; ; from = check.last.seq + 1) {
    const lines = await loadLines(em, chain, { from, to: last, limit: PAGE });
    for (const line of lines) {
      const found = check.next(line);
      if (found) return found;
    }
    if (lines.length < PAGE || check.last.seq < from) return undefined;
  }
}

/** Lines behind the last that was sealed: nobody but the chainer gives a place. */
async function beyondEnd(em: EntityManager, chain: string, { last }: ChainCheck): Promise<ChainBreak | undefined> {
  const end = await endOf(em, chain);
  return last.seq > end.seq ? { seq: end.seq + 1, kind: 'INSERTED' } : undefined;
}

/**
 * The place that the check begins behind: the line before the one asked for, or the checkpoint up to which old lines
 * were deleted. Only what we signed allows lines to be missing.
 */
async function startOf(em: EntityManager, chain: string, fromSeq: number | undefined, checkpoints: readonly Checkpoint[]): Promise<ChainPlace | ChainBreak> {
  const purged = checkpoints.find((checkpoint) => checkpoint.purged) ?? BEGINNING;
  if (fromSeq === undefined || fromSeq <= purged.seq + 1) return { seq: purged.seq, hash: purged.hash };
  const [before] = await loadLines(em, chain, { from: fromSeq - 1, to: fromSeq - 1, limit: 1 });
  return before ? { seq: before.seq, hash: before.hash } : { seq: fromSeq - 1, kind: 'REMOVED' };
}

function isSigned(key: AuditKey, chain: string, { seq, hash, signed }: Checkpoint): boolean {
  const state = key.open(signed);
  return state !== undefined && state.chain === chain && state.seq === seq && state.hash === hash;
}

function openExported(key: AuditKey, chain: string, signed: string): ChainPlace {
  const state = key.open(signed);
  if (!state) throw new UserError('AUDIT_HEAD_INVALID', 'This head was not signed by this installation, or not as it is now', ['input', 'head']);
  if (state.chain !== chain) throw new UserError('AUDIT_HEAD_INVALID', `This head is of the chain ${state.chain}`, ['input', 'head']);
  return { seq: state.seq, hash: state.hash };
}
