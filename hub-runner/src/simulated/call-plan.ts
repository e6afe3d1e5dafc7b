import type { CallOutcome } from '../ports/index.js';
import type { Random } from './random.js';

/** What the far end of a simulated call is going to do. */
export interface CallPlan {
  /** From the order until it rings, or until it is refused without ringing. */
  readonly dialMs: number;
  /** How long it rings; null when it never does. */
  readonly ringMs: number | null;
  readonly end:
    /** Talks, then hangs up by itself; null talks until our side hangs up. */
    | { readonly kind: 'answer'; readonly talkMs: number | null }
    | { readonly kind: 'refuse'; readonly outcome: CallOutcome; readonly sipCode: number; readonly hangupCause: number }
    /** Rings until our ring timeout. */
    | { readonly kind: 'silence' };
}

const BUSY = { kind: 'refuse', outcome: 'BUSY', sipCode: 486, hangupCause: 17 } as const;
const REJECTED = { kind: 'refuse', outcome: 'REJECTED', sipCode: 603, hangupCause: 21 } as const;
const CONGESTION = { kind: 'refuse', outcome: 'CONGESTION', sipCode: 503, hangupCause: 34 } as const;
const INVALID_NUMBER = { kind: 'refuse', outcome: 'INVALID_NUMBER', sipCode: 404, hangupCause: 1 } as const;

/**
 * The last two digits of the dialled number choose, so that a test or a visitor can have the call he wants:
 *
 * | digits | the far end |
 * |---|---|
 * | 00 | answers and talks until our side hangs up |
 * | 01 | is busy |
 * | 02 | rings and never answers |
 * | 03 | rings and rejects |
 * | 04 | answers and hangs up by itself after 2…6 s |
 * | 05 | congestion: the network has no room |
 * | 06 | the number does not exist |
 * | other | chance: 70 % answer and hang up after 8…90 s, 12 % no answer, 9 % busy, 5 % reject, 4 % congestion |
 *
 * Whoever rings does so for 1…8 s before it answers or rejects.
 */
export function planCall(phoneNumber: string, random: Random): CallPlan {
  const dialMs = random.between(200, 1_200);
  const ringMs = random.between(1_000, 8_000);
  const shortTalkMs = random.between(2_000, 6_000);
  const longTalkMs = random.between(8_000, 90_000);
  const luck = random.next();
  const answer = (talkMs: number | null): CallPlan => ({ dialMs, ringMs, end: { kind: 'answer', talkMs } });
  const refuse = (end: CallPlan['end'], rings = false): CallPlan => ({ dialMs, ringMs: rings ? ringMs : null, end });
  const silence: CallPlan = { dialMs, ringMs, end: { kind: 'silence' } };
  switch (phoneNumber.slice(-2)) {
    case '00':
      return answer(null);
    case '01':
      return refuse(BUSY);
    case '02':
      return silence;
    case '03':
      return refuse(REJECTED, true);
    case '04':
      return answer(shortTalkMs);
    case '05':
      return refuse(CONGESTION);
    case '06':
      return refuse(INVALID_NUMBER);
    default:
      if (luck < 0.7) return answer(longTalkMs);
      if (luck < 0.82) return silence;
      if (luck < 0.91) return refuse(BUSY);
      return luck < 0.96 ? refuse(REJECTED, true) : refuse(CONGESTION);
  }
}
